//! Repositories that were made by hand become source trees that load, and what learners can read in them
//! is still there after a build.
#![allow(clippy::disallowed_methods, clippy::disallowed_macros, reason = "tests read their fixtures")]


use camino::Utf8Path;

use scenarist::adopt::verify::{Difference, DifferenceKind, verify};
use scenarist::adopt::{Conversion, Purpose, Repository, convert, read_repository};
use scenarist::build::{Compiled, Options, compile};
use scenarist::diag::{Diagnostic, Severity};
#[allow(unused_imports)]
use scenarist::source::{Files, Origin, read_repository_dir};

fn repository(folder: &str) -> Repository {
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let (files, faults) = read_repository_dir(&root);
    assert!(faults.is_empty(), "{faults:?}");
    read_repository(files)
}

fn made_files(repository: &Repository, conversion: &Conversion) -> Files {
    let mut files = Files::default();
    for file in &conversion.made {
        files.add(file.path.clone(), &file.bytes(&repository.files), Origin::Project, file.executable);
    }
    files
}

fn compiled(repository: &Repository, conversion: &Conversion) -> Compiled {
    let options = Options { drafts: true, no_previews: true };
    compile(made_files(repository, conversion), &[], options)
}

fn print(finding: &Diagnostic, files: &Files) -> String {
    let at = files.position(finding.span.file, finding.span.start);
    format!("{}:{}:{} {}: {}", files.path(finding.span.file), at.line, at.column, finding.spec.code, finding.message)
}

fn differences(repository: &Repository) -> Vec<Difference> {
    let conversion = convert(repository, Purpose::Import);
    let compiled = compiled(repository, &conversion);
    let errors: Vec<String> = compiled
        .findings
        .iter()
        .filter(|finding| finding.severity >= Severity::Error)
        .map(|finding| print(finding, &compiled.files))
        .collect();
    let (Some(course), Some(tree)) = (&compiled.course, &compiled.tree) else { panic!("{errors:#?}") };
    assert_eq!(errors, Vec::<String>::new(), "a clean repository becomes a source tree without errors");
    verify(repository, &conversion, course, tree)
}

fn lost(repository: &Repository, differences: &[Difference]) -> Vec<String> {
    let lost = differences.iter().filter(|it| it.kind == DifferenceKind::Lost);
    lost.map(|it| {
        let at = repository.files.position(it.span.file, it.span.start);
        format!("{}:{}: {}", repository.files.path(it.span.file), at.line, it.what)
    })
    .collect()
}

#[test]
fn nothing_that_learners_can_read_is_lost() {
    for fixture in ["harbor", "bakery"] {
        let repository = repository(&format!("tests/adopt/{fixture}/clean"));
        let differences = differences(&repository);
        for kind in DifferenceKind::ALL {
            let count = differences.iter().filter(|it| it.kind == kind).count();
            println!("{fixture}: {count} {}", kind.phrase());
        }
        assert_eq!(lost(&repository, &differences), Vec::<String>::new(), "{fixture}");
    }
}

/// Writes what a repository becomes, for a look: `SCENARIST_DUMP=/tmp/out cargo test --test adopt_convert dump`.
#[test]
fn dump() {
    let (Ok(folder), Ok(target)) = (std::env::var("SCENARIST_REPO"), std::env::var("SCENARIST_DUMP")) else { return };
    let repository = repository(&folder);
    for (name, purpose) in [("import", Purpose::Import), ("audit", Purpose::Audit)] {
        let conversion = convert(&repository, purpose);
        for file in &conversion.made {
            let path = Utf8Path::new(&target).join(name).join(&file.path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, file.bytes(&repository.files)).expect("written");
        }
        let compiled = compiled(&repository, &conversion);
        println!("== {name}: course {}, tree {}", compiled.course.is_some(), compiled.tree.is_some());
        if let Some(tree) = &compiled.tree {
            for (path, file) in tree.iter().filter(|(path, _)| path.starts_with("dist/monorepo")) {
                let path = Utf8Path::new(&target).join(name).join(path);
                std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
                std::fs::write(path, &file.bytes).expect("written");
            }
        }
        for finding in &compiled.findings {
            if finding.severity >= Severity::Error || std::env::var("SCENARIST_ALL").is_ok() {
                println!("{}", print(finding, &compiled.files));
            }
        }
        if let (Some(course), Some(tree)) = (&compiled.course, &compiled.tree) {
            for it in verify(&repository, &conversion, course, tree).iter().filter(|_| name == "import") {
                let at = repository.files.position(it.span.file, it.span.start);
                println!("{}:{}: {}: {}", repository.files.path(it.span.file), at.line, it.kind.phrase(), it.what);
            }
        }
        for block in conversion.report.iter().filter(|_| name == "import") {
            let at = repository.files.position(block.span.file, block.span.start);
            println!("{}:{}: {} -> {:?}", repository.files.path(block.span.file), at.line, block.what, block.fate);
        }
    }
}
