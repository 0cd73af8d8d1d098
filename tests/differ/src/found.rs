//! Modules that once differed, as small as they became: WebAssembly's text, with the script in its
//! first comments.

use std::fs;
use std::path::{Path, PathBuf};

use crate::generate::Case;
use crate::module::{normalize, Normal, GROWTH};
use crate::variation::Variation;

const SOURCE: &str = "found before";

/// All that were kept, in the order of their names.
pub fn read(folder: &Path) -> Result<Vec<(Case, Vec<String>)>, String> {
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|e| e == "wat"));
    files.sort();
    (0..).zip(files).map(|(number, file)| one(number, &file)).collect()
}

fn one(number: u32, file: &Path) -> Result<(Case, Vec<String>), String> {
    let told = |e: String| format!("{}: {e}", file.display());
    let text = fs::read_to_string(file).map_err(|e| told(e.to_string()))?;
    let bytes = wat::parse_str(&text).map_err(|e| told(e.to_string()))?;
    let comments = text.lines().filter_map(|line| line.strip_prefix(";; "));
    let script = comments.filter(|line| *line == "new" || line.starts_with("call "));
    let script: Vec<String> = script.map(str::to_owned).collect();
    if script.len() < 2 {
        return Err(told("no script in its comments".to_owned()));
    }
    let open = text.lines().any(|line| line == ";; open");
    let options = text.lines().find_map(|line| line.strip_prefix(";; options "));
    let variation = Variation::parse(options.unwrap_or_default()).map_err(told)?;
    let normal = normalize(&bytes, true, open, GROWTH).map_err(told)?;
    let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok((Case { number, source: SOURCE, normal, variation, name, native: None }, script))
}

/// Keeps one; where it is now.
pub fn write(
    folder: &Path,
    name: &str,
    normal: &Normal,
    variation: Variation,
    script: &[String],
) -> Result<PathBuf, String> {
    let path = folder.join(format!("{name}.wat"));
    let open = if normal.facts.open { ";; open\n" } else { "" };
    let options = format!(";; options {variation}\n");
    let script: String = script.iter().map(|line| format!(";; {line}\n")).collect();
    let text = wasmprinter::print_bytes(&normal.subject).map_err(|e| e.to_string())?;
    let written = fs::create_dir_all(folder);
    let written = written.and_then(|()| fs::write(&path, format!("{open}{options}{script}{text}")));
    written.map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(path)
}
