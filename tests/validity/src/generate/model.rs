//! A module taken apart as far as mutations need it, and put together again: what they change stays
//! readable, so that it gets beyond the decoder.

use wasmparser::{BinaryReader, FromReader, FunctionBody, SectionLimited};

/// A module as a list of sections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub sections: Vec<Section>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    pub id: u8,
    pub content: Content,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Without a count: custom sections, start, data count.
    Raw(Vec<u8>),
    /// The count is that of the items.
    Items(Vec<Vec<u8>>),
    Code(Vec<Body>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    pub locals: Vec<u8>,
    pub operators: Vec<Vec<u8>>,
}

const HEADER: [u8; 8] = *b"\0asm\x01\0\0\0";

impl Model {
    /// None where the frame of the module is broken.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(&HEADER)?;
        let mut sections = Vec::new();
        while let Some((&id, after)) = rest.split_first() {
            let (payload, after) = sized(after)?;
            rest = after;
            let content = content(id, payload).unwrap_or_else(|| Content::Raw(payload.to_vec()));
            sections.push(Section { id, content });
        }
        Some(Self { sections })
    }

    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = HEADER.to_vec();
        for section in &self.sections {
            bytes.push(section.id);
            put_sized(&mut bytes, &section.payload());
        }
        bytes
    }
}

impl Section {
    fn payload(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        match &self.content {
            Content::Raw(raw) => bytes.clone_from(raw),
            Content::Items(items) => {
                put_number(&mut bytes, items.len());
                bytes.extend(items.iter().flatten());
            }
            Content::Code(bodies) => {
                put_number(&mut bytes, bodies.len());
                for body in bodies {
                    let operators = body.operators.iter().flatten();
                    let body: Vec<u8> = body.locals.iter().chain(operators).copied().collect();
                    put_sized(&mut bytes, &body);
                }
            }
        }
        bytes
    }
}

fn content(id: u8, payload: &[u8]) -> Option<Content> {
    use wasmparser as w;
    let items = match id {
        1 => items::<w::RecGroup>(payload)?,
        2 => items::<w::Imports>(payload)?,
        3 => items::<u32>(payload)?,
        4 => items::<w::Table>(payload)?,
        5 => items::<w::MemoryType>(payload)?,
        6 => items::<w::Global>(payload)?,
        7 => items::<w::Export>(payload)?,
        9 => items::<w::Element>(payload)?,
        10 => return bodies(payload).map(Content::Code),
        11 => items::<w::Data>(payload)?,
        13 => items::<w::TagType>(payload)?,
        _ => return None,
    };
    Some(Content::Items(items))
}

/// The bytes of each item of a section.
fn items<'a, T: FromReader<'a>>(payload: &'a [u8]) -> Option<Vec<Vec<u8>>> {
    let section = SectionLimited::<T>::new(BinaryReader::new(payload, 0)).ok()?;
    let mut starts = Vec::new();
    for item in section.into_iter_with_offsets() {
        starts.push(usize::try_from(item.ok()?.0).ok()?);
    }
    pieces(payload, starts)
}

/// What lies between each start and the next.
fn pieces(bytes: &[u8], mut starts: Vec<usize>) -> Option<Vec<Vec<u8>>> {
    starts.push(bytes.len());
    let piece = |pair: &[usize]| bytes.get(pair[0]..pair[1]).map(<[u8]>::to_vec);
    starts.windows(2).map(piece).collect()
}

fn bodies(payload: &[u8]) -> Option<Vec<Body>> {
    let (count, mut rest) = number(payload)?;
    let mut bodies = Vec::new();
    for _ in 0..count {
        let (body, after) = sized(rest)?;
        rest = after;
        bodies.push(take_apart(body)?);
    }
    rest.is_empty().then_some(bodies)
}

fn take_apart(body: &[u8]) -> Option<Body> {
    let reader = FunctionBody::new(BinaryReader::new(body, 0));
    let mut reader = reader.get_operators_reader().ok()?;
    let mut starts = Vec::new();
    while !reader.eof() {
        starts.push(usize::try_from(reader.original_position()).ok()?);
        reader.read().ok()?;
    }
    let first = *starts.first()?;
    Some(Body {
        locals: body[..first].to_vec(),
        operators: pieces(body, starts)?,
    })
}

/// An unsigned LEB128 number of at most five bytes, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value = 0;
    for (i, &byte) in bytes.iter().enumerate().take(5) {
        value |= usize::from(byte & 0x7f) << (7 * i);
        if byte < 0x80 {
            return Some((value, &bytes[i + 1..]));
        }
    }
    None
}

fn sized(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (length, rest) = number(bytes)?;
    rest.split_at_checked(length)
}

fn put_number(bytes: &mut Vec<u8>, mut number: usize) {
    while number >= 0x80 {
        bytes.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn put_sized(bytes: &mut Vec<u8>, part: &[u8]) {
    put_number(bytes, part.len());
    bytes.extend_from_slice(part);
}

#[cfg(test)]
mod tests {
    use super::{Content, Model};

    #[test]
    fn taken_apart_and_put_together() {
        let text = r#"(module
            (import "a" "b" (func (param i32)))
            (memory 1) (table 3 funcref) (global i32 (i32.const 7))
            (func (export "f") (result i32) (local i64) i32.const 300 drop i32.const 1)
            (elem (i32.const 0) 0 1) (data (i32.const 1) "xyz"))"#;
        let bytes = wat::parse_str(text).unwrap();
        let model = Model::parse(&bytes).unwrap();
        assert_eq!(model.encode(), bytes);
        let raw = |content: &Content| matches!(content, Content::Raw(_));
        let sections = model.sections.iter();
        assert!(!sections.clone().any(|section| raw(&section.content)));
        let bodies = sections.filter_map(|section| match &section.content {
            Content::Code(bodies) => Some(bodies[0].operators.len()),
            _ => None,
        });
        assert_eq!(bodies.collect::<Vec<_>>(), [4]);
    }

    #[test]
    fn a_broken_frame_is_none_and_a_broken_section_raw() {
        assert!(Model::parse(b"\0asm\x01\0\0").is_none());
        assert!(Model::parse(b"\0asm\x01\0\0\0\x01\x05\x01").is_none());
        let bytes = b"\0asm\x01\0\0\0\x01\x02\x01\x77";
        assert_eq!(Model::parse(bytes).unwrap().encode(), bytes);
    }
}
