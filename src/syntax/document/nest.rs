//! Hangs blocks into directives. A named opener always opens; a bare `:::` closes the innermost;
//! `:::/name` closes and is checked. A heading of level 1 to 3, or a child that only an ancestor
//! allows, closes what is open, so that a missing `:::` is reported where it is missing.
//!
//! One slip gives one finding: what follows from a reported fault (the closer that is then one too
//! many, or the directive that then stays open) is excused.

use super::line::{DirectiveLine, LineKind};
use super::nest_faults::{self as faults, Ending};
use super::tree::{Block, BlockKind, Body, Directive, DirectiveShape};
use crate::diag::{Diagnostic, Sink};
use crate::source::Span;

/// How deep containers may stand in each other. No page needs more than five; the bound keeps those
/// that walk the tree from running out of stack.
const MAX_DEPTH: usize = 40;

/// An open container.
pub(super) struct Frame<'a> {
    pub line: DirectiveLine,
    /// `None`: the name is unknown, and so anything may stand in it.
    pub shape: Option<&'a DirectiveShape>,
    children: Vec<Block>,
    /// A finding explains already why this one stays open.
    excused: bool,
}

/// The tree while it grows.
pub(super) struct Nest<'a> {
    shapes: &'a [DirectiveShape],
    sink: &'a Sink,
    root: Vec<Block>,
    frames: Vec<Frame<'a>>,
    /// How many closers may come that close nothing because of a fault that was reported.
    spare_closers: usize,
    /// Indented openers whose closer has not come yet.
    indented: usize,
}

impl<'a> Nest<'a> {
    pub fn new(shapes: &'a [DirectiveShape], sink: &'a Sink) -> Self {
        Self { shapes, sink, root: Vec::new(), frames: Vec::new(), spare_closers: 0, indented: 0 }
    }

    /// Adds a block of Markdown.
    pub fn add_block(&mut self, block: Block) {
        if matches!(block.kind, BlockKind::Heading { level: ..=3, .. }) {
            self.spare_closers = 0;
            self.indented = 0;
            self.close_down_to(0, block.span.start, &Ending::Heading(block.span));
        }
        self.push(block);
    }

    /// Adds a directive line.
    pub fn add_line(&mut self, line: DirectiveLine) {
        match line.kind {
            LineKind::Nothing => {}
            LineKind::Open { container } => self.open(line, container),
            LineKind::Close { checked: true } => self.close_named(&line),
            LineKind::Close { checked: false } => self.close_innermost(&line),
        }
    }

    /// Takes note of a directive line inside a list or quote, which is text.
    pub fn add_indented(&mut self, kind: &LineKind, span: Span) {
        match kind {
            LineKind::Open { container } => {
                self.indented += usize::from(*container);
                self.sink.push(faults::in_list(span));
            }
            LineKind::Close { .. } if self.indented > 0 => self.indented -= 1,
            LineKind::Close { .. } => {
                // Most likely a formatter moved the closer of an open directive.
                if let Some(frame) = self.frames.iter_mut().rev().find(|frame| !frame.excused) {
                    frame.excused = true;
                }
                self.sink.push(faults::in_list(span));
            }
            LineKind::Nothing => {}
        }
    }

    /// The finished tree. `cut_off`: a fence or comment swallowed the rest of the page, which was
    /// reported, so that what is open needs no finding.
    pub fn finish(mut self, end: u32, cut_off: bool) -> Vec<Block> {
        if cut_off {
            self.frames.iter_mut().for_each(|frame| frame.excused = true);
        }
        self.close_down_to(0, end, &Ending::Page);
        self.root.shrink_to_fit();
        self.root
    }

    fn report(&self, finding: Diagnostic) {
        self.sink.push(finding);
    }

    fn push(&mut self, block: Block) {
        let siblings = self.frames.last_mut().map_or(&mut self.root, |frame| &mut frame.children);
        siblings.push(block);
    }

    fn open(&mut self, line: DirectiveLine, container: bool) {
        let shape = self.shapes.iter().find(|shape| shape.name == line.name.value);
        match shape {
            None if line.malformed => {}
            None => self.report(faults::unknown(&line, self.shapes)),
            Some(shape) => self.settle(shape, &line),
        }
        let mut excused = false;
        match shape.map(|shape| shape.body) {
            Some(Body::None) if container => {
                self.report(faults::unexpected_body(&line));
                excused = true;
            }
            Some(Body::Required) if !container => {
                self.report(faults::missing_body(&line, false));
                self.spare_closers += 1;
            }
            _ => {}
        }
        if container && self.frames.len() == MAX_DEPTH {
            self.report(faults::too_deep(&line, MAX_DEPTH));
            self.spare_closers += 1;
        } else if container {
            self.frames.push(Frame { line, shape, children: Vec::new(), excused });
        } else if !line.name.is_empty() {
            let body = Span::new(line.span.file, line.span.range().end, line.span.range().end);
            let span = line.span;
            self.push_directive(line, false, Vec::new(), body, span);
        }
    }

    /// Finds the directive that may hold this one, and closes what is between.
    fn settle(&mut self, shape: &DirectiveShape, line: &DirectiveLine) {
        let home = (0..=self.frames.len()).rev().find(|depth| self.allows(*depth, shape));
        match home {
            Some(depth) if depth == self.frames.len() => {}
            Some(depth) => self.close_down_to(depth, line.span.start, &Ending::Child(line)),
            None => self.report(faults::misplaced(line, shape, self.frames.last())),
        }
    }

    /// Whether the container at this depth (0: the page) may hold the directive.
    fn allows(&self, depth: usize, child: &DirectiveShape) -> bool {
        let Some(frame) = depth.checked_sub(1).map(|at| &self.frames[at]) else {
            return child.parents.is_empty();
        };
        frame.shape.is_none_or(|parent| {
            (child.parents.is_empty() || child.parents.contains(&parent.name))
                && parent.children.is_none_or(|children| children.contains(&child.name))
        })
    }

    fn close_innermost(&mut self, line: &DirectiveLine) {
        let Some(frame) = self.frames.pop() else {
            self.stray(line);
            return;
        };
        // A container that should have been a leaf may have taken its parent's closer.
        let took_closer = frame.shape.is_some_and(|shape| shape.body == Body::None);
        if let Some(parent) = self.frames.last_mut().filter(|_| took_closer) {
            parent.excused = true;
        }
        let wants_body = frame.shape.is_some_and(|shape| shape.body == Body::Required);
        let is_empty = frame.children.iter().all(|child| matches!(child.kind, BlockKind::Comment { .. }));
        if wants_body && is_empty && !frame.excused {
            self.report(faults::missing_body(&frame.line, true));
        }
        self.finish_frame(frame, line.span.start, line.span.end);
    }

    fn close_named(&mut self, line: &DirectiveLine) {
        if let Some(depth) = self.frames.iter().rposition(|frame| frame.line.name == line.name) {
            self.close_down_to(depth + 1, line.span.start, &Ending::Closer(line));
            self.close_innermost(line);
            return;
        }
        if self.frames.is_empty() || self.spare_closers > 0 {
            self.stray(line);
            return;
        }
        if let Some(frame) = self.frames.last_mut().filter(|_| !line.malformed) {
            self.sink.push(faults::wrong_closer(line, frame));
            frame.excused = true;
        }
        // The name of another directive closes that one twice; a word that is no name is a slip of
        // the pen and closes what is open.
        if !self.shapes.iter().any(|shape| shape.name == line.name.value) {
            self.close_innermost(line);
        }
    }

    fn stray(&mut self, line: &DirectiveLine) {
        if self.spare_closers > 0 {
            self.spare_closers -= 1;
        } else if !line.malformed {
            self.report(faults::stray(line));
        }
    }

    /// Closes all containers from this depth on, with one finding.
    fn close_down_to(&mut self, depth: usize, end: u32, ending: &Ending<'_>) {
        if self.frames.len() <= depth {
            return;
        }
        let open: Vec<&Frame<'_>> = self.frames[depth..].iter().filter(|frame| !frame.excused).collect();
        if let Some((innermost, outer)) = open.split_last() {
            self.report(faults::unclosed(innermost, outer, ending));
        }
        self.spare_closers += self.frames.len() - depth;
        while self.frames.len() > depth {
            let Some(frame) = self.frames.pop() else { return };
            let last = frame.children.last().map_or(frame.line.span.end, |child| child.span.end);
            self.finish_frame(frame, end, last);
        }
    }

    /// Turns a frame into a block: its body ends at `body_end`, itself at `end`.
    fn finish_frame(&mut self, frame: Frame<'_>, body_end: u32, end: u32) {
        let opener = frame.line.span;
        let start = opener.end.saturating_add(1).min(body_end);
        let body = Span { file: opener.file, start, end: body_end.max(start) };
        let span = Span { file: opener.file, start: opener.start, end };
        self.push_directive(frame.line, true, frame.children, body, span);
    }

    fn push_directive(
        &mut self,
        line: DirectiveLine,
        container: bool,
        mut children: Vec<Block>,
        body: Span,
        span: Span,
    ) {
        children.shrink_to_fit();
        let DirectiveLine { name, attributes, span: opener, .. } = line;
        let directive = Directive { name, attributes, opener, container, children, body };
        self.push(Block { span, kind: BlockKind::Directive(Box::new(directive)), links: Vec::new() });
    }
}

#[cfg(test)]
mod tests {
    use crate::syntax::document::testing::Page;

    /// Checks outline and findings of a page; `|` stands for a line end.
    fn check(text: &str, outline: &str, faults: &[&str]) {
        let page = Page::parse(&text.replace('|', "\n"));
        assert_eq!(
            (page.outline().as_str(), page.faults()),
            (outline, faults.iter().map(|it| (*it).to_owned()).collect()),
            "{text}"
        );
    }

    #[test]
    fn named_openers_open_and_bare_closers_close_the_innermost() {
        check(":::question{#a}|What?||:::answer|That.|:::|:::||After.", "question(p answer(p)) p", &[]);
        check("::::question|x||::::::box|y|:::|:::::", "question(p box(p))", &[]);
        check(":::question|x||:::answer|y|:::/answer|:::/question", "question(p answer(p))", &[]);
        check("::loadtest{#a}||::loadtest{#b}", "::loadtest ::loadtest", &[]);
        check(
            "::change{file=a}||:::change{file=a}|x|:::||:::change{file=a}|:::",
            "::change change(p) change()",
            &[],
        );
    }

    #[test]
    fn headings_close_what_is_open_with_one_finding() {
        check(":::hint|x||## Next", "hint(p) h2", &["unclosed-directive: :::hint"]);
        check(":::hint|x||Next|====|y|:::", "hint(p) h1 p", &["unclosed-directive: :::hint"]);
        check(
            ":::question|x||:::answer|y||### Next||z",
            "question(p answer(p)) h3 p",
            &["unclosed-directive: :::answer"],
        );
        check(":::hint|#### Inside||x|:::", "hint(h4 p)", &[]);
        check(":::hint|### Meant to be inside||x|:::", "hint() h3 p", &["unclosed-directive: :::hint"]);
    }

    #[test]
    fn the_end_of_the_page_reports_the_opener() {
        check("a||:::hint|x", "p hint(p)", &["unclosed-directive: :::hint"]);
        check(
            ":::question|a||:::answer|x|:::|",
            "question(p answer(p))",
            &["unclosed-directive: :::question"],
        );
    }

    #[test]
    fn a_child_that_only_an_ancestor_allows_closes_what_is_between() {
        check(
            ":::question|x||:::box|y||:::answer|z|:::|:::",
            "question(p box(p) answer(p))",
            &["unclosed-directive: :::box"],
        );
        check(
            ":::hint|x||:::question|y||:::answer|z|:::|:::",
            "hint(p) question(p answer(p))",
            &["unclosed-directive: :::hint"],
        );
        check(":::hint|x||:::question|y|:::|:::", "hint(p) question(p)", &["unclosed-directive: :::hint"]);
        check(":::hint|x||::loadtest{#a}", "hint(p) ::loadtest", &["unclosed-directive: :::hint"]);
    }

    #[test]
    fn stray_and_wrong_closers_are_one_finding() {
        check("a||:::||b", "p p", &["stray-closer: :::"]);
        check(":::/hint", "", &["stray-closer: :::/hint"]);
        check(":::hint|x|:::/hnit||b", "hint(p) p", &["stray-closer: :::/hnit"]);
        check(
            ":::question|x||:::answer|y|:::|:::/answer|:::||b",
            "question(p answer(p)) p",
            &["stray-closer: :::/answer"],
        );
        check(
            ":::question|x||:::answer|y|:::/question||b",
            "question(p answer(p)) p",
            &["unclosed-directive: :::answer"],
        );
    }

    #[test]
    fn places_names_and_bodies_are_checked() {
        check(":::only|x||:::answer|y|:::|:::", "only(p answer(p))", &["misplaced-directive: answer"]);
        check(":::answer|x|:::", "answer(p)", &["misplaced-directive: answer"]);
        check(":::hnt|x|:::", "hnt(p)", &["unknown-directive: hnt"]);
        check(":::hint|:::", "hint()", &["missing-body: :::hint"]);
        check(":::hint|<!-- x -->|:::", "hint(comment)", &["missing-body: :::hint"]);
        check("::hint||x||:::", "::hint p", &["missing-body: ::hint"]);
        check(":::loadtest{#a}|:::", "loadtest()", &["unexpected-body: :::loadtest{#a}"]);
        check(":::loadtest{#a}||x||## b", "loadtest(p) h2", &["unexpected-body: :::loadtest{#a}"]);
        check(
            ":::question|x||:::loadtest{#a}|:::||## b",
            "question(p) loadtest() h2",
            &["unclosed-directive: :::question", "unexpected-body: :::loadtest{#a}"],
        );
    }

    #[test]
    fn malformed_lines_keep_the_nesting() {
        check("::: hint|x|:::||b", "hint(p) p", &["malformed-directive: ::: hint"]);
        check(":::{note}|x|:::||b", "(p) p", &["malformed-directive: :::{note}"]);
        check("::std::vector is a class", "::std", &["malformed-directive: ::std::vector is a class"]);
        check("\\::std::vector is a class", "p", &[]);
        check("::||a", "p", &["malformed-directive: ::"]);
    }

    #[test]
    fn directives_in_lists_are_text_and_one_finding() {
        check("- a|  :::hint|  x|  :::", "list1", &["directive-in-list: :::hint"]);
        check("> ::loadtest{#a}", "other", &["directive-in-list: ::loadtest{#a}"]);
        check(":::hint|- a|  :::||## b", "hint(list1) h2", &["directive-in-list: :::"]);
        check("- a||  ```|  :::hint|  ```", "list1", &[]);
        check("a||    :::hint", "p other", &[]);
    }

    #[test]
    fn code_and_comments_hold_no_directives() {
        check("```md|:::hint|```", "fence-md", &[]);
        check("<!--|:::hint|-->", "comment", &[]);
        check("<pre>|:::hint||:::|</pre>", "other", &[]);
        check(":::hint|```md|x|:::", "hint(fence-md)", &["unclosed-fence: ```md"]);
        check(":::hint|<!-- x|:::", "hint(other)", &["unclosed-comment: <!-- x"]);
        check("- a|  ```|:::hint|x|:::", "list1 hint(p)", &["missing-blank-line: :::hint"]);
    }

    #[test]
    fn bodies_and_spans_are_whole_lines() {
        let page = Page::parse("a\n\n:::hint{#b}\none\n\ntwo\n:::\nz");
        let block = &page.document.blocks[1];
        assert_eq!(page.files.slice(block.span), ":::hint{#b}\none\n\ntwo\n:::");
        let super::BlockKind::Directive(directive) = &block.kind else { panic!("a directive") };
        assert_eq!(page.files.slice(directive.body), "one\n\ntwo\n");
        assert_eq!(page.files.slice(directive.opener), ":::hint{#b}");
    }
}
