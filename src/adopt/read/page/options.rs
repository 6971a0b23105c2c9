//! Options to choose from: a quote, a list, paragraphs or headings with letters.

use super::block::{Shape, filled, quote_lines};
use super::view::{Found, View};
use crate::adopt::read::marks::{has_phrase, leading_bold, words};
use crate::adopt::read::numbers::{prefix_len, without_ornament, without_signs};
use crate::adopt::read::run::Run;
use crate::adopt::read::vocabulary::{OPTION, OPTIONS_ABOVE, OPTIONS_LINE};
use crate::adopt::{OptionText, PartKind};
use crate::source::{Span, Spanned};
use crate::syntax::document::List;

/// At least two options from a block on.
pub(super) fn read_options(view: &View<'_>, at: usize) -> Option<Found> {
    // The line that Scenarist prints above options comes back by itself.
    let line = usize::from(view.paragraph(at).is_some_and(|run| words(run.text) == OPTIONS_LINE));
    let (options, blocks) = options_at(view, at + line)?;
    (options.len() >= 2).then(|| Found::one(view, at, line + blocks, PartKind::Options(options)))
}

fn options_at(view: &View<'_>, at: usize) -> Option<(Vec<OptionText>, usize)> {
    match view.shape(at)? {
        Shape::Quote => quotes(view, at),
        Shape::List(list) => Some((listed(view, at, list)?, 1)),
        Shape::Paragraph => paragraphs(view, at),
        Shape::Heading { .. } => headings(view, at),
        _ => None,
    }
}

/// One quote with all options, or one for each.
fn quotes(view: &View<'_>, at: usize) -> Option<(Vec<OptionText>, usize)> {
    let mut options = Vec::new();
    let mut blocks = 0;
    while matches!(view.shape(at + blocks), Some(Shape::Quote)) {
        let Some(more) = quoted(view.text(at + blocks)) else { break };
        options.extend(more);
        blocks += 1;
    }
    (blocks > 0).then_some((options, blocks))
}

fn quoted(quote: Run<'_>) -> Option<Vec<OptionText>> {
    let mut options: Vec<OptionText> = Vec::new();
    let mut is_start = true;
    for line in quote_lines(quote).map(Run::trim) {
        if line.is_blank() {
            is_start = true;
            continue;
        }
        let option = is_start.then(|| lettered(line)).flatten();
        match (option, options.last_mut()) {
            (Some(option), _) => options.push(option),
            (None, Some(last)) => last.text.push(line.span),
            (None, None) => return None,
        }
        is_start = false;
    }
    Some(options)
}

fn listed(view: &View<'_>, at: usize, list: &List) -> Option<Vec<OptionText>> {
    let is_announced = at.checked_sub(1).and_then(|above| view.paragraph(above)).is_some_and(|run| {
        let plain = words(run.text);
        OPTIONS_ABOVE.iter().any(|phrase| has_phrase(&plain, phrase))
    });
    let options = list.items.iter().map(|item| {
        let lines = filled(view.run(item.content).lines());
        let (first, more) = lines.split_first()?;
        let option = lettered(*first).or_else(|| if is_announced { named(*first) } else { None })?;
        Some(with_more(option, more))
    });
    options.collect()
}

fn with_more(mut option: OptionText, more: &[Run<'_>]) -> OptionText {
    option.text.extend(more.iter().map(|line| line.span));
    option
}

/// Paragraphs that each begin with "Option A" in bold words.
fn paragraphs(view: &View<'_>, at: usize) -> Option<(Vec<OptionText>, usize)> {
    let mut options = Vec::new();
    while let Some(run) = view.paragraph(at + options.len()) {
        let lines = filled(run.lines());
        let Some(option) = lines.first().and_then(|first| worded(*first)) else { break };
        options.push(with_more(option, &lines[1..]));
    }
    let blocks = options.len();
    (blocks > 0).then_some((options, blocks))
}

/// Headings that each begin with "Option A", with the text below them.
fn headings(view: &View<'_>, at: usize) -> Option<(Vec<OptionText>, usize)> {
    let mut options = Vec::new();
    let mut block = at;
    while let Some((_, text)) = view.heading(block) {
        let Some((letter, rest)) = letter_of(text, true) else { break };
        let name = Some(rest.trim()).filter(|name| !name.is_blank()).map(|name| name.span);
        let from = block + 1;
        let is_text = |at: usize| {
            matches!(view.shape(at), Some(Shape::Paragraph | Shape::List(_)))
                && super::question::read_question(view, at).is_none()
        };
        let end = (from..view.blocks.len()).find(|at| !is_text(*at)).unwrap_or(view.blocks.len());
        // The last option would swallow the text that follows all of them: it keeps one block.
        let is_last = view.heading(end).and_then(|(_, text)| letter_of(text, true)).is_none();
        let end = if is_last { end.min(from + 1) } else { end };
        let body = if end > from { vec![view.span_of(from, end - 1)] } else { Vec::new() };
        options.push(OptionText { letter: Some(letter), name, text: body });
        block = end;
    }
    (!options.is_empty()).then_some((options, block - at))
}

/// An option that begins with a letter, in bold words or not.
fn lettered(line: Run<'_>) -> Option<OptionText> {
    let Some(bold) = leading_bold(line) else {
        let (letter, rest) = letter_of(line, false)?;
        return Some(option_of(letter, None, rest));
    };
    let (letter, name) = letter_of(bold.inner, false)?;
    let name = Some(name.trim()).filter(|name| !name.is_blank());
    match (name, leading_bold(bold.rest)) {
        // `**A)** **Name.** text`
        (None, Some(second)) => Some(option_of(letter, Some(second.inner), second.rest)),
        (name, _) => Some(option_of(letter, name, bold.rest)),
    }
}

/// The same with the word "Option" before the letter.
fn worded(line: Run<'_>) -> Option<OptionText> {
    let head = leading_bold(line).map_or(line, |bold| bold.inner);
    letter_of(head, true)?;
    lettered(line)
}

/// An option that has a name in bold words and no letter.
fn named(line: Run<'_>) -> Option<OptionText> {
    let bold = leading_bold(line)?;
    let text = text_of(bold.rest);
    Some(OptionText { letter: None, name: Some(bold.inner.span), text })
}

fn option_of(letter: Spanned<char>, name: Option<Run<'_>>, rest: Run<'_>) -> OptionText {
    OptionText { letter: Some(letter), name: name.map(|name| name.span), text: text_of(rest) }
}

fn text_of(rest: Run<'_>) -> Vec<Span> {
    let rest = rest.trim().trim_start_matches(|c| matches!(c, '—' | '–' | ':' | ' '));
    let rest = rest.strip_prefix("- ").unwrap_or(rest).trim();
    if rest.is_blank() { Vec::new() } else { vec![rest.span] }
}

/// "Option A —", "A)", "(A)", "A:" and what follows; `word` asks for the word.
fn letter_of(run: Run<'_>, word: bool) -> Option<(Spanned<char>, Run<'_>)> {
    let run = without_ornament(run.trim());
    let len = OPTION.iter().filter_map(|word| prefix_len(run.text, word)).max();
    if word && len.is_none() {
        return None;
    }
    let after = run.from(len.unwrap_or(0)).trim_start_matches(char::is_whitespace);
    let bare = after.trim_start_matches(|c| c == '(');
    let letter = bare.text.chars().next().filter(|c| c.is_ascii_alphanumeric())?;
    let rest = bare.from(1);
    let is_alone = rest.text.chars().next().is_none_or(|c| !c.is_alphanumeric());
    let is_closed =
        rest.text.starts_with([')', '.', ':']) || rest.text.trim_start().starts_with(['—', '–', '-', ':']);
    // Without the word, a capital letter and its sign have to do.
    let is_label = len.is_some()
        || (letter.is_ascii_uppercase()
            && is_closed
            && (rest.text.len() < 2
                || !rest.text.starts_with('.')
                || rest.text[1..].starts_with([' ', '*'])));
    let letter = Spanned::new(letter.to_ascii_uppercase(), bare.to(1).span);
    (is_alone && is_label).then(|| (letter, without_signs(rest)))
}
