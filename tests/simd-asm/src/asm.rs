//! Functions in rustc's assembly output (AT&T syntax), and what their instructions do.

use std::collections::BTreeMap;

/// The instructions of each function, by its symbol.
pub fn functions(assembly: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut functions = BTreeMap::<&str, Vec<&str>>::new();
    let mut aliases = Vec::new();
    let mut current = None;
    for line in assembly.lines() {
        if let Some((alias, name)) = line.split_once(" = ") {
            aliases.push((alias.trim(), name.trim())); // Functions with the same code are merged.
        } else if let Some(label) = line.strip_suffix(':') {
            if label.starts_with(".Lfunc_end") {
                current = None;
            } else if !label.starts_with('.') {
                current = Some(label);
                functions.insert(label, Vec::new());
            }
        } else if let (Some(name), Some(instruction)) = (current, line.strip_prefix('\t')) {
            if instruction.starts_with(|first: char| first.is_ascii_lowercase()) {
                functions.entry(name).or_default().push(instruction);
            }
        }
    }
    for (alias, name) in aliases {
        if let Some(instructions) = functions.get(name).cloned() {
            functions.insert(alias, instructions);
        }
    }
    functions
}

/// Numbers of instructions. Loads, stores, copies of registers and returns are none of them.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Counts {
    /// On vector registers, all lanes at once.
    pub vector: u32,
    /// On general registers, on one lane in a vector register, and branches.
    pub scalar: u32,
    /// Calls, tail calls among them.
    pub calls: u32,
}

pub fn count(instructions: &[&str]) -> Counts {
    let mut counts = Counts::default();
    for instruction in instructions {
        let (name, operands) = instruction.split_once('\t').unwrap_or((instruction, ""));
        if matches!(name, "retq" | "vzeroupper") || is_move(name, operands) {
            continue;
        }
        let tail_call = name == "jmp" && !operands.starts_with(".L");
        if name.starts_with("call") || tail_call {
            counts.calls += 1;
        } else if operands.contains("mm") && !is_single(name) {
            counts.vector += 1;
        } else {
            counts.scalar += 1;
        }
    }
    counts
}

/// A load or store of any width, or a copy of a whole vector register.
fn is_move(name: &str, operands: &str) -> bool {
    let name = name.strip_prefix('v').unwrap_or(name);
    let whole = ["movaps", "movapd", "movups", "movupd", "movdqa", "movdqu"];
    if whole.contains(&name) {
        return true;
    }
    // Also of constants, which are all lanes alike.
    if operands.contains('(') && (name.starts_with("broadcast") || name.starts_with("pbroadcast")) {
        return true;
    }
    let some = [
        "mov", "movb", "movw", "movl", "movq", "movd", "movss", "movsd", "movabsq",
    ];
    let half = ["movhps", "movhpd", "movlps", "movlpd"];
    operands.contains('(') && (some.contains(&name) || half.contains(&name))
}

/// Whether an instruction on vector registers works on one lane.
fn is_single(name: &str) -> bool {
    let name = name.strip_prefix('v').unwrap_or(name);
    let lane = ["pextr", "pinsr", "extractps", "insertps"];
    if lane.iter().any(|part| name.starts_with(part)) {
        return true;
    }
    let float = name.ends_with("ss") || name.ends_with("sd");
    let conversion = ["si2s", "ss2", "sd2"]
        .iter()
        .any(|part| name.contains(part));
    let integer = name.starts_with('p'); // pminsd, pabsd and their like
    conversion
        || (float && !integer && !matches!(name, "movss" | "movsd" | "broadcastss" | "broadcastsd"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASSEMBLY: &str = "\
\t.globl\tone
one:
\t.cfi_startproc
\tmovdqu\t(%rdi), %xmm0
\tpaddb\t(%rsi), %xmm0
\tmovdqu\t%xmm0, (%rdx)
\tretq
.Lfunc_end0:
same = one
lanes:
.LBB1_1:
\tmovzbl\t(%rdi), %eax
\taddb\t(%rsi), %al
\tmovb\t%al, (%rdx)
\tvcvttss2si\t%xmm0, %ecx
\tpinsrw\t$1, %ebx, %xmm6
\taddss\t%xmm1, %xmm0
\tjne\t.LBB1_1
\tjmp\tother
.Lfunc_end1:
";

    #[test]
    fn instructions_are_told_apart() {
        let functions = functions(ASSEMBLY);
        let (one, lanes) = (count(&functions["one"]), count(&functions["lanes"]));
        assert_eq!((one.vector, one.scalar, one.calls), (1, 0, 0));
        assert_eq!(functions["same"], functions["one"]);
        assert_eq!((lanes.vector, lanes.scalar, lanes.calls), (0, 6, 1));
    }
}
