//! Pictures: SVG as XML with positions, as resvg draws it, and as something that can be measured:
//! where each text ends up, how large, in which color and on what ground. What may be wrong with a
//! picture is for rules to say.

mod brief;
mod cascade;
mod color;
mod draw;
mod ground;
mod harmless;
mod instrument;
mod markup;
mod measure;
mod outside;
#[cfg(test)]
mod samples;
mod scheme;
mod twins;
mod typeface;

pub use color::{Color, DARK_PAGE, LIGHT_PAGE, contrast};
pub use draw::{missing_glyphs, parse_svg, render_png, text_widths};
pub use ground::Ground;
pub use harmless::{Running, harmless, harmless_markup, running_parts};
pub use markup::{Element, Markup};
pub use measure::{Bounds, Doubtful, Drawing, Line, Shape, Text, measure, measure_both};
pub use outside::{Outside, outside_parts};
pub use scheme::{Scheme, follows_scheme};
