//! What Prometheus collects.

#[macro_use]
mod example;

rules! {
    ;
    blind to pages:
    scrape_target_unknown,
}
