//! Words that stand in HTML only. What both outputs print is in the nodes or in
//! [`crate::emit::print::words`].

/// Above the choices that are right.
pub const RIGHT_CHOICES: &str = "Right:";
/// The name of a field that has no label of its own.
pub const YOUR_ANSWER: &str = "Your answer";
/// A ticked and an unticked item of a list.
pub const DONE: &str = "done";
pub const NOT_DONE: &str = "not done";

/// Where a code block is typed, in words.
#[must_use]
pub fn place(place: &str) -> &str {
    match place {
        "app" => "Terminal",
        "psql" => "psql",
        "host" => "Terminal of your own machine",
        other => other,
    }
}

/// Above what a command printed.
pub const PRINTED: &str = "Output";

/// A question's kind, in words.
#[must_use]
pub fn question_kind(kind: &str) -> &str {
    match kind {
        "prediction" => "Predict",
        "comprehension" => "Understand",
        "observation" => "Observe",
        "reflection" => "Reflect",
        "choice" => "Choose",
        "design" => "Design",
        other => other,
    }
}
