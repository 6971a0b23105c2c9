//! Faults of the tree as findings, and text with its reasons for not being text.

use std::sync::Arc;

use camino::Utf8Path;

use crate::diag::catalog::tree as codes;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Files, Origin, ReadFault, ReadFaultKind, Span, TextError};
use crate::syntax::yaml::{Decode, Node, parse_yaml};

/// The file with this path; an empty one is added where there is none, so that a finding about
/// its absence has a place.
pub fn ensure_file(files: &mut Files, path: &Utf8Path) -> FileId {
    files.find(path).unwrap_or_else(|| files.add(path, b"", Origin::Project, false))
}

/// Reports what could not be read.
pub fn report_faults(files: &mut Files, faults: &[ReadFault], sink: &Sink) {
    for fault in faults {
        let file = ensure_file(files, &fault.path);
        let path = &fault.path;
        let span = Span::file_start(file);
        let finding = match &fault.kind {
            ReadFaultKind::LinkLeavesTree => Diagnostic::new(
                &codes::LINK_LEAVES_TREE,
                span,
                format!("`{path}` is a link that leaves the project"),
            )
            .help("copy the file into the project"),
            ReadFaultKind::BrokenLink => {
                Diagnostic::new(&codes::BROKEN_LINK, span, format!("`{path}` is a link that leads nowhere"))
                    .help("repair the link, or remove it")
            }
            ReadFaultKind::LinkNotFollowed => Diagnostic::new(
                &codes::UNREADABLE_FILE,
                span,
                format!("`{path}` is a link, and links are not followed here"),
            )
            .help("put a copy of the file in its place"),
            ReadFaultKind::Unreadable(reason) => {
                Diagnostic::new(&codes::UNREADABLE_FILE, span, format!("`{path}` cannot be read: {reason}"))
                    .help("check its permissions")
            }
            ReadFaultKind::NameNotUtf8 => {
                Diagnostic::new(&codes::UNREADABLE_FILE, span, format!("the name of `{path}` is not UTF-8"))
                    .help("rename it with letters, digits and hyphens")
            }
            ReadFaultKind::TooLarge(size) => {
                Diagnostic::new(&codes::TEXT_TOO_LARGE, span, format!("`{path}` has {size} bytes"))
                    .help("remove it; files that learners need are made by scripts")
            }
        };
        sink.push(finding);
    }
}

/// The text of a file that is meant as text; otherwise the reason is reported.
pub fn read_text<'a>(files: &'a Files, file: FileId, sink: &Sink) -> Option<&'a str> {
    match files.text(file) {
        Ok(text) => Some(text),
        Err(error) => {
            let path = files.path(file);
            let span = Span::file_start(file);
            sink.push(match error {
                TextError::NotUtf8(at) => {
                    let message =
                        format!("`{path}` is not UTF-8 text: byte {at} is the first that does not fit");
                    Diagnostic::new(&codes::NOT_UTF8, span, message).help("save it as UTF-8")
                }
                TextError::TooLarge(size) => {
                    let message = format!(
                        "`{path}` has {size} bytes, more than the limit of {}",
                        crate::source::MAX_TEXT_BYTES
                    );
                    Diagnostic::new(&codes::TEXT_TOO_LARGE, span, message)
                        .help("remove it, or make its content in a script")
                }
            });
            None
        }
    }
}

/// Snippets are spliced by pages, which cannot tell an unreadable one from an empty one.
pub fn check_snippets(files: &Files, sink: &Sink) {
    let own = files.below("content/snippets".into());
    let of_stacks = files
        .below("devcontainers".into())
        .filter(|(_, path)| path.parent().is_some_and(|parent| parent.ends_with("snippets")));
    for (file, _) in own.chain(of_stacks).filter(|(_, path)| path.extension() == Some("md")) {
        read_text(files, file, sink);
    }
}

/// Reads and decodes a manifest. An empty file is reported as lacking its keys.
pub fn read_manifest<T: Decode>(files: &Files, file: FileId, sink: &Sink) -> Option<(T, Arc<Node>)> {
    read_text(files, file, sink)?;
    let node = parse_yaml(files, file, sink).or_else(|| {
        let empty = files.text(file).is_ok_and(|text| {
            text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
        });
        let value = crate::syntax::yaml::Value::Map(Vec::new());
        empty.then(|| Arc::new(Node { span: Span::file_start(file), value }))
    })?;
    let manifest = T::decode(&node, sink)?;
    Some((manifest, node))
}
