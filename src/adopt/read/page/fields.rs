//! The facts below the title: bold lines, a table of two columns, a list.

use super::block::{Shape, quote_lines};
use super::view::{Found, Place, View};
use crate::adopt::read::facts::{fact_of, field_kind, named_value};
use crate::adopt::read::marks::bold_runs;
use crate::adopt::read::run::Run;
use crate::adopt::{Field, PartKind};
use crate::syntax::document::{List, Table};

/// Facts from a block on, as many as follow each other.
pub(super) fn read_fields(view: &View<'_>, at: usize, place: Place) -> Option<Found> {
    if place.in_sections {
        return None;
    }
    let mut fields = Vec::new();
    let mut blocks = 0;
    while let Some(more) = fields_of(view, at + blocks) {
        fields.extend(more);
        blocks += 1;
    }
    (blocks > 0).then(|| Found::one(view, at, blocks, PartKind::Fields(fields)))
}

/// The facts of one block; `None` if it is something else.
fn fields_of(view: &View<'_>, at: usize) -> Option<Vec<Field>> {
    let fields: Vec<Field> = match view.shape(at)? {
        Shape::Paragraph => {
            let bold = bold_fields(view.text(at));
            if bold.is_empty() { plain_fields(view.text(at)) } else { bold }
        }
        Shape::Quote => quote_lines(view.text(at)).flat_map(bold_fields).collect(),
        Shape::Table(table) => table_fields(view, table)?,
        Shape::List(list) => list_fields(view, list)?,
        _ => return None,
    };
    // One known name is enough; a text that begins with bold words has none.
    fields.iter().any(|field| fact_of(&field.name).is_some()).then_some(fields)
}

fn field(name: Run<'_>, value: Run<'_>) -> Field {
    let value = value.trim_matches(|c| c.is_whitespace() || matches!(c, '\\' | '·' | '|' | '•'));
    Field { kind: field_kind(name.text, value), name: name.spanned(), value: value.spanned() }
}

/// `**Time:** 45 min · **Level:** easy`, on one line or several. What is before the first name would be
/// lost, so that such a text holds no facts.
fn bold_fields(run: Run<'_>) -> Vec<Field> {
    let runs: Vec<(Run<'_>, usize)> = bold_runs(run.text)
        .into_iter()
        .filter_map(|(inner, end)| {
            let inside = run.sub(inner.clone());
            let colon_after = run.text[end..].starts_with(':');
            let is_name = inside.text.trim_end().ends_with(':') || colon_after;
            let name = inside.trim_matches(|c| c.is_whitespace() || c == ':');
            (is_name && !name.is_blank()).then_some((name, end + usize::from(colon_after)))
        })
        .collect();
    let starts_with_name = runs.first().is_some_and(|(name, _)| {
        let lead = run.sub(0..(name.span.start - run.span.start) as usize);
        lead.text.chars().all(|c| !c.is_alphanumeric())
    });
    if !starts_with_name {
        return Vec::new();
    }
    let ends = runs.iter().skip(1).map(|(name, _)| before_name(run, *name)).chain([run.text.len()]);
    runs.iter().zip(ends).map(|((name, start), end)| field(*name, run.sub(*start..end.max(*start)))).collect()
}

/// Lines that are each a known name and a value.
fn plain_fields(run: Run<'_>) -> Vec<Field> {
    let lines = run.lines().map(|line| named_value(line).filter(|(name, _)| fact_of(name.text).is_some()));
    let pairs: Option<Vec<(Run<'_>, Run<'_>)>> = lines.collect();
    pairs.unwrap_or_default().into_iter().map(|(name, value)| field(name, value)).collect()
}

/// Where the marks of a bold name begin, with an ornament before them.
fn before_name(run: Run<'_>, name: Run<'_>) -> usize {
    let at = (name.span.start - run.span.start) as usize;
    let mark = run.text[..at].rfind("**").unwrap_or(at);
    let parted = run.text[..mark].rfind(['\n', '·', '|']);
    parted.filter(|from| !run.text[*from..mark].contains(char::is_alphanumeric)).unwrap_or(mark)
}

fn table_fields(view: &View<'_>, table: &Table) -> Option<Vec<Field>> {
    let head = table.head.iter().map(|cell| view.run(cell.span));
    let two = |cells: &[crate::syntax::document::Cell]| match cells {
        [name, value] => Some((view.run(name.span), view.run(value.span))),
        _ => None,
    };
    let mut rows: Vec<(Run<'_>, Run<'_>)> = table.rows.iter().filter_map(|row| two(row)).collect();
    let names = table.head.iter().filter(|cell| fact_of(view.run(cell.span).text).is_some()).count();
    let is_head = table.rows.len() == 1 && names == table.head.len() && names > 1;
    if rows.len() == table.rows.len() && !rows.is_empty() && !is_head {
        // A head that holds a fact is one; "| Fact | Value |" is none, and nothing of it is lost.
        if let Some(first) = two(&table.head).filter(|(name, _)| fact_of(name.text).is_some()) {
            rows.insert(0, first);
        }
        return Some(rows.into_iter().map(|(name, value)| field(trimmed(name), value)).collect());
    }
    // Names in the head and one row of values.
    let [row] = table.rows.as_slice() else { return None };
    let values = row.iter().map(|cell| view.run(cell.span));
    Some(head.zip(values).map(|(name, value)| field(trimmed(name), value)).collect())
}

fn trimmed(name: Run<'_>) -> Run<'_> {
    name.trim_matches(|c| c.is_whitespace() || matches!(c, '*' | ':' | '_'))
}

fn list_fields(view: &View<'_>, list: &List) -> Option<Vec<Field>> {
    let pairs: Option<Vec<Field>> = list
        .items
        .iter()
        .map(|item| named_value(view.run(item.content)).map(|(name, value)| field(name, value)))
        .collect();
    pairs.filter(|fields| !fields.is_empty())
}
