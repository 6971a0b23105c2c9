//! What Prometheus collects.

#[macro_use]
mod example;

rules! {
    scrape_target_unknown,
}
