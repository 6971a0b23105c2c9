//! One directive line: `:::name{…}`, `::name{…}`, `:::`, `:::/name`. Malformed ones are reported
//! and read as what they most likely mean, so that one slip does not upset the nesting.

use crate::diag::catalog::document::MALFORMED_DIRECTIVE;
use crate::diag::{Applicability, Diagnostic, Sink};
use crate::source::{Span, Spanned};
use crate::syntax::attributes::{Attributes, attributes_end, parse_attributes};

/// What a directive line does.
#[derive(Clone, Debug)]
pub(super) enum LineKind {
    /// `:::name` (container) or `::name` (leaf).
    Open { container: bool },
    /// `:::` or `:::/name`.
    Close { checked: bool },
    /// Two colons and nothing that could be a name.
    Nothing,
}

/// A directive line, read.
#[derive(Clone, Debug)]
pub(super) struct DirectiveLine {
    pub kind: LineKind,
    /// Empty for a bare closer, and where the name is missing.
    pub name: Spanned<String>,
    pub attributes: Attributes,
    /// The whole line without its line end.
    pub span: Span,
    /// A finding was made: no further ones about this line.
    pub malformed: bool,
}

/// Whether a line, its indentation removed, looks like a directive to an author.
pub(super) fn looks_like_directive(line: &str) -> Option<LineKind> {
    let rest = line.trim_start_matches(':');
    let colons = line.len() - rest.len();
    let name = name_len(rest);
    match (colons, rest) {
        (2, _) if name > 0 && rest[name..].starts_with('{') => Some(LineKind::Open { container: false }),
        (3.., _) if name > 0 => Some(LineKind::Open { container: true }),
        (3.., _) if rest.trim().is_empty() => Some(LineKind::Close { checked: false }),
        (3.., _) if rest.starts_with('/') && name_len(&rest[1..]) > 0 => {
            Some(LineKind::Close { checked: true })
        }
        _ => None,
    }
}

/// Reads a line that starts with `::`.
pub(super) fn parse_line(text: &str, span: Span, sink: &Sink) -> DirectiveLine {
    let rest = text.trim_start_matches(':');
    let colons = text.len() - rest.len();
    let mut reader = Reader { text, span, sink, malformed: false };
    let body = rest.trim();
    if body.is_empty() || body.starts_with('/') {
        return reader.closer(colons, body);
    }
    reader.opener(colons, rest)
}

struct Reader<'a> {
    text: &'a str,
    span: Span,
    sink: &'a Sink,
    malformed: bool,
}

impl Reader<'_> {
    fn closer(&mut self, colons: usize, body: &str) -> DirectiveLine {
        let name = body.strip_prefix('/').unwrap_or("").trim();
        let start = self.text.len() - self.text.trim_start_matches([':', '/', ' ', '\t']).len();
        let word = &name[..name_len(name)];
        if colons < 3 && body.is_empty() {
            let help = "write `:::` to close a directive, `\\::` to print colons";
            self.report("`::` names no directive", help, None);
            return self.line(LineKind::Nothing, "", start, None);
        }
        let closer = if word.is_empty() { ":::".to_owned() } else { format!(":::/{word}") };
        if colons < 3 {
            self.report("a closing line has three colons", &format!("write `{closer}`"), Some(&closer));
        } else if self.text.trim_end().trim_start_matches(':') != body || name != word {
            self.report("a closing line holds nothing but the name", &format!("write `{closer}`"), None);
        } else if body == "/" {
            self.report("`:::/` names no directive", "write `:::`, or the name after `/`", Some(":::"));
        }
        self.line(LineKind::Close { checked: !word.is_empty() }, word, start, None)
    }

    fn opener(&mut self, colons: usize, rest: &str) -> DirectiveLine {
        let container = colons >= 3;
        let spaced = rest.len() - rest.trim_start().len();
        let start = colons + spaced;
        let name = &self.text[start..start + name_len(&self.text[start..])];
        if name.is_empty() {
            self.report_nameless(colons);
            let kind = if container { LineKind::Open { container } } else { LineKind::Nothing };
            return self.line(kind, "", start, None);
        }
        let after = start + name.len();
        let attributes = self.attributes(after, colons, name, spaced > 0);
        self.line(LineKind::Open { container }, name, start, attributes)
    }

    /// Reads what follows the name, and reports everything that should not be there.
    fn attributes(&mut self, after: usize, colons: usize, name: &str, spaced: bool) -> Option<Attributes> {
        let tail = self.text[after..].trim_end();
        let open = after + (tail.len() - tail.trim_start().len());
        let dots = ":".repeat(colons);
        if !self.text[open..].starts_with('{') {
            if spaced || !tail.is_empty() {
                let fixed = format!("{dots}{name}");
                let safe = tail.is_empty().then_some(fixed.as_str());
                self.report_shape(name, tail.trim(), &fixed, safe);
            }
            return None;
        }
        let end = attributes_end(&self.text[open..]).map(|len| open + len);
        let written = &self.text[open..end.unwrap_or(self.text.trim_end().len())];
        let rest = end.map_or("", |end| self.text[end..].trim());
        if spaced || open > after || !rest.is_empty() {
            let fixed = format!("{dots}{name}{written}");
            let safe = rest.is_empty().then_some(fixed.as_str());
            self.report_shape(name, rest, &fixed, safe);
        }
        // Faults inside the braces are not counted as a malformed line: the rest of it is sound.
        Some(parse_attributes(written, self.span.sub(open, open + written.len()), self.sink))
    }

    fn report_shape(&mut self, name: &str, extra: &str, fixed: &str, safe: Option<&str>) {
        let message = if extra.is_empty() {
            format!("there is a space beside the name `{name}`")
        } else {
            format!("`{extra}` cannot follow the directive `{name}`")
        };
        self.report(&message, &format!("write `{fixed}`; `\\::` prints colons"), safe);
    }

    fn report_nameless(&mut self, colons: usize) {
        let inner = self.text.trim_start_matches(':').trim().trim_matches(['{', '}', '[', ']']).trim();
        let dots = ":".repeat(colons);
        let word = &inner[..name_len(inner)];
        let help = if word.is_empty() {
            "write `:::name{key=value}` or `::name{…}`; `\\::` prints colons".to_owned()
        } else {
            format!("write `{dots}{word}`; `\\::` prints colons")
        };
        self.report("this line starts like a directive and names none", &help, None);
    }

    /// One finding for the line, however much is wrong with it.
    fn report(&mut self, message: &str, help: &str, safe: Option<&str>) {
        if self.malformed {
            return;
        }
        self.malformed = true;
        let mut finding = Diagnostic::new(&MALFORMED_DIRECTIVE, self.span, message).help(help);
        if let Some(text) = safe {
            finding = finding.replace(Applicability::Safe, "rewrite the line", self.span, text);
        }
        self.sink.push(finding);
    }

    fn line(
        &self,
        kind: LineKind,
        name: &str,
        start: usize,
        attributes: Option<Attributes>,
    ) -> DirectiveLine {
        let start = start.min(self.text.len());
        let end = start + name.len();
        let place = self.span.sub(start, end);
        DirectiveLine {
            kind,
            name: Spanned::new(name.to_owned(), place),
            attributes: attributes.unwrap_or_else(|| Attributes::empty(self.span.sub(end, end))),
            span: self.span,
            malformed: self.malformed,
        }
    }
}

/// How many bytes at the start of a text form a directive's name. Capitals are let through so
/// that `Hint` is answered with `hint`.
fn name_len(text: &str) -> usize {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return 0;
    }
    text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    fn parse(text: &str) -> (DirectiveLine, Vec<Diagnostic>) {
        let mut files = Files::default();
        let file = files.add_text("a.md", text);
        let sink = Sink::default();
        let line = parse_line(text, Span::new(file, 0, text.len()), &sink);
        (line, sink.into_sorted(&files))
    }

    #[test]
    fn well_formed_lines_are_read() {
        for (text, name, shown) in [
            (":::hint", "hint", "Open { container: true }"),
            ("::::::hint  ", "hint", "Open { container: true }"),
            ("::loadtest{#baseline}", "loadtest", "Open { container: false }"),
            (":::change{file=src/server.js region=pool}", "change", "Open { container: true }"),
            (":::", "", "Close { checked: false }"),
            ("::::: ", "", "Close { checked: false }"),
            (":::/hint", "hint", "Close { checked: true }"),
        ] {
            let (line, faults) = parse(text);
            assert!(faults.is_empty(), "{text}: {faults:?}");
            assert_eq!((line.name.as_str(), format!("{:?}", line.kind).as_str()), (name, shown));
            assert_eq!(&text[line.name.span.range()], name);
        }
    }

    #[test]
    fn malformed_lines_are_one_finding() {
        for text in [
            "::",
            "::/hint",
            ":: name",
            "::: hint",
            ":::hint {#a}",
            ":::hint{#a} more",
            ":::hint more",
            ":::{note}",
            ":::{.box}",
            "::std::vector",
            ":::/",
            ":::/hint x",
            ":::hint{#a",
            ":::hint{open}",
            "::: /hint",
        ] {
            let (_, faults) = parse(text);
            let codes: Vec<_> = faults.iter().map(|fault| fault.spec.code).collect();
            assert_eq!(codes, ["source/malformed-directive"], "{text}");
        }
    }

    #[test]
    fn a_space_is_repaired_and_words_are_not_thrown_away() {
        let (_, faults) = parse("::: hint {#a}");
        let fix = faults[0].fix.as_ref().expect("a fix");
        assert_eq!(fix.edits[0].text, ":::hint{#a}");
        assert!(parse(":::hint more").1[0].fix.is_none());
        assert_eq!(parse(":::{note}").1[0].help.as_deref(), Some("write `:::note`; `\\::` prints colons"));
    }
}
