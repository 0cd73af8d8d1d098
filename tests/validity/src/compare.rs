//! Whether the judges agree, and if not, whether that is known.

use std::fs;
use std::path::Path;

use crate::generate::{Content, Model, Promise};
use crate::judges::{Herkos, Phase, Verdict, Verdicts};

/// What came out for one module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All accept.
    Accepted,
    /// All refuse.
    Refused,
    /// Excused by the line of this index in the list.
    Known(usize),
    Failed(String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Herkos,
    Wabt,
    Parser,
}

/// A line of known.txt: this judge differs from the others where the message of the refusal (its
/// own, or herkos-c's where it accepts) holds the text.
#[derive(Debug)]
struct Line {
    who: Who,
    refuses: bool,
    text: String,
    /// Only for modules with this instruction.
    opcode: Option<u8>,
    shown: String,
}

/// The list known.txt.
pub struct Known(Vec<Line>);

impl Known {
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let lines = text.lines().enumerate();
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        let parsed = lines.map(|(i, line)| {
            parse(line).ok_or_else(|| format!("{}:{}: not understood", path.display(), i + 1))
        });
        parsed.collect::<Result<_, _>>().map(Self)
    }

    /// Each line as the report shows it.
    pub fn shown(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|line| line.shown.as_str())
    }

    /// For each line whether it is a limit of herkos-c, beyond which there is nothing to compare.
    pub fn limits(&self) -> impl Iterator<Item = bool> + '_ {
        self.0.iter().map(|line| line.who == Who::Herkos)
    }

    fn find(&self, who: Who, refuses: bool, message: &str, bytes: &[u8]) -> Option<usize> {
        let holds = |text: &str| match (text.strip_prefix('='), text.strip_prefix('^')) {
            (Some(whole), _) => message == whole,
            (_, Some(start)) => message.starts_with(start),
            _ => message.contains(text),
        };
        self.0.iter().position(|line| {
            line.who == who
                && line.refuses == refuses
                && holds(&line.text)
                && line.opcode.is_none_or(|opcode| has(bytes, opcode))
        })
    }
}

/// Has a function an instruction with this opcode?
fn has(bytes: &[u8], opcode: u8) -> bool {
    let sections = Model::parse(bytes).map(|model| model.sections);
    let mut sections = sections.into_iter().flatten();
    sections.any(|section| match section.content {
        Content::Code(bodies) => {
            let mut operators = bodies.iter().flat_map(|body| &body.operators);
            operators.any(|operator| operator.first() == Some(&opcode))
        }
        _ => false,
    })
}

/// `WHO accepts|refuses | TEXT [@OPCODE] | REASON`
fn parse(line: &str) -> Option<Line> {
    let mut fields = line.splitn(3, " | ").map(str::trim);
    let (who, verdict) = fields.next()?.split_once(' ')?;
    let (text, reason) = (fields.next()?, fields.next()?);
    let who = match who {
        "herkos-c" => Who::Herkos,
        "wabt" => Who::Wabt,
        "wasmparser" => Who::Parser,
        _ => return None,
    };
    let refuses = match verdict {
        "refuses" => true,
        // What herkos-c accepts against the others is never excused.
        "accepts" if who != Who::Herkos => false,
        _ => return None,
    };
    let (text, opcode) = match text.split_once(" @") {
        Some((text, opcode)) => (text, Some(u8::from_str_radix(opcode, 16).ok()?)),
        None => (text, None),
    };
    (!text.is_empty() && !reason.is_empty()).then(|| Line {
        who,
        refuses,
        text: text.to_owned(),
        opcode,
        shown: line.split_whitespace().collect::<Vec<_>>().join(" "),
    })
}

pub fn compare(bytes: &[u8], verdicts: &Verdicts, promise: Promise, known: &Known) -> Outcome {
    let herkos = match &verdicts.herkos {
        Ok(herkos) => herkos,
        Err(why) => return Outcome::Failed(why.clone()),
    };
    let outcome = match herkos {
        Herkos::Accepts(_) => accepted(bytes, verdicts, known),
        Herkos::Refuses { phase, message, .. } => refused(bytes, verdicts, *phase, message, known),
    };
    let failed = matches!(outcome, Outcome::Failed(_));
    if failed {
        return outcome;
    }
    if promise == Promise::Valid && !verdicts.parser.accepts() {
        let said = verdicts.parser.message();
        return Outcome::Failed(format!("the source should make valid modules: {said}"));
    }
    match herkos {
        Herkos::Refuses { phase, message, .. } if promise != Promise::Nothing => {
            unnamed(verdicts, *phase, message).unwrap_or(outcome)
        }
        _ => outcome,
    }
}

fn accepted(bytes: &[u8], verdicts: &Verdicts, known: &Known) -> Outcome {
    let (wabt, parser) = (&verdicts.wabt, &verdicts.parser);
    let excuse = match (wabt, parser) {
        (Verdict::Accepts, Verdict::Accepts) => return Outcome::Accepted,
        (Verdict::Refuses(message), Verdict::Accepts) => {
            known.find(Who::Wabt, true, message, bytes)
        }
        (Verdict::Accepts, Verdict::Refuses(message)) => {
            known.find(Who::Parser, true, message, bytes)
        }
        (Verdict::Refuses(_), Verdict::Refuses(_)) => None,
    };
    excuse.map_or_else(|| disagreement("accepted", verdicts), Outcome::Known)
}

fn refused(
    bytes: &[u8],
    verdicts: &Verdicts,
    phase: Phase,
    message: &str,
    known: &Known,
) -> Outcome {
    if phase == Phase::Unsupported {
        if let Some(limit) = known.find(Who::Herkos, true, message, bytes) {
            return Outcome::Known(limit);
        }
    }
    let excuse = match (verdicts.wabt.accepts(), verdicts.parser.accepts()) {
        (false, false) => return Outcome::Refused,
        (true, false) => known.find(Who::Wabt, false, message, bytes),
        (false, true) => known.find(Who::Parser, false, message, bytes),
        (true, true) => None,
    };
    excuse.map_or_else(|| disagreement(message, verdicts), Outcome::Known)
}

/// A proposal that makes the module valid must be named.
fn unnamed(verdicts: &Verdicts, phase: Phase, message: &str) -> Option<Outcome> {
    // Several memories are invalid without the proposal, which is named too; the other message says
    // itself what is wanted.
    let named = phase == Phase::Unsupported
        || message.contains("proposal is not supported")
        || message.contains("is not an immutable import");
    let valid = verdicts.with_proposals.accepts() && !verdicts.parser.accepts();
    (valid && !named).then(|| {
        let missing = verdicts.parser.message();
        Outcome::Failed(format!(
            "a proposal is not named: {message} / wasmparser: {missing}"
        ))
    })
}

fn disagreement(herkos: &str, verdicts: &Verdicts) -> Outcome {
    let (wabt, parser) = (verdicts.wabt.message(), verdicts.parser.message());
    Outcome::Failed(format!(
        "herkos-c: {herkos} / wabt: {wabt} / wasmparser: {parser}"
    ))
}

/// What failures of one kind have in common: the text without its numbers and names.
pub fn kind(failure: &str) -> String {
    let mut kind = String::new();
    for (i, part) in failure.split('"').enumerate() {
        if i % 2 == 0 {
            kind.extend(part.chars().filter(|c| !c.is_ascii_digit()));
        }
    }
    kind
}

#[cfg(test)]
mod tests {
    use super::{compare, has, kind, parse, Known, Outcome};
    use crate::generate::Promise;
    use crate::judges::{Herkos, Phase, Verdict, Verdicts};

    fn refuses(message: &str) -> Verdict {
        Verdict::Refuses(message.to_owned())
    }

    fn says(herkos: Option<(Phase, &str)>, wabt: Verdict, parser: Verdict) -> Outcome {
        let list = [
            "herkos-c refuses | too much | a limit",
            "wabt refuses | wabt's own | why",
            "wabt accepts | overlooked | why",
        ];
        let known = Known(list.iter().map(|line| parse(line).unwrap()).collect());
        let herkos = match herkos {
            None => Herkos::Accepts(Vec::new()),
            Some((phase, message)) => Herkos::Refuses {
                phase,
                offset: 0,
                message: message.to_owned(),
            },
        };
        let verdicts = Verdicts {
            herkos: Ok(herkos),
            wabt,
            with_proposals: parser.clone(),
            parser,
        };
        compare(b"", &verdicts, Promise::Nothing, &known)
    }

    #[test]
    fn agreement() {
        let no = || refuses("no");
        let invalid = Some((Phase::Validate, "type mismatch"));
        assert_eq!(
            says(None, Verdict::Accepts, Verdict::Accepts),
            Outcome::Accepted
        );
        assert_eq!(says(invalid, no(), no()), Outcome::Refused);
    }

    #[test]
    fn who_is_alone_is_excused_by_its_own_line_only() {
        let failed = |outcome: Outcome| matches!(outcome, Outcome::Failed(_));
        let (yes, no) = (|| Verdict::Accepts, || refuses("no"));
        let own = || refuses("it is wabt's own");
        let overlooked = Some((Phase::Validate, "what is overlooked"));
        assert_eq!(says(None, own(), yes()), Outcome::Known(1));
        assert_eq!(says(overlooked, yes(), no()), Outcome::Known(2));
        assert!(failed(says(None, no(), yes())));
        assert!(failed(says(None, yes(), own())));
        // Not where the third says otherwise too.
        assert!(failed(says(None, own(), no())));
        assert!(failed(says(overlooked, yes(), yes())));
    }

    #[test]
    fn limits_are_of_the_phase_unsupported() {
        let limit = |phase| {
            says(
                Some((phase, "too much")),
                Verdict::Accepts,
                Verdict::Accepts,
            )
        };
        assert_eq!(limit(Phase::Unsupported), Outcome::Known(0));
        assert!(matches!(limit(Phase::Validate), Outcome::Failed(_)));
    }

    #[test]
    fn herkos_accepting_alone_cannot_be_listed() {
        assert!(parse("herkos-c accepts | anything | why").is_none());
        assert!(parse("wabt accepts | | why").is_none());
        assert!(parse("wabt accepts | text @zz | why").is_none());
    }

    #[test]
    fn an_opcode_is_looked_for_in_bodies() {
        let text = "(module (func i32.const 0x1a if end))";
        let bytes = wat::parse_str(text).unwrap();
        assert!(has(&bytes, 0x04) && has(&bytes, 0x0b) && !has(&bytes, 0x1a));
    }

    #[test]
    fn kinds_have_no_numbers_and_names() {
        assert_eq!(kind("function 3 \"a7\": type"), "function  : type");
    }
}
