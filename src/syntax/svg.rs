//! SVG as resvg sees it: parsed with the fonts that travel in the binary and never the machine's,
//! so that a picture comes out the same everywhere.

use std::sync::{Arc, OnceLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Tree, fontdb};

/// The embedded fonts: Inter, a Latin subset (SIL Open Font License, `themes/default/fonts`).
static FONTS: [&[u8]; 2] = [
    include_bytes!("../../themes/default/fonts/Inter-Regular.otf"),
    include_bytes!("../../themes/default/fonts/Inter-Bold.otf"),
];

/// Parses a picture.
///
/// # Errors
/// What is wrong, in words; with a line where the parser names one.
pub fn parse_svg(text: &str) -> Result<Tree, String> {
    let options =
        usvg::Options { fontdb: fonts(), font_family: "Inter".to_owned(), ..usvg::Options::default() };
    Tree::from_str(text, &options).map_err(|error| match error {
        usvg::Error::ParsingFailed(fault) => fault.to_string(),
        other => other.to_string(),
    })
}

/// A picture as PNG in its own size.
///
/// # Errors
/// What is wrong with the picture, in words.
pub fn render_png(text: &str) -> Result<Vec<u8>, String> {
    let tree = parse_svg(text)?;
    let size = tree.size().to_int_size();
    let mut pixels = Pixmap::new(size.width(), size.height()).ok_or("the picture has no size")?;
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels.encode_png().map_err(|error| error.to_string())
}

fn fonts() -> Arc<fontdb::Database> {
    static LOADED: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = fontdb::Database::new();
        for font in FONTS {
            fonts.load_font_data(font.to_vec());
        }
        fonts.set_sans_serif_family("Inter");
        fonts.set_serif_family("Inter");
        fonts.set_monospace_family("Inter");
        Arc::new(fonts)
    };
    LOADED.get_or_init(load).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PICTURE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" viewBox="0 0 120 40">
<text x="4" y="24" font-family="sans-serif" font-size="16" fill="#000">Inter</text></svg>"##;

    #[test]
    fn text_is_drawn_with_the_embedded_font() {
        let tree = parse_svg(PICTURE).expect("a good picture");
        assert!(tree.root().bounding_box().width() > 20.0, "no glyph was found");
        let png = render_png(PICTURE).expect("a good picture");
        assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
        assert_eq!(png, render_png(PICTURE).expect("a good picture"), "two renderings are equal");
    }

    #[test]
    fn a_broken_picture_says_where() {
        let fault = parse_svg("<svg xmlns=\"http://www.w3.org/2000/svg\">\n<g></svg>").expect_err("broken");
        assert!(fault.contains('2'), "{fault}");
    }
}
