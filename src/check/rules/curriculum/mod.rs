//! The order of things: which concepts a scenario may build on, what each scenario owes the course,
//! and how one leads to the next.

mod declared;
mod sections;
mod terms;
mod words;

pub(in crate::check) use terms::terms;

rules! {
    broken_bridge,
    concept_named_before_introduced,
    concept_never_questioned,
    concept_used_before_introduced,
    concept_without_diagram,
    explain_analyze_progression,
    introduces_nothing,
    missing_recap,
    planned_without_summary,
    too_many_new_concepts;
    blind to pages:
    concept_introduced_twice,
    orphan_concept,
    shared_app,
    tier_out_of_order,
}
