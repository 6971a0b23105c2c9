//! The words by which things are known, in small letters. What they mean is decided where they are used.

mod facts;
mod labels;
mod sections;

pub(super) use facts::{FACTS, Fact, STATUS, TIER};
pub(super) use labels::{
    AFTER, ANSWER, ANSWER_LINES, BEFORE, BOX_LANGUAGES, FIGURE, FIX, HINT, HINT_ALERTS, HINT_SIGNS, OPTION,
    OPTIONS_ABOVE, OPTIONS_LINE, QUESTION, SCENARIO, SHELL, SQL, STEP, THINK,
};
pub(super) use sections::{ANSWER_KEY, NEXT, SECTION_PHRASES, STEP_PHRASES};
