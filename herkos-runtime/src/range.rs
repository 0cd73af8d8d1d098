//! Ranges as the bulk instructions name them: a start and a length, both unsigned 32-bit numbers
//! whose sum is never computed, so that it cannot overflow.

use crate::cast::index_of;

/// The first `count` items, or all where there are fewer. Written so that the compiler sees where they
/// start: with the empty slice as another outcome it kept both places in mind at each use.
#[inline]
pub(crate) fn first<T>(items: &[T], count: usize) -> &[T] {
    items.get(..count.min(items.len())).unwrap_or(items)
}

/// [`first`], to write to.
#[inline]
pub(crate) fn first_mut<T>(items: &mut [T], count: usize) -> &mut [T] {
    items.get_mut(..count.min(items.len())).unwrap_or_default()
}

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

/// Copies as much as both slices have. Unlike core's `copy_from_slice` it has no lengths to compare and
/// no way to panic, however little the optimiser does; at all levels but "z" it becomes a memcpy.
/// Inline, since lengths are often constant: then a few loads and stores take memcpy's place.
#[inline]
pub(crate) fn copy<T: Copy>(target: &mut [T], source: &[T]) {
    for (to, from) in target.iter_mut().zip(source) {
        *to = *from;
    }
}

/// Copies between two ranges of one slice, which may overlap; `None` and nothing copied when either
/// leaves the slice.
///
/// core's `copy_within` does the same and checks for itself, which optimisers that want small code do
/// not remove: a panic would be linked.
#[inline(never)]
pub(crate) fn move_within<T: Copy>(items: &mut [T], dst: i32, src: i32, len: i32) -> Option<()> {
    let (dst, src, len) = (index_of(dst), index_of(src), index_of(len));
    let distance = dst.abs_diff(src);
    // Where the range with the higher start ends inside, so does the other.
    let both = items.get_mut(dst.min(src)..)?;
    if len > both.len().checked_sub(distance)? {
        return None;
    }
    if len <= distance {
        let (low, high) = both.split_at_mut_checked(distance)?;
        let (low, high) = (low.get_mut(..len)?, high.get_mut(..len)?);
        if dst < src {
            copy(low, high);
        } else {
            copy(high, low);
        }
        return Some(());
    }
    let both = both.get_mut(..distance.checked_add(len)?)?;
    if dst < src {
        move_down(both, distance)
    } else {
        move_up(both, distance)
    }
}

/// So many items are read before any of them is written. Of bytes it is what compilers move without a
/// call, also when optimising for size.
const BLOCK: usize = 2 * size_of::<usize>();

/// The same where registers are many and wide.
#[cfg(target_pointer_width = "64")]
const WIDE_BLOCK: usize = 4 * BLOCK;

/// What is left of a block goes by these first, so that three items at most go one by one, not fifteen.
#[cfg(target_pointer_width = "64")]
const NARROW_BLOCK: usize = BLOCK / 4;

/// Copies all but the first `distance` items so many places down: from the first one on, so that none
/// is overwritten before it is read.
fn move_down<T: Copy>(items: &mut [T], distance: usize) -> Option<()> {
    let mut to = 0;
    #[cfg(target_pointer_width = "64")]
    move_blocks_down::<T, WIDE_BLOCK>(items, distance, &mut to)?;
    move_blocks_down::<T, BLOCK>(items, distance, &mut to)?;
    #[cfg(target_pointer_width = "64")]
    move_blocks_down::<T, NARROW_BLOCK>(items, distance, &mut to)?;
    move_blocks_down::<T, 1>(items, distance, &mut to)
}

#[inline]
fn move_blocks_down<T: Copy, const N: usize>(
    items: &mut [T],
    distance: usize,
    to: &mut usize,
) -> Option<()> {
    let mut at = *to;
    while let Some(&block) = items.get(at.checked_add(distance)?..)?.first_chunk::<N>() {
        *items.get_mut(at..)?.first_chunk_mut()? = block;
        at = at.wrapping_add(N);
    }
    *to = at;
    Some(())
}

/// Copies all but the last `distance` items so many places up: from the last one on.
fn move_up<T: Copy>(items: &mut [T], distance: usize) -> Option<()> {
    let mut from = items.len().checked_sub(distance)?;
    #[cfg(target_pointer_width = "64")]
    move_blocks_up::<T, WIDE_BLOCK>(items, distance, &mut from)?;
    move_blocks_up::<T, BLOCK>(items, distance, &mut from)?;
    #[cfg(target_pointer_width = "64")]
    move_blocks_up::<T, NARROW_BLOCK>(items, distance, &mut from)?;
    move_blocks_up::<T, 1>(items, distance, &mut from)
}

#[inline]
fn move_blocks_up<T: Copy, const N: usize>(
    items: &mut [T],
    distance: usize,
    from: &mut usize,
) -> Option<()> {
    let mut at = *from;
    // Not by last_chunk, which splits a slice at a place that small code checks once more.
    while let Some(start) = at.checked_sub(N) {
        let block = *items.get(start..)?.first_chunk::<N>()?;
        *items
            .get_mut(start.checked_add(distance)?..)?
            .first_chunk_mut()? = block;
        at = start;
    }
    *from = at;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::move_within;

    #[test]
    fn moves_as_core_does() {
        const N: usize = 150;
        let before: [u8; N] = core::array::from_fn(|i| i as u8);
        for dst in 0..=N + 1 {
            for src in 0..=N + 1 {
                for len in 0..=N + 1 {
                    let mut items = before;
                    let moved = move_within(&mut items, dst as i32, src as i32, len as i32);
                    let mut expected = before;
                    let fits = dst.max(src) + len <= N;
                    if fits {
                        expected.copy_within(src..src + len, dst);
                    }
                    assert_eq!(moved.is_some(), fits, "{dst} {src} {len}");
                    assert_eq!(items, expected, "{dst} {src} {len}");
                }
            }
        }
    }
}
