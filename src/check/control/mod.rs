//! What becomes of findings after the rules ran: the levels that a course sets, the suppressions
//! beside the text and in course.yml, and then, for a run that asks for it, a baseline, another
//! revision, and a selection. Every verb sees the same findings.

mod apply;
mod baseline;
mod changed_ids;
mod ids;
mod levels;
mod names;
mod selection;
mod sources;

pub use apply::{Control, Controlled};
pub use baseline::{Baseline, BaselineEntry, baseline_schema, parse_baseline, print_baseline};
pub use changed_ids::{Base, check_changed_ids};
pub use ids::{DeclaredId, IdKind, Ids, collect_ids};
pub(super) use levels::number_of;
pub use names::{check_settings, closest_name, is_code_or_group};
pub use selection::{Selection, only_new};
pub use sources::Suppressions;
