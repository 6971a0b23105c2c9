//! How an exercise teaches.

#[macro_use]
mod example;
mod fix_code;
mod reading;
mod text;

rules! {
    question_without_answer,
    reflection_without_rubric,
    no_observation_question,
    no_reflection_question,
    observation_without_observable,
    missing_results_table,
    missing_stuck_table,
    stuck_row_incomplete,
    solution_not_in_stuck_table,
    hint_empty,
}
