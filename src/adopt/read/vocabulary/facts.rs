//! Names and values of facts: below a title, in the columns of a table, in the items of a list.

use crate::manifest::scenario::Status;

/// Names of the facts below a title and in the README.
pub(in crate::adopt::read) const FACTS: [(Fact, &[&str]); 9] = [
    (Fact::Number, &["#", "no", "nr", "number", "order"]),
    (
        Fact::Title,
        &[
            "scenario",
            "title",
            "exercise",
            "name",
            "lab",
            "lesson",
            "topic",
            "challenge",
            "failure",
            "case study",
            "module",
            "project",
        ],
    ),
    (Fact::Status, &["status", "state", "progress", "ready"]),
    (
        Fact::Concepts,
        &[
            "concepts",
            "concept",
            "new concepts",
            "teaches",
            "you learn",
            "you will learn",
            "what you learn",
            "topics",
            "key concepts",
            "learning goals",
            "introduces",
            "skills",
            "new ideas",
            "ideas",
        ],
    ),
    (
        Fact::BuildsOn,
        &[
            "builds on",
            "needs",
            "requires",
            "prerequisites",
            "before this",
            "before",
            "depends on",
            "prerequisite",
            "you need",
            "you should know",
        ],
    ),
    (
        Fact::Minutes,
        &[
            "time",
            "duration",
            "takes",
            "takes about",
            "estimated time",
            "minutes",
            "length",
            "how long",
            "effort",
        ],
    ),
    (Fact::App, &["app", "application", "system", "the app", "domain"]),
    (
        Fact::Summary,
        &[
            "what breaks",
            "summary",
            "problem",
            "description",
            "what happens",
            "symptom",
            "story",
            "about",
            "goal",
            "what goes wrong",
        ],
    ),
    (Fact::Level, &["difficulty", "level", "tier"]),
];

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::adopt::read) enum Fact {
    Number,
    Title,
    Status,
    Concepts,
    BuildsOn,
    Minutes,
    App,
    Summary,
    Level,
}

/// Words for how far a scenario is. A mark counts anywhere, a word as the beginning.
pub(in crate::adopt::read) const STATUS: [(Status, &[&str]); 3] = [
    (
        Status::Planned,
        &[
            "planned",
            "coming soon",
            "coming",
            "soon",
            "todo",
            "to do",
            "idea",
            "not yet",
            "📝",
            "🔜",
            "⏳",
            "❌",
            "⬜",
            "🗓",
            "📅",
        ],
    ),
    (Status::Draft, &["draft", "in progress", "wip", "in work", "being written", "beta", "🚧", "🟡", "✏"]),
    (
        Status::Ready,
        &[
            "ready",
            "done",
            "available",
            "complete",
            "completed",
            "finished",
            "published",
            "live",
            "yes",
            "✅",
            "✔",
            "☑",
            "🟢",
        ],
    ),
];

/// Words for how much help there is.
pub(in crate::adopt::read) const TIER: [&str; 18] = [
    "crawling",
    "walking",
    "running",
    "sprinting",
    "crawl",
    "walk",
    "run",
    "sprint",
    "beginner",
    "novice",
    "basic",
    "foundations",
    "intermediate",
    "advanced",
    "expert",
    "easy",
    "medium",
    "hard",
];
