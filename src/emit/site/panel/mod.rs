//! The panels of a dashboard on a page: what each shows, and a drawing of the shape to expect. The
//! drawing is made from the panel's declaration alone; nothing in it was measured.

mod curve;
mod draw;
mod view;

pub use view::PanelView;
pub(super) use view::panel_view;
