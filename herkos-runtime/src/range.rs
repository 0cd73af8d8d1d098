//! Ranges as the bulk instructions name them: a start and a length, both unsigned 32-bit numbers
//! whose sum is never computed, so that it cannot overflow.

use crate::cast::index_of;

/// `len` items from `start`; `None` when they leave the slice, even by an empty range (§4.4.7).
#[inline]
pub(crate) fn window<T>(items: &[T], start: i32, len: i32) -> Option<&[T]> {
    items.get(index_of(start)..)?.get(..index_of(len))
}

/// `window`, to write to.
#[inline]
pub(crate) fn window_mut<T>(items: &mut [T], start: i32, len: i32) -> Option<&mut [T]> {
    items.get_mut(index_of(start)..)?.get_mut(..index_of(len))
}

/// Copies between two ranges of one slice, which may overlap; `None` and nothing copied when either
/// leaves the slice. Where the range with the higher start ends inside, so does the other.
#[inline]
pub(crate) fn move_within<T: Copy>(items: &mut [T], dst: i32, src: i32, len: i32) -> Option<()> {
    let (dst, src, len) = (index_of(dst), index_of(src), index_of(len));
    // The slices are cut so that copy_within's own checks vanish, also when optimising for size.
    if let Some(up) = dst.checked_sub(src) {
        let rest = items.get_mut(src..)?;
        if up > rest.len().checked_sub(len)? {
            return None;
        }
        rest.copy_within(..len, up);
    } else {
        let down = src.wrapping_sub(dst);
        let both = items.get_mut(dst..)?.get_mut(..down.checked_add(len)?)?;
        both.get(down..)?;
        both.copy_within(down.., 0);
    }
    Some(())
}
