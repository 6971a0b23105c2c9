//! Scenarios in a table: columns of any name and order.

use super::curriculum::Readme;
use super::entry::{entry_at, no_title, path_named, put_fact, put_link};
use super::facts::fact_of;
use super::vocabulary::Fact;
use crate::adopt::Entry;
use crate::source::Span;
use crate::syntax::document::{Cell, Link, Table};

/// The rows of a table of scenarios; none if it is another one.
pub(super) fn table_entries(readme: &Readme<'_>, at: usize, table: &Table) -> Vec<Entry> {
    let facts: Vec<Option<Fact>> =
        table.head.iter().map(|cell| fact_of(readme.run(cell.span).text)).collect();
    let Some(title) = title_column(readme, table, &facts) else { return Vec::new() };
    let others = facts.iter().enumerate().filter(|(column, fact)| *column != title && fact.is_some()).count();
    if others == 0 {
        return Vec::new();
    }
    let links = &readme.blocks[at].links;
    let mut next = 0;
    let mut entries = Vec::new();
    for row in &table.rows {
        let (Some(first), Some(last)) = (row.first(), row.last()) else { continue };
        let line = first.span.to(last.span);
        // Links come in the order of the rows.
        while links.get(next).is_some_and(|link| link.span.start < line.start) {
            next += 1;
        }
        let from = next;
        while links.get(next).is_some_and(|link| link.span.start < line.end) {
            next += 1;
        }
        let links: Vec<&Link> = links[from..next].iter().collect();
        entries.push(row_entry(readme, table, row, title, &links, line));
    }
    entries
}

/// The column that holds titles: the first one named so whose cells are not all numbers.
fn title_column(readme: &Readme<'_>, table: &Table, facts: &[Option<Fact>]) -> Option<usize> {
    let is_bare = |cell: &Cell| readme.run(cell.span).text.chars().all(|c| !c.is_alphabetic());
    let is_numbers = |column: usize| table.rows.iter().all(|row| row.get(column).is_none_or(is_bare));
    let columns = facts.iter().enumerate().filter(|(_, fact)| **fact == Some(Fact::Title));
    columns.map(|(column, _)| column).find(|column| !is_numbers(*column))
}

fn row_entry(
    readme: &Readme<'_>,
    table: &Table,
    row: &[Cell],
    title: usize,
    links: &[&Link],
    line: Span,
) -> Entry {
    let cell = readme.run(row.get(title).map_or(line, |cell| cell.span));
    let mut entry = entry_at(line, cell);
    if cell.is_blank() {
        entry.title = no_title(cell);
    }
    for (column, value) in row.iter().enumerate().filter(|(column, _)| *column != title) {
        let Some(name) = table.head.get(column).map(|cell| readme.run(cell.span)) else { continue };
        // A second column of titles holds their numbers.
        let is_number = fact_of(name.text) == Some(Fact::Title) && column < title;
        let value = readme.run(value.span);
        if is_number && let Some(digits) = super::entry::bare_number(value) {
            entry.number = Some(digits);
        } else {
            put_fact(&mut entry, name, value);
        }
    }
    put_link(&mut entry, links, |span| readme.run(span).text.to_owned());
    if entry.link.is_none() {
        entry.link = path_named(cell).filter(|path| (readme.is_scenario)(path));
    }
    entry
}
