//! What the app measures, and whether it really does.

#[macro_use]
mod example;
mod calls;
mod usage;

rules! {
    ;
    blind to pages:
    buckets_too_coarse,
    declared_metric_missing,
    never_observed,
    not_exported,
    unbounded_label,
}
