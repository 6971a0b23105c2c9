//! `prose/invisible-character`.

use std::ops::Range;
use std::sync::Arc;

use crate::check::prose::{Prose, prose_of_manifest, prose_of_page};
use crate::check::{Checked, Page};
use crate::diag::{Applicability, CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::{FileId, Span};

pub static SPEC: CodeSpec = CodeSpec {
    code: "prose/invisible-character",
    severity: Severity::Warning,
    what: "A file holds a character that nobody can see.",
    why: "A word with one in it is not found by a search, and a command or a line of code with one in it fails without a visible reason.",
    fix: "Take it away; `scenarist lint --fix` does.",
    source: "rules.md",
    bad: &[
        Example::file(&[("content/tutorials/basics/start.md", "Open a ter«\u{200B}»minal.\n")]),
        // Spaces that do not break are good typography in prose, and break code.
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal, and wait 10\u{A0}seconds:\n\n```bash\nsleep«\u{A0}»10\n```\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a terminal and type `sleep«\u{A0}»10`.\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/db/notes.sql",
            "-- What looks like one line«\u{202E}» is not.\nSELECT 1;\n",
        )]),
        Example::file(&[(
            "content/tutorials/basics/start.md",
            "Open a ter«\u{AD}\u{AD}»minal, 👨\u{200D}👩\u{200D}👧 all of you.\n",
        )]),
    ],
    params: &[],
    good: &[Example::file(&[(
        "content/tutorials/basics/start.md",
        "Open a terminal: 👩\u{200D}💻 🏎\u{FE0F} 🏳\u{FE0F}\u{200D}🌈, 👩🏽\u{200D}🚀, می\u{200C}خواهم, 10\u{A0}seconds — “quoted”.\n",
    )])],
};

/// Looks at every text file of the project that somebody writes by hand.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for (file, entry) in checked.sources() {
        let is_made = entry.path.components().any(|part| part.as_str() == "recorded")
            || entry.path.file_name().is_some_and(|name| name.ends_with("-lock.json"));
        let Ok(text) = checked.files.text(file) else { continue };
        if is_made || is_plain(text) {
            continue;
        }
        let mut prose = None;
        for (range, kind) in runs(text) {
            if kind == Kind::Space
                && prose.get_or_insert_with(|| ProseRanges::of(checked, file)).holds(range.start)
            {
                continue;
            }
            sink.push(report(file, text, range, kind));
        }
    }
}

/// Whether nothing but visible characters of ASCII stands in a text, as in most.
fn is_plain(text: &str) -> bool {
    // Without a way out inside a piece, many bytes are looked at in one step.
    let is_odd = |odd: bool, byte: &u8| odd | !byte.is_ascii() | is_control(*byte);
    !text.as_bytes().chunks(1024).any(|piece| piece.iter().fold(false, is_odd))
}

fn is_control(byte: u8) -> bool {
    byte < b' ' && byte != b'\n' && byte != b'\t'
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// Has no width, or turns the direction of the text.
    Gone,
    /// Looks like a space.
    Space,
    /// Ends a line where editors show none.
    Line,
}

fn kind_of(c: char) -> Option<Kind> {
    match c {
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' => {
            Some(Kind::Gone)
        }
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' => {
            Some(Kind::Gone)
        }
        '\u{E0000}'..='\u{E007F}' => Some(Kind::Gone),
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => Some(Kind::Space),
        '\u{2028}' | '\u{2029}' | '\u{85}' => Some(Kind::Line),
        c if c.is_control() && c != '\n' && c != '\t' => Some(Kind::Gone),
        _ => None,
    }
}

/// Runs of invisible characters of one kind, without those that belong to a sign or a script.
fn runs(text: &str) -> Vec<(Range<usize>, Kind)> {
    let mut found: Vec<(Range<usize>, Kind)> = Vec::new();
    let is_odd = |byte: &u8| !byte.is_ascii() || byte.is_ascii_control() && !b"\n\t".contains(byte);
    let mut next = 0;
    while let Some(len) = text.as_bytes()[next..].iter().position(is_odd) {
        let at = next + len;
        let mut chars = text[at..].chars();
        let Some(c) = chars.next() else { break };
        let end = at + c.len_utf8();
        next = end;
        let (before, after) = (text[..at].chars().next_back(), chars.next());
        let Some(kind) = kind_of(c).filter(|_| !belongs(c, before, after)) else { continue };
        match found.last_mut() {
            Some((range, known)) if *known == kind && range.end == at => range.end = end,
            _ => found.push((at..end, kind)),
        }
    }
    found
}

/// Joiners between two pictograms or in scripts that need them, and the letters of flags.
fn belongs(c: char, before: Option<char>, next: Option<char>) -> bool {
    let is_pictogram =
        |c: char| matches!(c, '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{FE0F}' | '\u{20E3}');
    let is_joining_script =
        |c: char| matches!(c, '\u{590}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{FB1D}'..='\u{FEFC}');
    let both = |is: fn(char) -> bool| before.is_some_and(is) && next.is_some_and(is);
    match c {
        '\u{200D}' => both(is_pictogram) || both(is_joining_script),
        '\u{200C}' => both(is_joining_script),
        '\u{200E}' | '\u{200F}' | '\u{61C}' => {
            before.is_some_and(is_joining_script) || next.is_some_and(is_joining_script)
        }
        '\u{E0020}'..='\u{E007F}' => before
            .is_some_and(|before| before == '\u{1F3F4}' || ('\u{E0020}'..='\u{E007F}').contains(&before)),
        _ => false,
    }
}

fn report(file: FileId, text: &str, range: Range<usize>, kind: Kind) -> Diagnostic {
    let name = name_of(text[range.clone()].chars().next().unwrap_or(' '));
    let (what, new) = match kind {
        Kind::Gone => ("take it away", ""),
        Kind::Space => ("make it an ordinary space", " "),
        Kind::Line => ("make it an ordinary line end", "\n"),
    };
    let span = Span::new(file, range.start, range.end);
    Diagnostic::new(&SPEC, span, format!("an invisible character stands here: {name}"))
        .help(format!("{what}; `scenarist lint --fix` does"))
        .replace(Applicability::Safe, what, span, new)
}

fn name_of(c: char) -> String {
    let name = match c {
        '\u{A0}' => "no-break space",
        '\u{AD}' => "soft hyphen",
        '\u{200B}' => "zero width space",
        '\u{200C}' => "zero width non-joiner",
        '\u{200D}' => "zero width joiner",
        '\u{2060}' => "word joiner",
        '\u{FEFF}' => "byte order mark",
        '\u{200E}' | '\u{200F}' | '\u{61C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            "direction mark"
        }
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        _ if matches!(kind_of(c), Some(Kind::Space)) => "unusual space",
        _ => "control character",
    };
    format!("{name} (U+{:04X})", u32::from(c))
}

/// Where a file holds prose, in which a space may be of any width.
struct ProseRanges {
    /// Ascending.
    ranges: Vec<Range<usize>>,
    texts: Arc<[Prose]>,
    is_all: bool,
}

impl ProseRanges {
    fn of(checked: &Checked<'_>, file: FileId) -> Self {
        let extension = checked.files.path(file).extension();
        let page = |page: &&Page| page.file == file;
        let texts = match (checked.pages.iter().find(page), extension) {
            (Some(page), _) => prose_of_page(checked, page),
            (None, Some("yml")) => prose_of_manifest(checked, file),
            _ => Arc::default(),
        };
        let ranges = texts.iter().map(|prose| prose.span.range()).collect();
        Self { ranges, texts, is_all: matches!(extension, Some("svg" | "txt")) }
    }

    fn holds(&self, at: usize) -> bool {
        let next = self.ranges.partition_point(|range| range.start <= at);
        let inside = next.checked_sub(1).filter(|&before| self.ranges[before].contains(&at));
        self.is_all
            || inside.is_some_and(|text| !self.texts[text].is_passed_over(at - self.ranges[text].start))
    }
}
