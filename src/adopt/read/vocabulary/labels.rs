//! Words before a number or a letter, and those that mark a box, a hint or one side of a change.

/// Words before the number of a scenario.
pub(in crate::adopt::read) const SCENARIO: [&str; 16] = [
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
pub(in crate::adopt::read) const STEP: [&str; 6] = ["step", "stage", "phase", "task", "part", "section"];

/// Words before the number of a fix.
pub(in crate::adopt::read) const FIX: [&str; 8] =
    ["fix", "repair", "change", "solution", "improvement", "remedy", "patch", "optimization"];

/// Words before the number of a question.
pub(in crate::adopt::read) const QUESTION: [&str; 4] =
    ["question", "q", "quiz question", "exercise question"];

/// Words that stand before a question in place of a number.
pub(in crate::adopt::read) const THINK: [&str; 15] = [
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
pub(in crate::adopt::read) const ANSWER: [&str; 6] =
    ["answer to question", "answer to q", "answer", "question", "q", "a"];

/// Words before the number of a figure.
pub(in crate::adopt::read) const FIGURE: [&str; 5] = ["figure", "fig", "diagram", "picture", "illustration"];

/// Words before the letter of an option.
pub(in crate::adopt::read) const OPTION: [&str; 5] =
    ["option", "choice", "approach", "alternative", "variant"];

/// Words in the line above a list that make it one of options.
pub(in crate::adopt::read) const OPTIONS_ABOVE: [&str; 9] = [
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
pub(in crate::adopt::read) const OPTIONS_LINE: &str = "before you change anything what could you do";

/// Lines in a box that hold no name of anything.
pub(in crate::adopt::read) const ANSWER_LINES: [&str; 11] = [
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
pub(in crate::adopt::read) const BOX_LANGUAGES: [&str; 8] =
    ["", "text", "txt", "plain", "plaintext", "md", "markdown", "answer"];

/// Languages of commands for a shell.
pub(in crate::adopt::read) const SHELL: [&str; 9] =
    ["bash", "sh", "shell", "zsh", "console", "shell-session", "sh-session", "terminal", "shellsession"];

/// Languages of statements.
pub(in crate::adopt::read) const SQL: [&str; 5] = ["sql", "psql", "pgsql", "postgresql", "mysql"];

/// What begins or ends a line above code as it was.
pub(in crate::adopt::read) const BEFORE: [&str; 10] = [
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
pub(in crate::adopt::read) const AFTER: [&str; 11] = [
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
pub(in crate::adopt::read) const HINT: [&str; 10] = [
    "hint",
    "tip",
    "need a hint",
    "show hint",
    "show a hint",
    "a hint",
    "a tip",
    "show tip",
    "show me a hint",
    "stuck here",
];

/// Alerts that are hints.
pub(in crate::adopt::read) const HINT_ALERTS: [&str; 2] = ["[!TIP]", "[!HINT]"];

/// Signs of a hint.
pub(in crate::adopt::read) const HINT_SIGNS: [char; 2] = ['💡', '🔦'];
