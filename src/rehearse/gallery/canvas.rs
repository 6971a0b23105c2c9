//! The markup of a picture: its style sheet for both color schemes, and the few shapes that are
//! drawn.

use std::fmt::Write as _;

/// Lines that can be told apart before they begin to be dashed.
pub const COLORS: usize = 8;

/// Light first, so that what knows no media queries, as the PNG, has a readable picture.
const STYLE: &str = "\
text{font-family:Inter,system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1f2328}\
.b{font-weight:700}.m{text-anchor:middle}.e{text-anchor:end}.soft{fill:#57606a}\
.page{fill:#f6f8fa}.card{fill:#fff;stroke:#d0d7de}.grid{stroke:#e4e8ec}.axis{stroke:#8c959f}\
path.line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.dash{stroke-dasharray:6 5}\
path.area{stroke:none;fill-opacity:.1}\
.c0{stroke:#1a5fb4;fill:#1a5fb4}.c1{stroke:#c2410c;fill:#c2410c}.c2{stroke:#15803d;fill:#15803d}\
.c3{stroke:#8430ce;fill:#8430ce}.c4{stroke:#0e7490;fill:#0e7490}.c5{stroke:#be185d;fill:#be185d}\
.c6{stroke:#946200;fill:#946200}.c7{stroke:#4b5563;fill:#4b5563}\
.red{stroke:#c01c28;fill:#c01c28}.orange{stroke:#b45309;fill:#b45309}.yellow{stroke:#8a6a00;fill:#8a6a00}\
.green{stroke:#15803d;fill:#15803d}.blue{stroke:#1a5fb4;fill:#1a5fb4}.purple{stroke:#8430ce;fill:#8430ce}\
text.red,text.orange,text.yellow,text.green,text.blue,text.purple{stroke:none}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}.soft{fill:#9ea7b3}\
.page{fill:#0d1117}.card{fill:#161b22;stroke:#3d444d}.grid{stroke:#2a313a}.axis{stroke:#6e7681}\
.c0{stroke:#6cb6ff;fill:#6cb6ff}.c1{stroke:#ff9d57;fill:#ff9d57}.c2{stroke:#5fd068;fill:#5fd068}\
.c3{stroke:#cf9bff;fill:#cf9bff}.c4{stroke:#4fd6e8;fill:#4fd6e8}.c5{stroke:#ff8cc6;fill:#ff8cc6}\
.c6{stroke:#e8c33b;fill:#e8c33b}.c7{stroke:#b8c0cc;fill:#b8c0cc}\
.red{stroke:#ff7b72;fill:#ff7b72}.orange{stroke:#ff9d57;fill:#ff9d57}.yellow{stroke:#e8c33b;fill:#e8c33b}\
.green{stroke:#5fd068;fill:#5fd068}.blue{stroke:#6cb6ff;fill:#6cb6ff}.purple{stroke:#cf9bff;fill:#cf9bff}}";

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    pub x: f64,
    pub y: f64,
    pub w: f64,
    pub h: f64,
}

/// How words are set.
#[derive(Clone, Copy, Debug)]
pub struct Words<'w> {
    pub size: f64,
    /// Classes of the style sheet: `b` bold, `m` centered, `e` ending at the place, `soft`.
    pub class: &'w str,
}

/// A picture in the making.
pub struct Canvas {
    body: String,
    width: f64,
    height: f64,
    title: String,
}

impl Frame {
    /// The frame without so much at each side.
    pub fn inset(self, by: f64) -> Self {
        Self { x: self.x + by, y: self.y + by, w: self.w - 2.0 * by, h: self.h - 2.0 * by }
    }

    pub fn right(self) -> f64 {
        self.x + self.w
    }

    pub fn bottom(self) -> f64 {
        self.y + self.h
    }

    pub fn center(self) -> f64 {
        self.x + self.w / 2.0
    }
}

impl Canvas {
    /// An empty picture; the title is for those who do not see it.
    pub fn new(width: f64, height: f64, title: &str) -> Self {
        Self { body: String::new(), width, height, title: title.to_owned() }
    }

    /// Words whose line stands at `y`.
    pub fn text(&mut self, x: f64, y: f64, set: Words<'_>, words: &str) {
        self.text_with(x, y, set, words, "");
    }

    /// Words, and softer ones that follow them wherever the reader's font makes them end.
    pub fn text_with(&mut self, x: f64, y: f64, set: Words<'_>, words: &str, softer: &str) {
        let (size, class) = (number(set.size), set.class);
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let mut words = escape(words);
        if !softer.is_empty() {
            let gap = number(set.size * 0.6);
            words.push_str(&format!("<tspan dx=\"{gap}\" class=\"soft\">{}</tspan>", escape(softer)));
        }
        self.push(format_args!(
            "<text x=\"{}\" y=\"{}\" font-size=\"{size}\"{class}>{words}</text>",
            number(x),
            number(y)
        ));
    }

    pub fn rect(&mut self, frame: Frame, radius: f64, class: &str) {
        self.push(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" class=\"{class}\"/>",
            number(frame.x),
            number(frame.y),
            number(frame.w),
            number(frame.h),
            number(radius)
        ));
    }

    /// A straight line from one point to another.
    pub fn line(&mut self, from: (f64, f64), to: (f64, f64), class: &str) {
        self.path(&format!("M{}L{}", point(from), point(to)), class);
    }

    pub fn path(&mut self, way: &str, class: &str) {
        self.push(format_args!("<path d=\"{way}\" class=\"{class}\"/>"));
    }

    pub fn dot(&mut self, at: (f64, f64), radius: f64, class: &str) {
        self.push(format_args!(
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" class=\"{class}\"/>",
            number(at.0),
            number(at.1),
            number(radius)
        ));
    }

    fn push(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing into a text does not fail.
        let _ = writeln!(self.body, "{markup}");
    }

    /// The whole picture.
    pub fn finish(self) -> String {
        let (width, height) = (number(self.width), number(self.height));
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n<style>{STYLE}</style>\n{}</svg>\n",
            escape(&self.title),
            self.body
        )
    }
}

/// A point of a path.
pub fn point((x, y): (f64, f64)) -> String {
    format!("{} {}", number(x), number(y))
}

/// A length with at most two decimals, which is finer than any screen.
pub fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Characters that XML does not take are left out.
fn escape(words: &str) -> String {
    let letter = |letter: char| match letter {
        '&' => "&amp;".to_owned(),
        '<' => "&lt;".to_owned(),
        '>' => "&gt;".to_owned(),
        '"' => "&quot;".to_owned(),
        letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => String::new(),
        letter => letter.to_string(),
    };
    words.chars().map(letter).collect()
}
