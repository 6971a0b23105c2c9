//! The learner's application.

mod authored;

rules! {
    explained_commonplace,
    intentional_problem_unmarked,
    loadtest_not_autocannon,
    missing_section_header,
    not_under_nodemon,
    prose_disagrees_with_code,
    syntax_error,
    unexplained_delay,
    unexplained_javascript,
}
