//! All panels of a scenario in one picture: a column for each stage, a row for each panel.

use crate::rehearse::measured::{Figures, TestRun};

use super::canvas::{Canvas, Frame, Words};
use super::card::draw_panel;
use super::letters::shorten;
use super::unit::format_value;
use super::view::View;

/// A stage's load test with its panels.
pub struct Column<'r> {
    pub stage: &'r str,
    pub test: &'r TestRun,
    pub views: Vec<View<'r>>,
}

const EDGE: f64 = 24.0;
const GAP: f64 = 16.0;
const CELL: (f64, f64) = (344.0, 196.0);
const HEAD: f64 = 64.0;
const ROW_HEAD: f64 = 34.0;
const COLUMN_HEAD: f64 = 78.0;
const SIZE: f64 = 12.0;

/// The picture of some columns, whose panels are all the same. Panels of one load test and one row
/// share their scale.
pub fn draw_overview(title: &str, columns: &[Column<'_>]) -> String {
    let rows = rows_of(columns);
    let width = (2.0 * EDGE + length(columns.len()) * (CELL.0 + GAP) - GAP).max(640.0);
    let row = ROW_HEAD + CELL.1 + GAP;
    let height = EDGE + HEAD + COLUMN_HEAD + length(rows.len()) * row + EDGE - GAP;
    let mut canvas = Canvas::new(width, height, &format!("{title}: what the dashboard shows at each stage"));
    canvas.rect(Frame { x: 0.0, y: 0.0, w: width, h: height }, 0.0, "page");
    let room = width - 2.0 * EDGE;
    canvas.text(EDGE, EDGE + 20.0, Words { size: 22.0, class: "b" }, &shorten(title, 22.0, true, room));
    let about = "The dashboard during the load test. The panels of a row have the same scale.";
    canvas.text(EDGE, EDGE + 44.0, Words { size: 14.0, class: "soft" }, &shorten(about, 14.0, false, room));
    for (at, column) in columns.iter().enumerate() {
        let x = EDGE + length(at) * (CELL.0 + GAP);
        draw_head(&mut canvas, x, EDGE + HEAD, column);
    }
    for (at, title) in rows.iter().enumerate() {
        let top = EDGE + HEAD + COLUMN_HEAD + length(at) * row;
        draw_row(&mut canvas, top, room, *title, columns);
    }
    canvas.finish()
}

#[expect(clippy::cast_precision_loss, reason = "counts columns and rows")]
fn length(count: usize) -> f64 {
    count as f64
}

/// A panel's title, and how many before it on the dashboard have the same.
type Row<'r> = (&'r str, usize);

/// The row of a column's panel.
fn row_of<'r>(column: &Column<'r>, at: usize) -> Row<'r> {
    let title = column.views[at].panel.title.as_str();
    (title, column.views[..at].iter().filter(|view| view.panel.title == title).count())
}

/// The panel of a column that belongs into a row.
fn find<'c, 'r>(column: &'c Column<'r>, row: Row<'_>) -> Option<&'c View<'r>> {
    (0..column.views.len()).find(|at| row_of(column, *at) == row).map(|at| &column.views[at])
}

/// All rows, in the order of the first column that has them.
fn rows_of<'r>(columns: &[Column<'r>]) -> Vec<Row<'r>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for column in columns {
        for row in (0..column.views.len()).map(|at| row_of(column, at)) {
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
    }
    rows
}

/// Draws a row: its title, and a card in each column that has the panel.
fn draw_row(canvas: &mut Canvas, top: f64, room: f64, row: Row<'_>, columns: &[Column<'_>]) {
    canvas.text(EDGE, top + 22.0, Words { size: 15.0, class: "b" }, &shorten(row.0, 15.0, true, room));
    for (place, column) in columns.iter().enumerate() {
        let Some(view) = find(column, row) else { continue };
        let alike = columns.iter().filter(|other| other.test.test == column.test.test);
        let axis = View::axis(alike.filter_map(|other| find(other, row)));
        let x = EDGE + length(place) * (CELL.0 + GAP);
        let card = Frame { x, y: top + ROW_HEAD, w: CELL.0, h: CELL.1 };
        canvas.rect(card, 6.0, "card");
        draw_panel(canvas, card.inset(12.0), view, &axis, SIZE);
    }
}

/// The stage, its load test, and what the load test itself measured.
fn draw_head(canvas: &mut Canvas, x: f64, y: f64, column: &Column<'_>) {
    let stage = shorten(column.stage, 18.0, true, CELL.0);
    canvas.text(x, y + 18.0, Words { size: 18.0, class: "b" }, &stage);
    let test = column.test;
    let load = format!("{} · {} connections · {} s", test.test, test.connections, test.seconds);
    canvas.text(x, y + 40.0, Words { size: 13.0, class: "soft" }, &shorten(&load, 13.0, false, CELL.0));
    let figures = shorten(&figures_line(&test.load.total), 13.0, false, CELL.0);
    canvas.text(x, y + 60.0, Words { size: 13.0, class: "" }, &figures);
}

/// The client's side: success, goodput, latency.
fn figures_line(figures: &Figures) -> String {
    // 99.95 % must not read as 100 %.
    let success = (figures.success * 10.0).floor() / 10.0;
    let rps = format_value(figures.rps.round(), None);
    let p99 = figures.p99.map_or_else(|| "–".to_owned(), |p99| format_value(p99, Some("ms")));
    format!("client: {success} % success · {rps}/s · p99 {p99}")
}
