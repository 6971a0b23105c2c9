//! What an exercise measures and shows, put together from its files: which code each service of the
//! compose file runs, what that code exports, what Prometheus scrapes, what the panels query. Rules
//! of several groups compare these with each other.

mod code;
mod export;
mod label;
mod panel;
mod scrape;
mod service;

pub use code::{CodeFile, MetricInCode, ServiceCode, scraped_code, service_code};
pub use export::{Exported, Exports, exports_of};
pub use panel::{Shown, ShownPanel, for_each_panel, for_each_target};
pub use scrape::{Scrape, Target as ScrapeTarget, scrapes_of};
pub use service::{ComposeService, compose_file, services_of};
