//! Which codes mean something in a repository that is edited by hand.

use crate::diag::group_of;

/// Codes and groups that are not reported about a hand-made repository, each with the reason.
pub const NOT_HERE: &[(&str, &str)] = &[
    ("rehearsal", "nobody has declared what a rehearsal has to see"),
    (
        "curriculum/broken-bridge",
        "a page says in words what it leaves open, not by a name that can be followed",
    ),
    (
        "curriculum/orphan-concept",
        "concepts are known from the scenarios that introduce them, and from nothing else",
    ),
    ("lint/cannot-be-lowered", "nothing is built, so no finding stands in the way"),
    ("pedagogy/reflection-without-rubric", "an answer key says in prose what a good answer holds"),
    ("solution/change-too-large", "a page shows what its author has pasted, and a solution is a whole file"),
    ("source/changed-id", "there are no ids"),
    ("source/unsafe-html", "there is no site that would drop a tag; GitHub shows what it allows"),
    ("source/hand-numbered", "numbers are typed here; `adopt/number-gap` and its kin look at them"),
    ("source/unused-region", "code is pasted here, not taken from regions"),
];

/// The codes of the group `source` that are true of a repository; all others are about the format of a
/// source tree, which the conversion writes and nobody else.
const OF_SOURCE: &[&str] = &[
    "source/broken-link",
    "source/duplicate-heading",
    "source/empty-section",
    "source/html-not-closed",
    "source/link-leaves-tree",
    "source/not-utf8",
    "source/skipped-heading-level",
    "source/text-too-large",
    "source/unclosed-comment",
    "source/unclosed-fence",
    "source/undeclared-change",
    "source/unfinished",
    "source/unreadable-file",
    "source/unused-file",
    "source/untagged-code-fence",
];

/// Codes that look at a page of a scenario as it was written: the conversion closes what is open, and has
/// no place for some of it. All others look at the page that was made, which knows what each part is for.
pub const AS_WRITTEN: &[&str] = &[
    "diagram/no-alt-text",
    "link/bare-url",
    "link/insecure-link",
    "link/vague-link-text",
    "prose/alert-inside-details",
    "prose/banned-phrase",
    "prose/conflict-marker",
    "prose/invisible-character",
    "prose/repeated-word",
    "source/html-not-closed",
    "source/unclosed-comment",
    "source/unclosed-fence",
];

/// Whether findings of a code are reported.
#[must_use]
pub fn applies(code: &str) -> bool {
    let is_named = NOT_HERE.iter().any(|(name, _)| *name == code || *name == group_of(code));
    !is_named && (group_of(code) != "source" || OF_SOURCE.contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::all_specs;
    use crate::diag::is_group;

    #[test]
    fn every_name_is_one_of_a_code() {
        let is_code = |name: &str| all_specs().iter().any(|spec| spec.code == name);
        for name in NOT_HERE.iter().map(|(name, _)| name).chain(OF_SOURCE) {
            assert!(is_code(name) || is_group(name), "{name}");
        }
        for (name, why) in NOT_HERE {
            assert!(!why.ends_with('.') && why.len() < 120, "{name}: {why}");
        }
    }
}
