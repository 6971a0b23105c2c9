//! Where the repository lives on GitHub, as links in its pages say.

use crate::diag::Sink;
use crate::source::{FileId, Files, Spanned};
use crate::syntax::document::{Block, BlockKind, parse_document};

/// What stands before `owner/name` in an address; those that can only mean this repository come first.
const BEFORE: [&str; 5] = [
    "codespaces.new/",
    "github.com/codespaces/new/",
    "github.dev/",
    "gitpod.io/#https://github.com/",
    "github.com/",
];

/// Words that are no owners.
const NO_OWNERS: [&str; 8] =
    ["codespaces", "features", "apps", "orgs", "sponsors", "marketplace", "topics", "settings"];

/// `owner/name`, from the links of a page.
pub(super) fn github_in(files: &Files, file: FileId) -> Option<Spanned<String>> {
    let document = parse_document(files, file, &[], &Sink::default());
    let mut addresses: Vec<&Spanned<String>> = Vec::new();
    let mut rest: Vec<&Block> = document.blocks.iter().collect();
    while let Some(block) = rest.pop() {
        addresses.extend(block.links.iter().map(|link| &link.destination));
        if let BlockKind::Directive(directive) = &block.kind {
            rest.extend(&directive.children);
        }
    }
    addresses.sort_by_key(|address| address.span.start);
    BEFORE[..4]
        .iter()
        .find_map(|before| addresses.iter().find_map(|address| owner_and_name(address, before)))
        .or_else(|| {
            addresses
                .iter()
                .find_map(|address| owner_and_name(address, BEFORE[4]).filter(|_| is_own(address)))
        })
}

/// Whether an address of GitHub is about the repository itself: a way to get or to start it.
fn is_own(address: &str) -> bool {
    [".git", "/archive/", "/generate", "/fork", "/issues", "/actions/"]
        .iter()
        .any(|mark| address.contains(mark))
}

fn owner_and_name(address: &Spanned<String>, before: &str) -> Option<Spanned<String>> {
    let at = address.find(before)? + before.len();
    let path = address[at..].split(['?', '#']).next()?;
    let mut parts = path.split('/');
    let (owner, name) = (parts.next()?, parts.next()?.trim_end_matches(".git"));
    let is_name = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
    };
    (is_name(owner) && is_name(name) && !NO_OWNERS.contains(&owner))
        .then(|| Spanned::new(format!("{owner}/{name}"), address.span))
}
