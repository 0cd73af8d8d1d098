//! The files that a compiler read, from the rule for `make` that it writes with `-MD`.

use std::path::PathBuf;

/// The prerequisites of the rule, `TARGET: FILE FILE ...`, where the target is one word without
/// special characters.
///
/// clang writes a space in a name as `\ `, and doubles the backslashes before it; `#` as `\#`, `$`
/// as `$$`; all other characters, backslashes too, stand for themselves. A backslash at the end of
/// a line continues it.
pub(crate) fn prerequisites(text: &str) -> Vec<PathBuf> {
    let Some((_, mut rest)) = text.split_once(':') else {
        return Vec::new();
    };
    let mut files = Vec::new();
    let mut name = String::new();
    while let Some(c) = rest.chars().next() {
        let (piece, length) = match c {
            '\\' => backslashes(rest),
            '$' if rest.starts_with("$$") => (Some("$".to_owned()), 2),
            c if c.is_ascii_whitespace() => (None, 1),
            c => (Some(c.to_string()), c.len_utf8()),
        };
        rest = &rest[length..];
        match piece {
            Some(piece) => name += &piece,
            None if name.is_empty() => {}
            None => files.push(std::mem::take(&mut name).into()),
        }
    }
    if !name.is_empty() {
        files.push(name.into());
    }
    files
}

/// What a run of backslashes, and the character behind it, mean: text or the end of a name; and
/// how many bytes they are.
fn backslashes(text: &str) -> (Option<String>, usize) {
    let count = text.bytes().take_while(|&byte| byte == b'\\').count();
    let behind = &text[count..];
    let literal = |count: usize| "\\".repeat(count);
    if behind.starts_with(' ') {
        let space = if count % 2 == 1 { " " } else { "" };
        return (Some(literal(count / 2) + space), count + space.len());
    }
    if behind.starts_with('#') {
        return (Some(literal(count - 1) + "#"), count + 1);
    }
    for end in ["\r\n", "\n"] {
        if behind.starts_with(end) {
            // The name before it, if any, has ended with the space that clang puts there.
            let piece = (count > 1).then(|| literal(count - 1));
            return (piece, count + end.len());
        }
    }
    (Some(literal(count)), count)
}

#[cfg(test)]
mod tests {
    use super::prerequisites;

    fn names(text: &str) -> Vec<String> {
        let paths = prerequisites(text).into_iter();
        paths
            .map(|path| path.to_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn names_over_several_lines() {
        let text = "o: a.c /usr/include/b.h \\\n  ../c.h \\\r\n  d.h\n";
        assert_eq!(names(text), ["a.c", "/usr/include/b.h", "../c.h", "d.h"]);
        assert_eq!(names("o: a.c"), ["a.c"]);
        assert_eq!(names("o:\n"), [] as [&str; 0]);
        assert_eq!(names(""), [] as [&str; 0]);
    }

    #[test]
    fn special_characters() {
        assert_eq!(names("o: my\\ file.c b.c\n"), ["my file.c", "b.c"]);
        assert_eq!(names("o: \\#1.c $$x.c a:b.c\n"), ["#1.c", "$x.c", "a:b.c"]);
        assert_eq!(names("o: C:\\sdk\\a.h b.h\n"), ["C:\\sdk\\a.h", "b.h"]);
        assert_eq!(
            names("o: a\\\\\\ b.c c\\\\ d.c\n"),
            ["a\\ b.c", "c\\", "d.c"]
        );
        assert_eq!(names("o: gr\u{f6}\u{df}e.c\n"), ["gr\u{f6}\u{df}e.c"]);
    }
}
