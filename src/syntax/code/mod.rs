//! Code that belongs to a course, as text: the regions that pages quote, and the comments that
//! explain JavaScript to people who don't know it. What a file's language means otherwise is not
//! known here.

mod comment;
mod explain;
mod javascript;
mod region;
mod remark;

pub use comment::{CommentStyle, markers_of};
pub(in crate::syntax) use comment::{comment_text, is_javascript, lines_of};
pub use explain::{Explaining, ExplainingComments, has_explaining, rewrite_explaining};
pub(in crate::syntax) use javascript::with_program;
pub use region::{
    Region, RegionFault, RegionFaultKind, RegionScan, dedent, region_text, scan_regions, strip_markers,
};
pub use remark::{Comments, comments_of};
