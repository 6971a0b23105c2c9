//! SVG as resvg sees it: parsed with the fonts that travel in the binary and never the machine's,
//! so that a picture comes out the same everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use harfrust::ShaperData;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, Font, FontResolver, ImageHrefResolver, Node, Tree, fontdb};

use super::typeface::Typeface;

/// The embedded fonts: Inter, a Latin subset (SIL Open Font License, `themes/default/fonts`).
static FONTS: [&[u8]; 2] = [
    include_bytes!("../../../themes/default/fonts/Inter-Regular.otf"),
    include_bytes!("../../../themes/default/fonts/Inter-Bold.otf"),
];

/// A font of two glyphs, made for this: nothing for a space, a box for everything else.
static BOXES: &[u8] = include_bytes!("boxes.ttf");

/// Parses a picture.
///
/// # Errors
/// What is wrong, in words; with a line where the parser names one.
pub fn parse_svg(text: &str) -> Result<Tree, String> {
    parse(text, fonts(), FontResolver::default())
}

/// Parses a picture without drawing its words: every letter becomes the same box, which takes a
/// fraction of the time. Words, their pieces and their paint are what they are; where they stand and
/// how long they are is not.
pub(super) fn parse_in_boxes(text: &str) -> Result<Tree, String> {
    static LOADED: OnceLock<Arc<fontdb::Database>> = OnceLock::new();
    let load = || {
        let mut fonts = fontdb::Database::new();
        fonts.load_font_data(BOXES.to_vec());
        Arc::new(fonts)
    };
    let resolver = FontResolver {
        select_font: Box::new(|_, fonts| fonts.faces().next().map(|face| face.id)),
        select_fallback: Box::new(|_, _, _| None),
    };
    parse(text, LOADED.get_or_init(load).clone(), resolver)
}

fn parse(text: &str, fonts: Arc<fontdb::Database>, resolver: FontResolver<'_>) -> Result<Tree, String> {
    // A picture that names another file would be drawn with what lies on this machine.
    let nothing = ImageHrefResolver { resolve_string: Box::new(|_, _| None), ..ImageHrefResolver::default() };
    let options = usvg::Options {
        fontdb: fonts,
        font_resolver: resolver,
        font_family: "Inter".to_owned(),
        image_href_resolver: nothing,
        ..usvg::Options::default()
    };
    Tree::from_str(text, &options).map_err(|error| match error {
        usvg::Error::ParsingFailed(fault) => fault.to_string(),
        other => other.to_string(),
    })
}

/// The characters of a text that the embedded fonts lack, each once.
#[must_use]
pub fn missing_glyphs(text: &str) -> BTreeSet<char> {
    /// Whether they have it, of each character that was ever asked for.
    static KNOWN: Mutex<BTreeMap<char, bool>> = Mutex::new(BTreeMap::new());
    let asked: BTreeSet<char> = text.chars().filter(|c| !c.is_ascii() && !is_invisible(*c)).collect();
    if asked.is_empty() {
        return asked;
    }
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let unknown: Vec<char> = asked.iter().filter(|c| !known.contains_key(c)).copied().collect();
    if !unknown.is_empty() {
        let Some(drawn) = drawn(&unknown) else { return BTreeSet::new() };
        known.extend(unknown.iter().map(|c| (*c, drawn.contains(c))));
    }
    asked.into_iter().filter(|c| known.get(c) == Some(&false)).collect()
}

/// Those of these characters that the fonts have. They are asked one by one, because a text of which
/// nothing can be drawn leaves no trace in the tree. `None` if one cannot stand in a picture at all.
fn drawn(asked: &[char]) -> Option<BTreeSet<char>> {
    let mut probe = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">");
    for c in asked {
        probe.push_str(&format!("<text>x{c}</text>"));
    }
    probe.push_str("</svg>");
    let tree = parse_svg(&probe).ok()?;
    let texts = tree.root().children().iter().filter_map(|node| match node {
        Node::Text(text) => Some(text),
        _ => None,
    });
    let glyphs = texts.flat_map(|text| text.layouted()).flat_map(|span| &span.positioned_glyphs);
    Some(glyphs.filter(|glyph| glyph.id.0 != 0).flat_map(|glyph| glyph.text.chars()).collect())
}

/// What joins or varies the characters around it, and spaces, have no glyph of their own.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
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

/// How far each text reaches in an embedded font of this size and weight (400 or 700), in pixels.
/// Spaces at its ends do not count.
#[must_use]
pub fn text_widths(texts: &[String], size: f32, weight: u32) -> Vec<f32> {
    let mut probe = String::from("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">");
    for text in texts {
        let letters: String = text.chars().map(|letter| format!("&#{};", u32::from(letter))).collect();
        probe.push_str(&format!("<text font-size=\"{size}\" font-weight=\"{weight}\">{letters}</text>"));
    }
    probe.push_str("</svg>");
    let Ok(tree) = parse_svg(&probe) else { return Vec::new() };
    let nodes = tree.root().children().iter();
    nodes
        .filter_map(|node| match node {
            Node::Text(text) => Some(text.bounding_box().width()),
            _ => None,
        })
        .collect()
}

/// The typeface in which words are set that ask for this font.
pub(super) fn typeface(font: &Font) -> Option<&'static Typeface> {
    static SHAPING: [OnceLock<ShaperData>; 2] = [const { OnceLock::new() }; 2];
    static LOADED: OnceLock<[Option<Typeface>; 2]> = OnceLock::new();
    let mut fonts = fonts();
    let id = FontResolver::default_font_selector()(font, &mut fonts)?;
    let number = fonts.faces().position(|face| face.id == id)?;
    let load = || std::array::from_fn(|number| Typeface::new(FONTS[number], &SHAPING[number]));
    LOADED.get_or_init(load).get(number)?.as_ref()
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
    fn texts_are_measured_in_size_and_weight() {
        let texts = ["n", "nn", "n&n"].map(str::to_owned);
        let plain = text_widths(&texts, 20.0, 400);
        assert_eq!(plain.len(), 3);
        assert!((plain[1] - 2.0 * plain[0]).abs() < 0.1 && plain[2] > plain[1], "{plain:?}");
        assert!(
            text_widths(&texts, 20.0, 700)[1] > plain[1]
                && text_widths(&texts, 40.0, 400)[1] > 1.9 * plain[1]
        );
    }

    #[test]
    fn a_broken_picture_says_where() {
        let fault = parse_svg("<svg xmlns=\"http://www.w3.org/2000/svg\">\n<g></svg>").expect_err("broken");
        assert!(fault.contains('2'), "{fault}");
    }

    #[test]
    fn glyphs_that_the_fonts_lack_are_named() {
        let found: String = missing_glyphs("Größe → 5 × “a” 🔥 数").into_iter().collect();
        assert_eq!(found, "数🔥");
    }

    #[test]
    fn files_of_the_machine_are_never_drawn() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/static/icon.svg");
        let picture = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><image href=\"{file}\" width=\"9\" height=\"9\"/></svg>"
        );
        assert!(parse_svg(&picture).expect("a good picture").root().children().is_empty());
    }
}
