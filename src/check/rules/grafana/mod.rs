//! What Grafana shows: the dashboard, its data source, and whether its panels can have data.

#[macro_use]
mod example;
mod provisioning;
mod query;

rules! {
    ;
    blind to pages:
    always_empty_panel,
    dashboard_not_mounted,
    duplicate_panel_id,
    invalid_promql,
    overlapping_panels,
    panel_without_help,
    panel_without_unit,
    quantile_without_sum_by_le,
    rate_window_too_short,
    uid_mismatch,
    unknown_label,
    unknown_label_value,
    unknown_metric,
    unknown_route,
    unpinned_uid,
}
