//! What the runtime calls its types and public modules: generated code may name them, and no others.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use syn::{Item, Visibility};

/// The public types, traits and modules that stand in the sources in a folder.
///
/// # Errors
/// When a source can't be read, or isn't Rust.
pub fn types(folder: &Path) -> io::Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            names.append(&mut types(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            let file = syn::parse_file(&text).map_err(io::Error::other)?;
            names.extend(file.items.into_iter().filter_map(public_type));
        }
    }
    Ok(names)
}

fn public_type(item: Item) -> Option<String> {
    let (visible, name) = match item {
        Item::Struct(item) => (item.vis, item.ident),
        Item::Enum(item) => (item.vis, item.ident),
        Item::Trait(item) => (item.vis, item.ident),
        Item::Type(item) => (item.vis, item.ident),
        Item::Mod(item) => (item.vis, item.ident),
        _ => return None,
    };
    matches!(visible, Visibility::Public(_)).then(|| name.to_string())
}
