//! What a scenario runs in, as files: a stack's templates filled in for one stage of one scenario.
//! Nothing here knows pages, tracks or the disk; it gets names and values and gives back text.

mod context;
mod dashboard;
mod filling;
mod json;
mod locate;
mod lockfile;
mod package;
mod panel;
mod render;
mod request;
mod service;
mod stack;
mod template;
mod verify;

pub use dashboard::{DATASOURCE_UID, dashboard_uid};
pub use locate::{line_at, locate_rendered};
pub use lockfile::lockfile_path;
pub use package::package_json;
pub use panel::{RATE_WINDOW, SCRAPE_INTERVAL_SECONDS, default_panels, panel_expressions};
pub use render::Renderer;
pub use request::{MadeFrom, Rendered, RenderedFile, Request, ScenarioNames, ServiceInfo};
pub use service::APP;
pub use stack::{Stack, load_stack, stack_ids};
