//! Links modules: checks that the exports of one are what another imports, and writes the host that
//! passes the calls on.
//!
//! The result is the file `herkos/link/NAME.rs` with the struct `Linked`, included beside what
//! herkos-c made of the module.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::config::{Link, Module, Problem};
use crate::names::nearest;
use crate::report::{Capability, FunctionType, Import, Item, LentTable, Report, Reports};

/// All that is wrong with the links of these modules.
pub(crate) fn check(modules: &[Module], reports: &Reports) -> Vec<Problem> {
    let mut problems = Vec::new();
    for module in modules {
        for link in &module.links {
            problems.extend(check_link(modules, module, link, reports).err());
        }
    }
    if problems.is_empty() {
        problems.extend(modules.iter().find_map(|module| cycle(modules, module)));
    }
    problems
}

fn check_link(
    modules: &[Module],
    module: &Module,
    link: &Link,
    reports: &Reports,
) -> Result<(), Problem> {
    let what = format!("link.{} = \"{}\"", link.import, link.module);
    let fault = |why: &str, details: Vec<String>| {
        module.problem(link.place, &format!("{what}: {why}"), details)
    };
    let names: Vec<&str> = modules.iter().map(|m| m.name.as_str()).collect();
    let (Some(importer), Some(exporter)) = (reports.get(&module.name), reports.get(&link.module))
    else {
        let guess = guess(&link.module, &names);
        return Err(fault("there is no module of that name", guess));
    };
    let imports: Vec<_> = imports_from(importer, &link.import).collect();
    if imports.is_empty() {
        let known = importer.capabilities().map(|(import, _)| &*import.module);
        let mut known: Vec<&str> = known.collect();
        known.dedup();
        let why = format!(
            "`{}` imports no function from `{}`",
            module.name, link.import
        );
        return Err(fault(&why, guess(&link.import, &known)));
    }
    if imports.iter().any(|(_, c)| is_wasi(&c.trait_name)) {
        return Err(fault("WASI is the host's to serve", Vec::new()));
    }
    let mismatches: Vec<String> = imports
        .iter()
        .filter_map(|(import, c)| mismatch(&import.name, &c.item, exporter, link))
        .collect();
    if !mismatches.is_empty() {
        return Err(fault("the modules do not fit", mismatches));
    }
    lent(importer, exporter, link).map_err(|why| fault(&why, Vec::new()))
}

/// How other modules of the build use a module.
pub(crate) struct Use<'m> {
    /// Those that are linked with it.
    pub(crate) by: Vec<&'m str>,
    /// The exported functions that none of them imports, by their place in the list of exports.
    pub(crate) unused: Vec<usize>,
}

/// None: no module is linked with it.
pub(crate) fn use_of<'m>(modules: &'m [Module], name: &str, reports: &Reports) -> Option<Use<'m>> {
    let links = modules.iter().flat_map(|by| {
        let links = by.links.iter().filter(|link| link.module == name);
        links.map(move |link| (by, link))
    });
    let mut by: Vec<&str> = Vec::new();
    let mut used = BTreeSet::new();
    for (module, link) in links {
        by.push(&module.name);
        let importer = reports.get(&module.name)?;
        used.extend(imports_from(importer, &link.import).map(|(import, _)| &import.name));
    }
    by.dedup();
    let exports = reports.get(name)?.exports.iter().enumerate();
    let unused = exports.filter(|(_, e)| e.function.is_some() && !used.contains(&e.name));
    let unused = unused.map(|(number, _)| number).collect();
    (!by.is_empty()).then_some(Use { by, unused })
}

/// Is it a trait of the runtime, not of the generated module?
fn is_wasi(trait_name: &str) -> bool {
    trait_name.starts_with("wasi::")
}

/// What a link has to serve: the imports from one import module name.
fn imports_from<'r>(
    report: &'r Report,
    module: &'r str,
) -> impl Iterator<Item = (&'r Import, &'r Capability)> {
    let all = report.capabilities();
    all.filter(move |(import, _)| import.module == module)
}

fn guess(word: &str, known: &[&str]) -> Vec<String> {
    let list = match known {
        [] => return Vec::new(),
        known => format!("known: {}", known.join(", ")),
    };
    let meant = nearest(word, known).map(|meant| format!("did you mean `{meant}`?"));
    meant.into_iter().chain([list]).collect()
}

/// Why an import is not what the other module exports, if so.
fn mismatch(name: &str, item: &Item, exporter: &Report, link: &Link) -> Option<String> {
    let Item::Function(wanted) = item else {
        return Some(format!(
            "the import `{name}` is a global: only functions can be linked"
        ));
    };
    let Some(found) = exporter.exported_function(name) else {
        return Some(format!(
            "`{}` exports no function `{name}` {}",
            link.module,
            wanted.text()
        ));
    };
    (*wanted != found.ty).then(|| {
        format!(
            "`{name}` is imported as {}, but `{}` exports it as {}",
            wanted.text(),
            link.module,
            found.ty.text()
        )
    })
}

/// A library module works on the memory of the module that calls it and on the tables that this
/// one is lent, if there are such.
fn lent(importer: &Report, exporter: &Report, link: &Link) -> Result<(), String> {
    let name = &link.module;
    let memory = &exporter.lent_memory;
    if !memory.is_empty() && !is_slice(memory) {
        return Err(format!(
            "`{name}` is lent `{memory}` with each call, which an import cannot pass on"
        ));
    }
    if !memory.is_empty() && importer.memory.is_none() {
        return Err(format!(
            "`{name}` works on its caller's memory, but this module has none"
        ));
    }
    let mut tables = exporter.lent_tables.iter();
    match tables.find(|table| !importer.lent_tables.contains(table)) {
        None => Ok(()),
        Some(LentTable {
            module,
            name: table,
            ..
        }) => Err(format!(
            "`{name}` works on its caller's table `{}` `{}`, which this module does not import",
            printable(module),
            printable(table)
        )),
    }
}

fn is_slice(lent: &str) -> bool {
    lent == "memory: &mut [u8]"
}

/// A module that is linked, directly or not, with itself would have to own itself.
fn cycle(modules: &[Module], start: &Module) -> Option<Problem> {
    let mut path = vec![start];
    let mut stack: Vec<(usize, &Link)> = start.links.iter().map(|link| (1, link)).collect();
    while let Some((depth, link)) = stack.pop() {
        path.truncate(depth);
        let next = modules.iter().find(|m| m.name == link.module)?;
        if next.name == start.name {
            let names: Vec<&str> = path.iter().map(|m| m.name.as_str()).collect();
            let what = format!(
                "linked with itself: {} -> {}",
                names.join(" -> "),
                next.name
            );
            let why = "each module owns those it is linked with";
            return Some(start.problem(link.place, &what, [why]));
        }
        if path.iter().any(|m| m.name == next.name) {
            continue; // a cycle that does not come back here; it is found from elsewhere
        }
        path.push(next);
        stack.extend(next.links.iter().map(|link| (depth + 1, link)));
    }
    None
}

/// An import of a trait, with its name.
type TraitImport<'r> = (&'r str, &'r Capability);

/// A trait that the module's host must implement.
struct Trait<'r> {
    name: &'r str,
    imports: Vec<TraitImport<'r>>,
    /// The number of the link that serves it, if not the host does.
    link: Option<usize>,
}

/// The text of the module's link file. Its links have been checked.
pub(crate) fn text(module: &Module, reports: &Reports) -> String {
    let Some(report) = reports.get(&module.name) else {
        return String::new();
    };
    let traits = traits(module, report);
    let has_host = traits.iter().any(|t| t.link.is_none());
    let host = has_host.then(|| "H".to_owned());
    let linker = Linker {
        module,
        reports,
        lent: lent_params(report),
        name: struct_name(&traits),
        parameters: host.into_iter().chain(link_parameters(module)).collect(),
        fields: field_names(module),
    };
    let mut text = linker.structure(has_host);
    for its_trait in &traits {
        text += &match its_trait.name.strip_prefix("wasi::") {
            Some(name) => linker.delegation(name),
            None => linker.implementation(its_trait),
        };
    }
    text
}

/// The traits in the order of their first import, with their imports, each once.
fn traits<'r>(module: &'r Module, report: &'r Report) -> Vec<Trait<'r>> {
    let mut found: Vec<Trait<'r>> = Vec::new();
    for (import, capability) in report.capabilities() {
        let name = capability.trait_name.as_str();
        let at = found.iter().position(|t| t.name == name);
        let at = at.unwrap_or_else(|| {
            found.push(Trait {
                name,
                imports: Vec::new(),
                link: module.links.iter().position(|l| l.import == import.module),
            });
            found.len() - 1
        });
        let import = (import.name.as_str(), capability);
        if !found[at].imports.contains(&import) {
            found[at].imports.push(import);
        }
    }
    found
}

/// `Linked`, unless an import trait is called so.
fn struct_name(traits: &[Trait<'_>]) -> String {
    let mut name = "Linked".to_owned();
    while traits.iter().any(|t| t.name == name) {
        name.push_str("Host");
    }
    name
}

/// The type parameters for the linked modules.
fn link_parameters(module: &Module) -> impl Iterator<Item = String> {
    (0..module.links.len()).map(|i| format!("L{i}"))
}

/// The fields are called like the modules that they hold; `host` is taken.
fn field_names(module: &Module) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for link in &module.links {
        let mut name = link.module.clone();
        while name == "host" || names.contains(&name) {
            name.push('_');
        }
        names.push(name);
    }
    names
}

/// Import names come from the .wasm file: nothing in them may end the comment.
fn printable(name: &str) -> String {
    name.escape_default().to_string().replace('`', "'")
}

struct Linker<'r> {
    module: &'r Module,
    reports: &'r Reports,
    /// What the import traits pass before the parameters of a function.
    lent: Vec<Param>,
    /// Of the struct.
    name: String,
    /// Its type parameters: `H` if there is a host besides, then one for each link.
    parameters: Vec<String>,
    /// Its fields, by link.
    fields: Vec<String>,
}

impl Linker<'_> {
    fn structure(&self, has_host: bool) -> String {
        let mut text = format!(
            "\n/// A host that links this module with others of this build.\n\
             #[rustfmt::skip]\npub struct {}<{}> {{\n",
            self.name,
            self.parameters.join(", ")
        );
        if has_host {
            text += "    /// What the module imports besides.\n    pub host: H,\n";
        }
        for (i, (field, link)) in self.fields.iter().zip(&self.module.links).enumerate() {
            let (import, module) = (printable(&link.import), &link.module);
            let _ = writeln!(
                text,
                "    /// Serves the imports from `{import}`: an instance of `{module}`.\n    \
                 pub {field}: L{i},"
            );
        }
        text + "}\n"
    }

    /// WASI is passed on as a whole.
    fn delegation(&self, wasi: &str) -> String {
        let (name, parameters) = (&self.name, self.parameters.join(", "));
        let bounds = parameters.replacen('H', &format!("H: herkos_runtime::wasi::{wasi}"), 1);
        format!(
            "\nherkos_runtime::delegate_wasi!(\n    impl[{bounds}] {wasi} for \
             {name}<{parameters}> => host\n);\n"
        )
    }

    fn implementation(&self, its_trait: &Trait<'_>) -> String {
        let (bounded, bound, field) = match its_trait.link {
            None => ("H".to_owned(), its_trait.name.to_owned(), "host"),
            Some(at) => {
                let exports = format!("super::{}::Exports", self.module.links[at].module);
                (format!("L{at}"), exports, self.fields[at].as_str())
            }
        };
        let bounds = self.parameters.iter().map(|parameter| match parameter {
            parameter if *parameter == bounded => format!("{parameter}: {bound}"),
            parameter => parameter.clone(),
        });
        let mut text = format!(
            "\n#[rustfmt::skip]\nimpl<{}> {} for {}<{}> {{\n",
            bounds.collect::<Vec<String>>().join(", "),
            its_trait.name,
            self.name,
            self.parameters.join(", ")
        );
        for &(name, import) in &its_trait.imports {
            let method = &import.method;
            text += &match &import.item {
                Item::Function(ty) => {
                    let (target, wanted) = self.target(name, method, its_trait.link);
                    let call = format!("{bound}::{target}(&mut self.{field}");
                    pass_on(method, ty, &self.lent, &wanted, &call)
                }
                Item::Global { ty, setter } => global(method, setter.as_deref(), ty, &bound),
            };
        }
        text + "}\n"
    }

    /// What the imported function is called where the call goes, and what is lent there.
    fn target<'s>(
        &'s self,
        name: &str,
        method: &'s str,
        link: Option<usize>,
    ) -> (&'s str, Vec<&'s str>) {
        let exporter = link.and_then(|at| self.reports.get(&self.module.links[at].module));
        match exporter.and_then(|exporter| Some((exporter, exporter.exported_function(name)?))) {
            Some((exporter, export)) => (&export.method, self.wanted(exporter)),
            None => (method, self.lent.iter().map(|p| p.name.as_str()).collect()),
        }
    }

    /// The names here of what the exporter is lent, in its order.
    fn wanted(&self, exporter: &Report) -> Vec<&str> {
        let memory = (!exporter.lent_memory.is_empty()).then_some(None);
        let tables = exporter.lent_tables.iter().map(Some);
        let found = memory.into_iter().chain(tables).filter_map(|table| {
            let mut here = self.lent.iter();
            here.find(|param| param.table.as_ref() == table)
        });
        found.map(|param| param.name.as_str()).collect()
    }
}

/// A parameter of an import trait's methods: the memory, or a table.
struct Param {
    name: String,
    ty: String,
    table: Option<LentTable>,
}

fn lent_params(report: &Report) -> Vec<Param> {
    let memory = report.memory.as_ref().map(|_| Param {
        name: "memory".to_owned(),
        ty: "&mut [u8]".to_owned(),
        table: None,
    });
    let tables = report.lent_tables.iter().enumerate();
    let tables = tables.map(|(i, table)| Param {
        name: format!("table_{i}"),
        ty: format!("&mut TableView<{}>", table.ty),
        table: Some(table.clone()),
    });
    memory.into_iter().chain(tables).collect()
}

/// A method that passes its arguments on, with `call` as the beginning of the call.
fn pass_on(method: &str, ty: &FunctionType, lent: &[Param], wanted: &[&str], call: &str) -> String {
    let mut head = format!("    fn {method}(&mut self");
    let mut arguments = String::new();
    for param in lent {
        let used = wanted.contains(&param.name.as_str());
        let name = if used { param.name.as_str() } else { "_" };
        let _ = write!(head, ", {name}: {}", param.ty);
    }
    for name in wanted {
        let _ = write!(arguments, ", {name}");
    }
    for (i, param) in ty.params.iter().enumerate() {
        let _ = write!(head, ", l{i}: {param}");
        let _ = write!(arguments, ", l{i}");
    }
    let result = match ty.results.as_slice() {
        [] => "()".to_owned(),
        [one] => one.clone(),
        several => format!("({})", several.join(", ")),
    };
    format!("{head}) -> Result<{result}, WasmTrap> {{\n        {call}{arguments})\n    }}\n")
}

fn global(getter: &str, setter: Option<&str>, ty: &str, bound: &str) -> String {
    let mut text = format!(
        "    fn {getter}(&mut self) -> {ty} {{\n        {bound}::{getter}(&mut self.host)\n    }}\n"
    );
    if let Some(setter) = setter {
        let _ = write!(
            text,
            "    fn {setter}(&mut self, value: {ty}) {{\n        {bound}::{setter}(&mut self.host, value);\n    }}\n"
        );
    }
    text
}
