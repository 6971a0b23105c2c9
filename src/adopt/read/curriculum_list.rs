//! Scenarios in a list, nested or flat: groups that hold entries that hold facts.

use super::curriculum::Readme;
use super::entry::{entry_at, path_named, put_fact, put_link};
use super::facts::{fact_of, named_value, status_of, tier_in};
use super::marks::{leading_bold, unmarked};
use super::numbers::without_signs;
use super::run::Run;
use super::vocabulary::Fact;
use crate::adopt::{Entry, Group, Number};
use crate::source::{Span, Spanned};
use crate::syntax::document::Link;

/// An item with its own text, nested items apart.
struct Line<'a> {
    depth: usize,
    text: Run<'a>,
    number: Option<Number>,
}

/// The groups of a list, and entries that stand in it without a group. Both are empty for a list of
/// something else.
pub(super) fn list_groups(readme: &Readme<'_>, at: usize) -> (Vec<Group>, Vec<Entry>) {
    let lines = lines_of(readme.run(readme.blocks[at].span));
    let links: Vec<&Link> = readme.blocks[at].links.iter().collect();
    if !is_curriculum(readme, &lines, &links) {
        return (Vec::new(), Vec::new());
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut flat = Vec::new();
    let mut line = 0;
    while line < lines.len() {
        let end = subtree(&lines, line);
        let is_group = lines[line].depth == 0 && end > line + 1 && fact_lines(&lines[line..end]) == 0;
        if is_group && !holds_scenario(readme, lines[line].text, &links) {
            groups.push(group_of(lines[line].text));
            line += 1;
            continue;
        }
        let entry = entry_of(&lines[line..end], &links, readme);
        match groups.last_mut().filter(|_| lines[line].depth > 0) {
            Some(group) => group.entries.push(entry),
            None => flat.push(entry),
        }
        line = end;
    }
    (groups, flat)
}

/// A list of scenarios has facts about at least one, or a link into its folder.
fn is_curriculum(readme: &Readme<'_>, lines: &[Line<'_>], links: &[&Link]) -> bool {
    links.iter().any(|link| !link.image && (readme.is_scenario)(&link.destination))
        || lines.iter().filter(|line| line.depth > 0 && is_fact(line.text)).count() >= 2
        || lines.iter().any(|line| line.depth > 0 && is_status(line.text))
        || lines.iter().any(|line| path_named(line.text).is_some_and(|path| (readme.is_scenario)(&path)))
}

fn holds_scenario(readme: &Readme<'_>, text: Run<'_>, links: &[&Link]) -> bool {
    within(links, text.span).iter().any(|link| (readme.is_scenario)(&link.destination))
}

/// The links in a span. They are in order.
fn within<'l>(links: &[&'l Link], span: Span) -> Vec<&'l Link> {
    let from = links.partition_point(|link| link.span.start < span.start);
    links[from..].iter().take_while(|link| link.span.start < span.end).copied().collect()
}

fn is_fact(text: Run<'_>) -> bool {
    named_value(text).is_some_and(|(name, _)| fact_of(name.text).is_some())
}

/// One line that says how far something is says enough.
fn is_status(text: Run<'_>) -> bool {
    named_value(text)
        .is_some_and(|(name, value)| fact_of(name.text) == Some(Fact::Status) && status_of(value).is_some())
}

/// How many items directly below the first are facts.
fn fact_lines(lines: &[Line<'_>]) -> usize {
    lines.iter().skip(1).filter(|line| line.depth == lines[0].depth + 1 && is_fact(line.text)).count()
}

/// Past the items below an item.
fn subtree(lines: &[Line<'_>], at: usize) -> usize {
    let depth = lines[at].depth;
    (at + 1..lines.len()).find(|below| lines[*below].depth <= depth).unwrap_or(lines.len())
}

fn group_of(text: Run<'_>) -> Group {
    let bold = leading_bold(text);
    let name = bold.map_or(text, |bold| bold.inner).trim_matches(|c| c.is_whitespace() || c == ':');
    let goal = bold.map(|bold| without_signs(bold.rest).trim()).filter(|rest| !rest.is_blank());
    Group {
        name: Spanned::new(unmarked(name.text), name.span),
        part_of: None,
        tier: tier_in(text),
        goal: goal.map(|goal| goal.span),
        entries: Vec::new(),
    }
}

fn entry_of(lines: &[Line<'_>], links: &[&Link], readme: &Readme<'_>) -> Entry {
    let text = lines[0].text;
    let own = within(links, text.span);
    let (title, rest) = title_and_rest(text, &own);
    let last = lines.last().map_or(text, |line| line.text);
    let mut entry = entry_at(text.span.to(last.span), title);
    entry.number = entry.number.or(lines[0].number);
    put_link(&mut entry, &own, |span| readme.run(span).text.to_owned());
    if entry.link.is_none() {
        entry.link = path_named(text).filter(|path| (readme.is_scenario)(path));
    }
    entry.status = status_in(rest);
    let says_more = !rest.is_blank() && status_of(rest).is_none();
    entry.summary = says_more.then_some(rest.span);
    for line in &lines[1..] {
        match named_value(line.text) {
            Some((name, value)) => put_fact(&mut entry, name, value),
            None => entry.other.push((Spanned::new(String::new(), line.text.to(0).span), line.text.span)),
        }
    }
    entry
}

/// The title of an entry, and what stands behind it: a link or bold words, or all up to a dash.
fn title_and_rest<'a>(text: Run<'a>, links: &[&Link]) -> (Run<'a>, Run<'a>) {
    let link = links.iter().find(|link| !link.image);
    let mut end = match (link, leading_bold(text)) {
        (Some(link), _) => link.span.range().end.saturating_sub(text.span.range().start),
        (None, Some(bold)) => bold.rest.span.range().start - text.span.range().start,
        (None, None) => text.text.find([':', '(']).or_else(|| dash(text.text)).unwrap_or(text.text.len()),
    };
    // `**[title](…)**`: the marks belong to it.
    end += text.text.get(end..).map_or(0, |rest| rest.len() - rest.trim_start_matches('*').len());
    let lead =
        link.map_or("", |link| text.to(link.span.range().start.saturating_sub(text.span.range().start)).text);
    let from = if lead.chars().any(char::is_alphanumeric) { 0 } else { lead.len() };
    (
        text.sub(from..end).trim_matches(|c| c == '*' || c.is_whitespace()),
        without_signs(text.from(end)).trim(),
    )
}

/// A dash between spaces.
fn dash(text: &str) -> Option<usize> {
    [" — ", " – ", " - "].iter().filter_map(|dash| text.find(dash)).min()
}

/// "(planned)", "🚧" or the like somewhere in the text behind a title.
fn status_in(rest: Run<'_>) -> Option<Spanned<crate::manifest::scenario::Status>> {
    let inside = rest.text.find('(').map(|open| rest.from(open + 1));
    let inside = inside.map(|run| run.to(run.text.find(')').unwrap_or(run.text.len())));
    status_of(rest).or_else(|| inside.and_then(status_of))
}

/// The items of a list at any depth, each with the lines that belong to it alone.
fn lines_of(list: Run<'_>) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    // Where the text of each open item begins.
    let mut open: Vec<usize> = Vec::new();
    for line in list.lines().filter(|line| !line.is_blank()) {
        let indent = line.text.len() - line.text.trim_start().len();
        let content = line.from(indent);
        let Some((marker, number)) = marker_of(content) else {
            if let Some(last) = lines.last_mut() {
                let end = line.span.range().end - list.span.range().start;
                let start = last.text.span.range().start - list.span.range().start;
                last.text = list.sub(start..end).trim();
            }
            continue;
        };
        while open.last().is_some_and(|start| indent < *start) {
            open.pop();
        }
        lines.push(Line { depth: open.len(), text: content.from(marker).trim(), number });
        open.push(indent + marker);
    }
    lines
}

/// The length of a list's marker with the space after it, and its number.
fn marker_of(content: Run<'_>) -> Option<(usize, Option<Number>)> {
    let digits = content.text.bytes().take_while(u8::is_ascii_digit).count();
    let sign = content.text.as_bytes().get(digits)?;
    let is_marker = if digits == 0 { b"-*+".contains(sign) } else { b".)".contains(sign) };
    let rest = &content.text[digits + usize::from(sign.is_ascii())..];
    let space = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    if !is_marker || space == 0 {
        return None;
    }
    let number = content.text[..digits].parse().ok();
    let number = number.map(|value| Number { value, minor: None, span: content.to(digits).span });
    Some((digits + 1 + space, number))
}
