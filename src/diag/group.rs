//! The groups of codes: what each looks at, for the lists and pages that show them.

/// Each group and what it looks at, in the order in which an author meets them.
pub static ABOUT_GROUPS: [(&str, &str); 17] = [
    (
        "source",
        "The format itself: files, keys, directives, references. An error of this group stops the build.",
    ),
    (
        "curriculum",
        "The order of things: which scenario introduces a concept, which uses it, and what one leaves open for the next.",
    ),
    (
        "pedagogy",
        "How an exercise teaches: symptoms before code, trade-offs before fixes, hints that rise, answers that stay hidden.",
    ),
    (
        "solution",
        "No magic: learners type every fix themselves, and nothing shows or applies it before they did.",
    ),
    ("grafana", "The dashboard that learners watch: data sources, queries, units and help of its panels."),
    ("prometheus", "What Prometheus is told to collect."),
    ("metrics", "What the app measures, and whether it does so for every request."),
    (
        "devcontainer",
        "The Codespace: that it opens in the right folder, starts by itself and shows its ports.",
    ),
    ("compose", "The services that run side by side: that they start, find each other and keep no secrets."),
    ("image", "What the containers hold: tools that commands need, and versions that are still maintained."),
    ("code", "The learner's application: that it runs, and explains what its readers cannot know."),
    (
        "diagram",
        "Pictures: that everybody can read them, in light and dark, large and small, with eyes or without.",
    ),
    ("link", "Links: that they lead somewhere and say where."),
    ("prose", "The words: one name for one thing, and nothing left over from editing."),
    (
        "rehearsal",
        "Proof that an exercise breaks and that its fixes fix it: what its author expects, and the run that showed it.",
    ),
    (
        "adopt",
        "Repositories written by hand, as `scenarist audit` reads them: typed numbers, pasted code, and tables that repeat each other.",
    ),
    ("lint", "The linter's own settings and the comments that accept findings."),
];

/// What a group looks at; empty for one that does not exist.
#[must_use]
pub fn about_group(name: &str) -> &'static str {
    ABOUT_GROUPS.iter().find(|(group, _)| *group == name).map_or("", |(_, about)| about)
}

/// Whether a name is a group's.
#[must_use]
pub fn is_group(name: &str) -> bool {
    ABOUT_GROUPS.iter().any(|(group, _)| *group == name)
}
