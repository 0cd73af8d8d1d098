//! Where a trap arose: the back trace of a module generated with `trace = true`.
//!
//! Each function of such a module is passed a [`TrapTrace`]. When a trap passes by on its way out,
//! it is given the offset in the .wasm file of the instruction that trapped, then that of the call
//! it came through, and so on: of the innermost [`MAX_FRAMES`]. No heap, no strings: names and
//! source lines are looked up in a table of the module, a [`CodeMap`], when the trace is shown.
//!
//! ```
//! use herkos_runtime::trace::{CodeMap, TrapTrace};
//! use herkos_runtime::prelude::*;
//!
//! // What generated code does.
//! static MAP: CodeMap = CodeMap::new(&[(0x20, "divide"), (0x30, "mean")], &[], b"");
//! fn divide(a: i32, b: i32, trace: &mut TrapTrace) -> Result<i32, WasmTrap> {
//!     at(i32_div_s(a, b), trace, 0x27)
//! }
//! let mut trace = TrapTrace::new();
//! trace.begin(&MAP);
//! let trap = at(divide(7, 0, &mut trace), &mut trace, 0x35);
//!
//! assert_eq!(trap, Err(WasmTrap::DivisionByZero));
//! assert_eq!(trace.to_string(), "#0 divide at 0x27\n#1 mean at 0x35");
//! ```

use core::fmt;

use crate::trap::WasmTrap;

/// How many frames a [`TrapTrace`] holds: the innermost ones.
pub const MAX_FRAMES: usize = HELD as usize;

const HELD: u32 = 16;

/// The frames of a trap, innermost first.
///
/// Its `Display` is a line for each frame, `#0 decode at 0x1a4 (codec.c:42)`, without a line break
/// at the end; nothing if there is no frame.
#[derive(Clone, Copy)]
pub struct TrapTrace {
    map: &'static CodeMap,
    depth: u32,
    offsets: [u32; MAX_FRAMES],
}

/// A module whose traps say where they arose: one generated with `trace = true`.
pub trait Traced {
    /// The trace of the last call of an export; empty if that did not trap, or not in a function
    /// of the module.
    fn trap_trace(&self) -> &TrapTrace;

    /// The trap of the last call with its trace, as one error.
    ///
    /// ```
    /// use herkos_runtime::{trace::{Traced, TracedTrap}, WasmTrap};
    /// fn report<M: Traced>(module: &M, result: Result<i32, WasmTrap>) -> Result<i32, TracedTrap> {
    ///     result.map_err(|trap| module.traced(trap))
    /// }
    /// ```
    fn traced(&self, trap: WasmTrap) -> TracedTrap {
        let trace = *self.trap_trace();
        TracedTrap { trap, trace }
    }
}

/// A trap and where it arose. Its `Display` is that of the trap, then on lines of their own the
/// frames.
#[derive(Clone, Copy, Debug)]
pub struct TracedTrap {
    /// What happened.
    pub trap: WasmTrap,
    /// Where.
    pub trace: TrapTrace,
}

/// An instruction that trapped, or the call that the trap came through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Of the instruction in the .wasm file that was transpiled, in bytes. For what a function
    /// does on entry (`max-stack`, `fuel`), that of its body.
    pub offset: u32,
    /// By the name section, else by an export, else `func 12`.
    pub function: &'static str,
    /// The source file's name without its folders, and the line: where the .wasm has DWARF line
    /// information (`clang -g`).
    pub source: Option<(&'static str, u32)>,
}

/// What code offsets mean: a table that each module generated with `trace = true` has.
#[derive(Debug)]
pub struct CodeMap {
    functions: &'static [(u32, &'static str)],
    files: &'static [&'static str],
    lines: &'static [u8],
}

/// The same result; a trap leaves the offset in the trace.
#[inline(always)]
pub fn at<T, E: Into<WasmTrap>>(
    result: Result<T, E>,
    trace: &mut TrapTrace,
    offset: u32,
) -> Result<T, WasmTrap> {
    match result {
        Ok(value) => Ok(value),
        Err(trap) => {
            trace.push(offset);
            Err(trap.into())
        }
    }
}

impl TrapTrace {
    /// An empty one, of no module.
    pub const fn new() -> Self {
        static NO_MAP: CodeMap = CodeMap::new(&[], &[], &[]);
        Self {
            map: &NO_MAP,
            depth: 0,
            offsets: [0; MAX_FRAMES],
        }
    }

    /// Begins anew, for the module that the table is of.
    pub fn begin(&mut self, map: &'static CodeMap) {
        self.map = map;
        self.clear();
    }

    /// Forgets the frames. Generated code does so when an export is called.
    #[inline]
    pub fn clear(&mut self) {
        self.depth = 0;
    }

    #[cold]
    #[inline(never)]
    fn push(&mut self, offset: u32) {
        if let Some(place) = self.offsets.get_mut(self.depth as usize) {
            *place = offset;
        }
        self.depth = self.depth.saturating_add(1);
    }

    /// The frames that are known, innermost first.
    pub fn frames(&self) -> impl Iterator<Item = Frame> + '_ {
        let depth = self.depth as usize;
        let offsets = self.offsets.iter().take(depth);
        offsets.map(|&offset| self.map.frame(offset))
    }

    /// How many frames there were in all, those that are not known among them.
    pub fn depth(&self) -> u32 {
        self.depth
    }

    /// Whether there is no frame.
    pub fn is_empty(&self) -> bool {
        self.depth == 0
    }
}

impl Default for TrapTrace {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for TrapTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, frame) in self.frames().enumerate() {
            let line_break = if i == 0 { "" } else { "\n" };
            write!(f, "{line_break}#{i} {frame}")?;
        }
        match self.depth.saturating_sub(HELD) {
            0 => Ok(()),
            more => write!(f, "\n... and {more} more"),
        }
    }
}

impl fmt::Debug for TrapTrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.frames()).finish()
    }
}

impl fmt::Display for Frame {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {:#x}", self.function, self.offset)?;
        match self.source {
            Some((file, line)) => write!(f, " ({file}:{line})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for TracedTrap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.trap.fmt(f)?;
        if self.trace.is_empty() {
            return Ok(());
        }
        write!(f, "\n{}", self.trace)
    }
}

impl core::error::Error for TracedTrap {}

impl CodeMap {
    /// `functions`: where the body of each begins, ascending, and its name. `files`: names of
    /// source files. `lines`: rows of three numbers in LEB128: how many bytes of code after the row
    /// before; which file; the line's difference to that of the row before, its sign in the lowest
    /// bit. A row holds up to the next; one of line 0 says that there is no line.
    pub const fn new(
        functions: &'static [(u32, &'static str)],
        files: &'static [&'static str],
        lines: &'static [u8],
    ) -> Self {
        Self {
            functions,
            files,
            lines,
        }
    }

    fn frame(&self, offset: u32) -> Frame {
        let after = self.functions.partition_point(|&(at, _)| at <= offset);
        let function = self.functions.get(after.wrapping_sub(1));
        Frame {
            offset,
            function: function.map_or("?", |&(_, name)| name),
            source: self.line(offset),
        }
    }

    fn line(&self, offset: u32) -> Option<(&'static str, u32)> {
        let mut bytes = self.lines.iter();
        let (mut at, mut line, mut found) = (0_u32, 0_u32, None);
        while let Some(advance) = leb128(&mut bytes) {
            at = at.wrapping_add(advance);
            if at > offset {
                break;
            }
            let file = leb128(&mut bytes)?;
            let difference = leb128(&mut bytes)?;
            let sign = (difference & 1).wrapping_neg();
            line = line.wrapping_add((difference >> 1) ^ sign);
            found = self.files.get(file as usize).map(|&file| (file, line));
        }
        found.filter(|&(_, line)| line != 0)
    }
}

fn leb128(bytes: &mut core::slice::Iter<'_, u8>) -> Option<u32> {
    let (mut value, mut shift) = (0_u32, 0_u32);
    loop {
        let byte = *bytes.next()?;
        value |= u32::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        shift = shift.wrapping_add(7);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::string::ToString;
    use std::{format, vec::Vec};

    // Rows: 0x22 a.c:5, 0x24 b.c:300, 0x25 no line, 0x131 a.c:299.
    static MAP: CodeMap = CodeMap::new(
        &[(0x20, "f"), (0x30, "g")],
        &["a.c", "b.c"],
        &[
            0x22, 0, 10, 2, 1, 0xce, 0x04, 1, 0, 0xd7, 0x04, 0x8c, 0x02, 0, 0xd6, 0x04,
        ],
    );

    #[test]
    fn offsets_become_functions_and_lines() {
        for (offset, shown) in [
            (0x1f, "? at 0x1f"),
            (0x20, "f at 0x20"),
            (0x21, "f at 0x21"),
            (0x22, "f at 0x22 (a.c:5)"),
            (0x23, "f at 0x23 (a.c:5)"),
            (0x24, "f at 0x24 (b.c:300)"),
            (0x25, "f at 0x25"),
            (0x130, "g at 0x130"),
            (0x131, "g at 0x131 (a.c:299)"),
            (u32::MAX, "g at 0xffffffff (a.c:299)"),
        ] {
            assert_eq!(MAP.frame(offset).to_string(), shown);
        }
    }

    #[test]
    fn a_map_that_ends_early_has_the_rows_before() {
        for length in 0..MAP.lines.len() {
            let lines = MAP.lines.get(..length).unwrap_or_default();
            let map = CodeMap::new(MAP.functions, MAP.files, lines);
            let known = match length {
                0..4 => 0x22,
                4..8 => 0x24,
                8..12 => 0x25,
                _ => 0x131,
            };
            for offset in 0..known {
                let source = map.frame(offset).source;
                assert!(source == MAP.frame(offset).source || source.is_none());
            }
        }
    }

    #[test]
    fn the_innermost_frames_are_kept_and_the_others_counted() {
        let mut trace = TrapTrace::new();
        trace.begin(&MAP);
        for offset in 0..20 {
            assert_eq!(
                at(Ok::<_, WasmTrap>(offset), &mut trace, offset),
                Ok(offset)
            );
        }
        assert!(trace.is_empty());
        assert_eq!(trace.to_string(), "");
        for offset in 0..20 {
            let trap: Result<(), _> = Err(WasmTrap::Host(offset));
            assert_eq!(at(trap, &mut trace, offset), trap);
        }
        let offsets: Vec<u32> = trace.frames().map(|frame| frame.offset).collect();
        assert_eq!(offsets, (0..16).collect::<Vec<u32>>());
        assert_eq!(trace.depth(), 20);
        assert!(trace.to_string().ends_with("#15 ? at 0xf\n... and 4 more"));
        trace.clear();
        assert_eq!(trace.frames().count(), 0);
    }

    #[test]
    fn a_traced_trap_is_an_error() {
        let mut trace = TrapTrace::default();
        trace.begin(&MAP);
        let trap = WasmTrap::OutOfBounds;
        let bare = TracedTrap { trap, trace };
        assert_eq!(bare.to_string(), trap.to_string());
        let _ = at(Err::<(), _>(trap), &mut trace, 0x22);
        let error = TracedTrap { trap, trace };
        let as_error: &dyn core::error::Error = &error;
        let shown = "out of bounds memory access\n#0 f at 0x22 (a.c:5)";
        assert_eq!(as_error.to_string(), shown);
        assert!(format!("{error:?}").contains("Frame { offset: 34"));
    }
}
