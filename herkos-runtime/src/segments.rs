//! Data segments that `data.drop` may empty (§4.5.4).

/// Which of `N` data segments were dropped.
///
/// ```
/// use herkos_runtime::DroppedSegments;
/// let mut dropped = DroppedSegments::<2>::new();
/// dropped.drop(1);
/// assert_eq!(dropped.data(0, b"kept"), b"kept");
/// assert_eq!(dropped.data(1, b"gone"), b"");
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

    /// `data.drop`.
    #[inline]
    pub fn drop(&mut self, segment: usize) {
        if let Some(flag) = self.flags.get_mut(segment) {
            *flag = true;
        }
    }

    /// The bytes of the segment, `data`, or none when it was dropped.
    #[inline]
    #[must_use]
    pub fn data<'a>(&self, segment: usize, data: &'a [u8]) -> &'a [u8] {
        match self.flags.get(segment) {
            Some(false) => data,
            _ => &[],
        }
    }
}

impl<const N: usize> Default for DroppedSegments<N> {
    fn default() -> Self {
        Self::new()
    }
}
