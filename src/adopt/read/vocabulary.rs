//! The words by which things are known, in small letters. What they mean is decided where they are used.

use crate::manifest::scenario::Status;
use crate::model::Role;

/// Words before the number of a scenario.
pub(super) const SCENARIO: [&str; 16] = [
    "scenario",
    "exercise",
    "lab",
    "lesson",
    "challenge",
    "module",
    "chapter",
    "unit",
    "workshop",
    "case study",
    "case",
    "day",
    "week",
    "part",
    "level",
    "project",
];

/// Words before the number of a step.
pub(super) const STEP: [&str; 6] = ["step", "stage", "phase", "task", "part", "section"];

/// Words before the number of a fix.
pub(super) const FIX: [&str; 8] =
    ["fix", "repair", "change", "solution", "improvement", "remedy", "patch", "optimization"];

/// Words before the number of a question.
pub(super) const QUESTION: [&str; 4] = ["question", "q", "quiz question", "exercise question"];

/// Words that stand before a question in place of a number.
pub(super) const THINK: [&str; 15] = [
    "think",
    "think about it",
    "stop and think",
    "reflect",
    "reflection",
    "consider",
    "discuss",
    "discussion",
    "predict",
    "prediction",
    "guess",
    "your turn",
    "checkpoint",
    "question",
    "bonus question",
];

/// Words before the number of an answer.
pub(super) const ANSWER: [&str; 6] = ["answer to question", "answer to q", "answer", "question", "q", "a"];

/// Words before the number of a figure.
pub(super) const FIGURE: [&str; 5] = ["figure", "fig", "diagram", "picture", "illustration"];

/// Words before the letter of an option.
pub(super) const OPTION: [&str; 5] = ["option", "choice", "approach", "alternative", "variant"];

/// Words in the line above a list that make it one of options.
pub(super) const OPTIONS_ABOVE: [&str; 9] = [
    "options",
    "option",
    "what could you do",
    "what could be done",
    "ways",
    "alternatives",
    "approaches",
    "choices",
    "possibilities",
];

/// The line that Scenarist itself prints above options; it says nothing of its own.
pub(super) const OPTIONS_LINE: &str = "before you change anything what could you do";

/// Lines in a box that hold no name of anything.
pub(super) const ANSWER_LINES: [&str; 11] = [
    "your answer",
    "answer",
    "your guess",
    "guess",
    "your answer here",
    "write your answer here",
    "your notes",
    "notes",
    "my answer",
    "answer here",
    "your thoughts",
];

/// Languages of a fence that may be a box.
pub(super) const BOX_LANGUAGES: [&str; 8] =
    ["", "text", "txt", "plain", "plaintext", "md", "markdown", "answer"];

/// Languages of commands for a shell.
pub(super) const SHELL: [&str; 9] =
    ["bash", "sh", "shell", "zsh", "console", "shell-session", "sh-session", "terminal", "shellsession"];

/// Languages of statements.
pub(super) const SQL: [&str; 5] = ["sql", "psql", "pgsql", "postgresql", "mysql"];

/// What begins or ends a line above code as it was.
pub(super) const BEFORE: [&str; 10] = [
    "before",
    "before the fix",
    "old",
    "old code",
    "the problem",
    "current code",
    "replace",
    "replace this",
    "change this",
    "original",
];

/// What begins or ends a line above code as it shall be.
pub(super) const AFTER: [&str; 11] = [
    "after",
    "after the fix",
    "new",
    "new code",
    "the fix",
    "fixed code",
    "with",
    "with this",
    "to this",
    "becomes",
    "by this",
];

/// Words of a hint.
pub(super) const HINT: [&str; 7] =
    ["hint", "tip", "need a hint", "show hint", "show a hint", "a hint", "stuck here"];

/// Alerts that are hints.
pub(super) const HINT_ALERTS: [&str; 2] = ["[!TIP]", "[!HINT]"];

/// Signs of a hint.
pub(super) const HINT_SIGNS: [char; 3] = ['💡', '🔎', '🤔'];

/// Headings of an answer key.
pub(super) const ANSWER_KEY: [&str; 14] = [
    "answer key",
    "answers",
    "answer",
    "model answers",
    "sample answers",
    "suggested answers",
    "our answers",
    "show answers",
    "show answer",
    "answers to the questions",
    "solutions to the questions",
    "reveal answer",
    "reveal answers",
    "see the answer",
];

/// Beginnings of a line that says what comes next.
pub(super) const NEXT: [&str; 8] = [
    "next scenario",
    "next exercise",
    "next up",
    "up next",
    "next",
    "next lab",
    "continue with",
    "continue to",
];

/// Headings of sections that are no steps, by phrases that stand in them.
pub(super) const SECTION_PHRASES: [(Role, &[&str]); 8] = [
    (
        Role::Faq,
        &[
            "faq",
            "common questions",
            "frequently asked",
            "questions people ask",
            "q a",
            "questions and answers",
        ],
    ),
    (
        Role::Stuck,
        &[
            "stuck",
            "troubleshooting",
            "if nothing works",
            "if something goes wrong",
            "when things go wrong",
            "common problems",
            "trouble",
        ],
    ),
    (
        Role::Learned,
        &[
            "learned",
            "learnt",
            "takeaway",
            "takeaways",
            "take away",
            "take home",
            "stays with you",
            "what stays",
            "key points",
            "key ideas",
            "in short",
            "summary",
            "lessons",
        ],
    ),
    (
        Role::Recap,
        &[
            "recap",
            "what you know",
            "what you bring",
            "so far",
            "previously",
            "refresher",
            "last time",
            "prerequisites",
        ],
    ),
    (
        Role::Environment,
        &[
            "environment",
            "what runs",
            "setup",
            "set up",
            "services",
            "getting started",
            "your system",
            "the stack",
            "how to start",
            "start the system",
            "your machine",
        ],
    ),
    (
        Role::Concepts,
        &[
            "concepts",
            "concept",
            "ideas",
            "idea",
            "before you start",
            "before you begin",
            "background",
            "key terms",
            "vocabulary",
            "in plain words",
            "theory",
            "primer",
            "terms",
            "what you need to know",
        ],
    ),
    (
        Role::Situation,
        &[
            "situation",
            "story",
            "what is going on",
            "what s going on",
            "what's going on",
            "the incident",
            "the complaint",
            "the scenario",
            "what happened",
            "the problem",
            "context",
            "the setting",
        ],
    ),
    (Role::Reflect, &["wrap up", "wrapping up"]),
];

/// Headings of steps, by phrases that stand in them.
pub(super) const STEP_PHRASES: [(Role, &[&str]); 6] = [
    (
        Role::Verify,
        &[
            "verify",
            "check it",
            "check your",
            "check the fix",
            "compare",
            "comparison",
            "side by side",
            "measure again",
            "test again",
            "confirm",
            "prove it",
            "did it work",
            "validate",
            "results",
        ],
    ),
    (
        Role::Fix,
        &[
            "fix",
            "fixes",
            "repair",
            "solve",
            "make it fast",
            "improve",
            "apply",
            "implement",
            "optimize",
            "change it",
        ],
    ),
    (
        Role::Understand,
        &[
            "read",
            "look inside",
            "understand",
            "inspect",
            "explore",
            "walk through",
            "the code",
            "how the code",
        ],
    ),
    (
        Role::Diagnose,
        &[
            "diagnose",
            "diagnosis",
            "evidence",
            "find out",
            "investigate",
            "cause",
            "root cause",
            "explain",
            "ask the database",
            "hypothesis",
            "narrow down",
            "why",
            "who",
            "suspects",
            "plan",
            "find the",
        ],
    ),
    (
        Role::Observe,
        &[
            "observe",
            "measure",
            "see it fail",
            "reproduce",
            "symptom",
            "symptoms",
            "break it",
            "watch",
            "load test",
            "baseline",
            "see the problem",
            "experience",
            "feel",
            "make it fail",
            "run it",
        ],
    ),
    (Role::Reflect, &["reflect", "reflection", "think", "look back", "discussion", "look ahead", "judge"]),
];

/// Names of the facts below a title and in the README.
pub(super) const FACTS: [(Fact, &[&str]); 9] = [
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
pub(super) enum Fact {
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
pub(super) const STATUS: [(Status, &[&str]); 3] = [
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
pub(super) const TIER: [&str; 18] = [
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
