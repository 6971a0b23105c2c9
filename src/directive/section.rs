//! A page from top to bottom: headings with their roles, runs of prose, figures, and the
//! directives between them.

use camino::Utf8PathBuf;

use super::context::{Lower, PageKind, block};
use super::page_ids::{figure_id, heading_id};
use super::rich::rich_span;
use super::{answer, boxes, change, environment, fence, files, hint, include, loadtest, only, options};
use super::{question, quote, results, reveal, rubric, table};
use crate::diag::Diagnostic;
use crate::diag::catalog::document::{MISPLACED_DIRECTIVE, MISPLACED_HEADING, UNKNOWN_ROLE};
use crate::diag::catalog::tree::{MISSING_FILE, PATH_LEAVES_TREE};
use crate::ir::{Block, Figure, Heading, Node};
use crate::model::{Role, figure_label};
use crate::source::{Span, Spanned};
use crate::syntax::attributes::Attributes;
use crate::syntax::document::{Block as Source, BlockKind, Directive, Document, Figure as SourceFigure};
use crate::syntax::yaml::{RelPath, closest, one_of};

/// Lowers a whole page.
#[must_use]
pub fn lower_page(lower: &Lower<'_>, document: &Document) -> Vec<Block> {
    lower_blocks(lower, &document.blocks)
}

/// Lowers a run of blocks. Neighbouring blocks that are plain Markdown become one piece of prose,
/// cut from the source as it is.
#[must_use]
pub fn lower_blocks(lower: &Lower<'_>, blocks: &[Source]) -> Vec<Block> {
    let mut out = Vec::new();
    let mut run: Vec<&Source> = Vec::new();
    for (at, source) in blocks.iter().enumerate() {
        if is_prose(lower, source) {
            run.push(source);
            continue;
        }
        flush(lower, &mut run, &mut out);
        match &source.kind {
            BlockKind::Heading { level, text, attributes } => {
                count_hints(lower, &blocks[at + 1..]);
                out.extend(lower_heading(lower, source, *level, *text, attributes));
            }
            BlockKind::Directive(directive) => out.extend(lower_directive(lower, source.span, directive)),
            BlockKind::Fence { language, attributes, body } => {
                out.extend(fence::lower(lower, source.span, language, attributes, *body));
            }
            BlockKind::Figure(figure) => out.extend(lower_figure(lower, source.span, figure)),
            BlockKind::Table(found) => out.push(table::lower_stuck(lower, source, found)),
            BlockKind::List(_)
            | BlockKind::Prose { .. }
            | BlockKind::Definition
            | BlockKind::Comment { .. } => {}
        }
    }
    flush(lower, &mut run, &mut out);
    out.shrink_to_fit();
    out
}

fn is_prose(lower: &Lower<'_>, source: &Source) -> bool {
    match &source.kind {
        BlockKind::Table(_) => lower.state.borrow().role != Some(Role::Stuck),
        kind => kind.is_text(),
    }
}

fn flush(lower: &Lower<'_>, run: &mut Vec<&Source>, out: &mut Vec<Block>) {
    if let (Some(first), Some(last)) = (run.first(), run.last()) {
        let span = first.span.to(last.span);
        let links: Vec<_> = run.iter().flat_map(|source| source.links.iter().cloned()).collect();
        out.push(block(span, Node::Prose(rich_span(lower, span, &links))));
        run.clear();
    }
}

/// Hints are counted by section, so that each can say "1 of 3".
fn count_hints(lower: &Lower<'_>, following: &[Source]) {
    fn hints(blocks: &[Source]) -> usize {
        blocks
            .iter()
            .map(|source| match &source.kind {
                BlockKind::Directive(directive) if directive.name.value == "hint" => 1,
                BlockKind::Directive(directive) => hints(&directive.children),
                _ => 0,
            })
            .sum()
    }
    let section = following
        .iter()
        .position(|source| matches!(source.kind, BlockKind::Heading { .. }))
        .map_or(following, |end| &following[..end]);
    lower.state.borrow_mut().hints = (0, hints(section));
}

fn lower_heading(
    lower: &Lower<'_>,
    source: &Source,
    level: u8,
    text: Span,
    attributes: &Attributes,
) -> Option<Block> {
    if level == 1 {
        let message = "the page's title comes from its YAML file; sections start at `##`";
        lower
            .sink
            .push(Diagnostic::new(&MISPLACED_HEADING, source.span, message).help("write `##`, or remove it"));
        return None;
    }
    let role = heading_role(lower, level, attributes);
    let title = rich_span(lower, text, &source.links);
    let id = heading_id(lower.slice(text), attributes);
    let mut prefix = String::new();
    if level == 2 {
        let number = lower.scenario().and_then(|scenario| {
            scenario.locals.steps.iter().find(|step| step.span == source.span).and_then(|step| step.number)
        });
        prefix = number.map(|number| format!("Step {number} — ")).unwrap_or_default();
        let mut state = lower.state.borrow_mut();
        state.role = role;
        state.fix = None;
        // The section after a fix that was dropped speaks of the system without it.
        state.stage = lower.written().map_or(0, |written| written.stage_before(state.stage));
        state.section = Some((prefix.clone(), title.clone()));
    } else if level == 3 {
        let fix =
            lower.written().filter(|_| lower.state.borrow().role == Some(Role::Fix)).and_then(|written| {
                written.fixes.iter().position(|fix| fix.id == id).map(|at| (at, &written.fixes[at]))
            });
        let mut state = lower.state.borrow_mut();
        if let Some((at, fix)) = fix {
            prefix = format!("{}: ", fix.label);
            state.fix = Some(at);
            state.stage = at + 1;
        } else if state.role == Some(Role::Fix) {
            state.fix = None;
        }
        if state.role == Some(Role::Fix) {
            state.section = Some((prefix.clone(), title.clone()));
        }
    }
    let was = attributes
        .get("was")
        .map(|was| was.value.split_whitespace().map(str::to_owned).collect())
        .unwrap_or_default();
    let heading = Heading { level, id, prefix, text: title, role: role.map(Role::word), was };
    Some(block(source.span, Node::Heading(Box::new(heading))))
}

/// A heading's role; classes that are none are reported.
fn heading_role(lower: &Lower<'_>, level: u8, attributes: &Attributes) -> Option<Role> {
    let mut role = None;
    for class in &attributes.classes {
        match Role::from_word(&class.value) {
            Some(found) if level == 2 => role = Some(found),
            Some(_) => {
                let message = format!("the role `.{}` belongs on an H2 (`##`)", class.value);
                lower
                    .sink
                    .push(Diagnostic::new(&UNKNOWN_ROLE, class.span, message).help("move it to the section"));
            }
            None if class.value == "unnumbered" => {}
            None => {
                let message = format!("`.{}` is not a role", class.value);
                let help = match closest(&class.value, Role::WORDS.iter().copied()) {
                    Some(near) => format!("did you mean `.{near}`?"),
                    None => format!("roles are {}; `.unnumbered` for none", one_of(Role::WORDS)),
                };
                lower.sink.push(Diagnostic::new(&UNKNOWN_ROLE, class.span, message).help(help));
            }
        }
    }
    for (key, _) in attributes.pairs.iter().filter(|(key, _)| key.value != "was") {
        let spec = &crate::diag::catalog::document::UNKNOWN_ATTRIBUTE;
        let message = format!("a heading has no attribute `{}`", key.value);
        lower
            .sink
            .push(Diagnostic::new(spec, key.span, message).help("headings take `#id`, a role, and `was=`"));
    }
    role
}

/// Directives that speak of the stages of a scenario. A tutorial has none.
const OF_SCENARIOS: [&str; 5] = ["change", "loadtest", "results", "environment", "files"];

fn lower_directive(lower: &Lower<'_>, span: Span, directive: &Directive) -> Vec<Block> {
    let name = directive.name.value.as_str();
    if lower.kind == PageKind::Tutorial && OF_SCENARIOS.contains(&name) {
        let message = format!("`{name}` belongs on a scenario's page");
        let finding = Diagnostic::new(&MISPLACED_DIRECTIVE, directive.opener, message);
        lower.sink.push(finding.help("remove it, or move it to the scenario that it is about"));
        return lower_blocks(lower, &directive.children);
    }
    match directive.name.value.as_str() {
        "question" => question::lower(lower, span, directive),
        "answer" => answer::lower_alone(lower, directive),
        "rubric" => rubric::lower_alone(lower, span, directive),
        "box" => boxes::lower_alone(lower, directive),
        "hint" => vec![hint::lower(lower, span, directive)],
        "options" => vec![options::lower(lower, span, directive)],
        "change" => change::lower(lower, span, directive),
        "loadtest" => loadtest::lower(lower, span, directive),
        "results" => results::lower(lower, span, directive),
        "environment" => environment::lower(lower, span, directive),
        "files" => files::lower(lower, span, directive),
        "reveal" => vec![reveal::lower(lower, span, directive)],
        "challenge" => vec![quote::lower(lower, span, directive, &quote::CHALLENGE)],
        "pushback" => vec![quote::lower(lower, span, directive, &quote::PUSHBACK)],
        "expect" => vec![quote::lower(lower, span, directive, &quote::EXPECT)],
        "only" => only::lower(lower, span, directive),
        "include" => include::lower(lower, directive),
        // Unknown names were reported by the scanner; their content is not lost meanwhile.
        _ => lower_blocks(lower, &directive.children),
    }
}

fn lower_figure(lower: &Lower<'_>, span: Span, source: &SourceFigure) -> Option<Block> {
    let SourceFigure { alt, destination, title } = source;
    let asset = take_asset(lower, destination)?;
    let id = figure_id(&destination.value);
    let numbered = lower.scenario().and_then(|scenario| {
        let found = scenario.locals.figures.iter().find(|figure| figure.id == id)?;
        Some(figure_label(scenario.number, found.number))
    });
    let label = numbered.unwrap_or_else(|| "Fig".to_owned());
    let caption = super::rich::rich_value(
        lower,
        &crate::syntax::yaml::Text { value: title.value.clone(), span: title.span },
    );
    let figure = Figure { id, label, alt: lower.slice(*alt).to_owned(), caption, asset };
    Some(block(span, Node::Figure(Box::new(figure))))
}

/// Finds a picture beside the page or in `content/diagrams/` and notes it for the outputs; its
/// name below `assets/`.
pub fn take_asset(lower: &Lower<'_>, destination: &Spanned<String>) -> Option<String> {
    let written = destination.value.trim_start_matches("./");
    let shared = written.strip_prefix("../../diagrams/").map(|rest| format!("content/diagrams/{rest}"));
    let path: Utf8PathBuf = match shared {
        Some(shared) => shared.into(),
        None => match RelPath::check(written) {
            Ok(path) => lower.folder.join(path),
            Err(message) => {
                let finding = Diagnostic::new(&PATH_LEAVES_TREE, destination.span, message);
                lower.sink.push(finding.help("pictures lie in `diagrams/` beside the page, or in `content/diagrams/` (`../../diagrams/…`)"));
                return None;
            }
        },
    };
    let Some(file) = lower.files.find(&path) else {
        let folder = path.parent().map(camino::Utf8Path::to_owned).unwrap_or_default();
        let names: Vec<&str> = lower.files.below(&folder).filter_map(|(_, path)| path.file_name()).collect();
        let near = path.file_name().and_then(|name| closest(name, names));
        let message = format!("there is no file `{path}`");
        let help = near.map_or_else(
            || format!("create it, or correct the path (it is looked for in `{folder}`)"),
            |near| format!("did you mean `{near}`?"),
        );
        lower.sink.push(Diagnostic::new(&MISSING_FILE, destination.span, message).help(help));
        return None;
    };
    let name = path.file_name().unwrap_or("picture").to_owned();
    lower.shown.borrow_mut().assets.insert(name.clone(), file);
    Some(name)
}
