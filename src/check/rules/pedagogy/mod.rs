//! How an exercise teaches.

#[macro_use]
mod example;
mod fix_code;
mod hint_group;
pub mod measure;
mod reading;
mod text;

rules! {
    answer_leak,
    code_before_symptoms,
    fix_before_tradeoff,
    hard_reading,
    hint_empty,
    hint_gives_answer_away,
    hints_not_rising,
    jargon_before_explained,
    length_out_of_range,
    missing_results_table,
    missing_stuck_table,
    no_observation_question,
    no_reflection_question,
    observation_without_observable,
    passive_options,
    question_without_answer,
    reflection_without_rubric,
    scaffolding_too_high,
    scaffolding_too_low,
    solution_not_in_stuck_table,
    stuck_row_incomplete,
    untyped_fix,
}
