//! Which pictures there are, and what they are called.

use camino::Utf8PathBuf;

use crate::rehearse::measured::{Rehearsed, TestRun};
use crate::rehearse::panels::dashboard;
use crate::rehearse::plan::Plan;
use crate::syntax::grafana::Dashboard;
use crate::syntax::svg::render_png;

use super::canvas::{Canvas, Frame, Words};
use super::card::draw_panel;
use super::letters::shorten;
use super::overview::{Column, draw_overview};
use super::view::View;

/// A picture and where it belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// `<scenario>/<stage>-<test>-<panel>.svg`, or `<scenario>/overview.svg`.
    pub path: Utf8PathBuf,
    pub svg: String,
}

/// Width and height of a single panel.
const PANEL: (f64, f64) = (640.0, 340.0);

/// The pictures of a rehearsal's last round, in which every stage has been warm before: the
/// overview, then each panel of each stage and load test. None without panels.
#[must_use]
pub fn gallery(plan: &Plan, rehearsed: &Rehearsed) -> Vec<Picture> {
    let boards: Vec<Option<Dashboard>> = plan.stages.iter().map(dashboard).collect();
    let columns = columns_of(plan, rehearsed, &boards);
    if columns.iter().all(|column| column.views.is_empty()) {
        return Vec::new();
    }
    let mut pictures: Vec<Picture> = Vec::new();
    let overview = draw_overview(&plan.title, &columns);
    add(&mut pictures, &plan.id, "overview", overview);
    for column in &columns {
        for view in &column.views {
            let name = slug(&format!("{} {} {}", column.stage, column.test.test, view.panel.title));
            add(&mut pictures, &plan.id, &name, draw_single(column, view));
        }
    }
    pictures
}

/// A picture as PNG, in its light colors.
///
/// # Errors
/// What is wrong with it, in words.
pub fn to_png(svg: &str) -> Result<Vec<u8>, String> {
    render_png(svg)
}

/// Names that are taken get a number.
fn add(pictures: &mut Vec<Picture>, scenario: &str, name: &str, svg: String) {
    let path = |name: &str| Utf8PathBuf::from(format!("{scenario}/{name}.svg"));
    let numbered = (2..).map(|number| path(&format!("{name}-{number}")));
    let free = std::iter::once(path(name))
        .chain(numbered)
        .find(|path| !pictures.iter().any(|picture| picture.path == *path));
    pictures.extend(free.map(|path| Picture { path, svg }));
}

/// The stages of each load test, next to each other.
fn columns_of<'r>(
    plan: &'r Plan,
    rehearsed: &'r Rehearsed,
    boards: &'r [Option<Dashboard>],
) -> Vec<Column<'r>> {
    let mut tests: Vec<&str> = Vec::new();
    for test in plan.stages.iter().flat_map(|stage| &stage.loadtests) {
        if !tests.contains(&test.id.as_str()) {
            tests.push(test.id.as_str());
        }
    }
    let mut columns = Vec::new();
    for id in tests {
        for (stage, board) in plan.stages.iter().zip(boards) {
            if let Some(test) = last_run(rehearsed, &stage.id, id) {
                columns.push(Column { stage: &stage.id, test, views: views_of(test, board.as_ref()) });
            }
        }
    }
    columns
}

fn last_run<'r>(rehearsed: &'r Rehearsed, stage: &str, test: &str) -> Option<&'r TestRun> {
    let runs = rehearsed.rounds.iter().rev().flat_map(|round| &round.stages);
    let mut own = runs.filter(|run| run.stage == stage && run.control.is_none());
    own.find_map(|run| run.tests.iter().find(|run| run.test == test))
}

/// The panels of a load test with their settings, which come in the same order.
fn views_of<'r>(test: &'r TestRun, board: Option<&'r Dashboard>) -> Vec<View<'r>> {
    let mut settings =
        board.into_iter().flat_map(|board| &board.panels).filter(|panel| !panel.targets.is_empty());
    test.panels
        .iter()
        .map(|panel| {
            let own = settings.next().filter(|own| own.title == panel.title);
            View::new(panel, test, own)
        })
        .collect()
}

fn draw_single(column: &Column<'_>, view: &View<'_>) -> String {
    let (w, h) = PANEL;
    let test = column.test;
    let title = &view.panel.title;
    let alone = format!("{title} at {} during the load test {}", column.stage, test.test);
    let mut canvas = Canvas::new(w, h, &alone);
    let card = Frame { x: 0.5, y: 0.5, w: w - 1.0, h: h - 1.0 };
    canvas.rect(card, 6.0, "card");
    let inside = card.inset(16.0);
    canvas.text(
        inside.x,
        inside.y + 14.0,
        Words { size: 17.0, class: "b" },
        &shorten(title, 17.0, true, inside.w),
    );
    let about = format!("{} · {} · {} connections", column.stage, test.test, test.connections);
    let about = shorten(&about, 13.0, false, inside.w);
    canvas.text(inside.x, inside.y + 36.0, Words { size: 13.0, class: "soft" }, &about);
    let frame = Frame { y: inside.y + 50.0, h: inside.h - 50.0, ..inside };
    let axis = View::axis(std::iter::once(view));
    draw_panel(&mut canvas, frame, view, &axis, 13.0);
    canvas.finish()
}

/// A file's name made from words: small letters, digits, single hyphens.
fn slug(words: &str) -> String {
    let mut name = String::new();
    for letter in words.chars().flat_map(char::to_lowercase) {
        if letter.is_ascii_alphanumeric() {
            name.push(letter);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests;
