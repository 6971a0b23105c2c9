//! The layers of `docs/architecture.md`: each module imports only modules before it. No crate
//! walls hold this order, so the source is parsed and every path is looked at. The house style
//! that can be counted is counted here, too.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use syn::visit::{self, Visit};

/// From the first to the last; a module may import itself and those before it.
const LAYERS: [&str; 18] = [
    "source",
    "diag",
    "syntax",
    "manifest",
    "environment",
    "ir",
    "model",
    "directive",
    "load",
    "emit",
    "check",
    "write",
    "build",
    "publish",
    "adopt",
    "rehearse",
    "serve",
    "cli",
];

/// Files mostly stay under 300 lines; only tables run longer.
const MAX_LINES: usize = 400;

/// Plain tables, which may run longer: the catalogue of codes with their examples.
const TABLES: [&str; 1] = ["src/diag/catalog/"];

struct Source {
    /// Relative to the project, with `/`.
    path: String,
    text: String,
    tree: syn::File,
}

impl Source {
    /// The top-level module that the file belongs to; none for `lib.rs` and `main.rs`.
    fn layer(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let name = inside.split('/').next()?;
        (name != "lib.rs" && name != "main.rs").then(|| name.trim_end_matches(".rs"))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for entry in
        walkdir::WalkDir::new(root.join("src")).sort_by_file_name().into_iter().filter_map(Result::ok)
    {
        let is_rust = entry.path().extension().is_some_and(|ending| ending == "rs");
        if !is_rust || entry.path().starts_with(root.join("src/cli/scaffold")) {
            continue;
        }
        let path =
            entry.path().strip_prefix(root).expect("below the root").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(entry.path()).expect("a readable file");
        let tree = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
        found.push(Source { path, text, tree });
    }
    found
}

impl Source {
    /// The first line that imports or names a module, counted from 1.
    fn line_of(&self, module: &str) -> usize {
        let mut in_use = false;
        for (at, line) in self.text.lines().enumerate() {
            in_use |= line.contains("crate::");
            let named = line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == module);
            if in_use && named {
                return at + 1;
            }
            in_use &= !line.contains(';');
        }
        1
    }
}

/// Collects the modules that a file names after `crate::`.
#[derive(Default)]
struct Imports {
    found: BTreeSet<String>,
}

impl Imports {
    fn of(tree: &syn::File) -> Self {
        let mut imports = Self::default();
        imports.visit_file(tree);
        imports
    }

    fn note(&mut self, name: &syn::Ident) {
        self.found.insert(name.to_string());
    }

    /// `use crate::{a, b::c}`.
    fn tree(&mut self, tree: &syn::UseTree) {
        match tree {
            syn::UseTree::Path(path) => self.note(&path.ident),
            syn::UseTree::Name(name) => self.note(&name.ident),
            syn::UseTree::Rename(rename) => self.note(&rename.ident),
            syn::UseTree::Group(group) => group.items.iter().for_each(|item| self.tree(item)),
            syn::UseTree::Glob(_) => {}
        }
    }

    /// Macro bodies are tokens, not paths: they are looked through word by word.
    fn tokens(&mut self, tokens: &str) {
        for (at, _) in tokens.match_indices("crate ::") {
            let rest = tokens[at + "crate ::".len()..].trim_start();
            let len = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
            self.found.insert(rest[..len].to_owned());
        }
    }
}

impl<'ast> Visit<'ast> for Imports {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if let syn::UseTree::Path(path) = &item.tree
            && path.ident == "crate"
        {
            self.tree(&path.tree);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let mut segments = path.segments.iter();
        if segments.next().is_some_and(|first| first.ident == "crate")
            && let Some(second) = segments.next()
        {
            self.note(&second.ident);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, found: &'ast syn::Macro) {
        self.tokens(&found.tokens.to_string());
        visit::visit_macro(self, found);
    }
}

#[test]
fn modules_import_only_what_lies_below_them() {
    let place = |name: &str| LAYERS.iter().position(|layer| *layer == name);
    let mut faults = Vec::new();
    for source in sources() {
        let Some(layer) = source.layer() else { continue };
        let Some(own) = place(layer) else {
            faults
                .push(format!("{}: `{layer}` is no layer; add it to the list where it belongs", source.path));
            continue;
        };
        for name in Imports::of(&source.tree).found {
            let line = source.line_of(&name);
            if place(&name).is_some_and(|other| other > own) {
                faults
                    .push(format!("{}:{line}: `{layer}` imports `{name}`, which lies above it", source.path));
            }
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_layer_is_declared_in_the_library() {
    let library = sources().into_iter().find(|source| source.path == "src/lib.rs").expect("lib.rs");
    for item in &library.tree.items {
        if let syn::Item::Mod(module) = item {
            let name = module.ident.to_string();
            assert!(LAYERS.contains(&name.as_str()), "`{name}` is no layer");
        }
    }
}

#[test]
fn files_say_what_they_own_and_stay_short() {
    let mut faults = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        let is_table = TABLES.iter().any(|table| source.path.starts_with(table));
        if lines > MAX_LINES && !is_table {
            faults.push(format!("{}: {lines} lines, more than {MAX_LINES}", source.path));
        }
        if !source.text.starts_with("//! ") {
            faults.push(format!("{}: does not open with `//!`", source.path));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// `mod.rs` declares, re-exports, documents, and may hold a table and the macro that makes one.
#[test]
fn mod_files_hold_declarations_only() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.path.ends_with("/mod.rs")) {
        for item in &source.tree.items {
            let allowed = match item {
                syn::Item::Mod(module) => module.content.is_none(),
                syn::Item::Use(_) | syn::Item::Static(_) | syn::Item::Const(_) | syn::Item::Macro(_) => true,
                // A look-up in the table next to it.
                syn::Item::Fn(function) => function.block.stmts.len() <= 1,
                _ => false,
            };
            if !allowed {
                faults.push(format!("{}: {}", source.path, kind_of(item)));
            }
        }
    }
    assert!(faults.is_empty(), "more than declarations:\n{}", faults.join("\n"));
}

fn kind_of(item: &syn::Item) -> String {
    match item {
        syn::Item::Fn(function) => format!("the function `{}`", function.sig.ident),
        syn::Item::Struct(item) => format!("the type `{}`", item.ident),
        syn::Item::Enum(item) => format!("the type `{}`", item.ident),
        syn::Item::Impl(_) => "an `impl`".to_owned(),
        _ => "another item".to_owned(),
    }
}

/// Marks of unfinished work.
#[test]
fn nothing_is_left_half_done() {
    struct Marks(Vec<String>);
    impl<'ast> Visit<'ast> for Marks {
        fn visit_macro(&mut self, found: &'ast syn::Macro) {
            if let Some(name) = found.path.segments.last() {
                self.0.push(name.ident.to_string());
            }
            visit::visit_macro(self, found);
        }
    }
    let mut faults = Vec::new();
    for source in sources() {
        let mut marks = Marks(Vec::new());
        marks.visit_file(&source.tree);
        marks.0.retain(|name| ["todo", "unimplemented", "dbg"].contains(&name.as_str()));
        faults.extend(marks.0.into_iter().map(|name| format!("{}: {name}!", source.path)));
        for (at, line) in source.text.lines().enumerate() {
            if ["TODO", "FIXME", "XXX"].iter().any(|mark| line.contains(mark)) {
                faults.push(format!("{}:{}: {}", source.path, at + 1, line.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The test finds what it is there for.
#[test]
fn imports_are_found_in_every_form() {
    let text = "use crate::a::b;\nuse crate::{c, d::e};\nfn f() -> crate::g::H { crate::i::j() }\n\
                macro_rules! m { () => { $crate::k::L }; }\nfn n() { println!(\"{}\", crate::o::P); }\n";
    let found = Imports::of(&syn::parse_file(text).expect("sound source")).found;
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["a", "c", "d", "g", "i", "k", "o"]);
}
