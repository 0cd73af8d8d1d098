//! Segments that `data.drop` and `elem.drop` may empty (§4.5.4).

/// Which of `N` data or element segments were dropped.
///
/// ```
/// use herkos_runtime::DroppedSegments;
/// let mut dropped = DroppedSegments::<2>::new();
/// dropped.drop(1);
/// assert_eq!(dropped.get(0, b"kept"), b"kept");
/// assert_eq!(dropped.get(1, b"gone"), b"");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DroppedSegments<const N: usize> {
    flags: [bool; N],
}

impl<const N: usize> DroppedSegments<N> {
    /// None dropped.
    #[must_use]
    pub const fn new() -> Self {
        Self { flags: [false; N] }
    }

    /// `data.drop` or `elem.drop`.
    #[inline]
    pub fn drop(&mut self, segment: usize) {
        if let Some(flag) = self.flags.get_mut(segment) {
            *flag = true;
        }
    }

    /// The contents of the segment, or none when it was dropped.
    #[inline]
    #[must_use]
    pub fn get<'a, T>(&self, segment: usize, contents: &'a [T]) -> &'a [T] {
        match self.flags.get(segment) {
            Some(false) => contents,
            _ => &[],
        }
    }

    pub(crate) const fn flags(&self) -> &[bool; N] {
        &self.flags
    }

    pub(crate) fn flags_mut(&mut self) -> &mut [bool; N] {
        &mut self.flags
    }
}

impl<const N: usize> Default for DroppedSegments<N> {
    fn default() -> Self {
        Self::new()
    }
}
