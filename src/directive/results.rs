//! `results`: a table in which the learner compares stages.

use super::context::{Lower, block};
use super::reference::report_unresolved;
use super::spec::{AttributeSpec, DirectiveSpec, IdUse, ValueKind};
use crate::ir::{Block, Cell, Node, RichText, Table, TableUse};
use crate::manifest::measure::LoadTest;
use crate::model::Stage;
use crate::source::{Span, Spanned};
use crate::syntax::document::{Body, Directive, DirectiveShape};

pub static SPEC: DirectiveSpec = DirectiveSpec {
    shape: DirectiveShape { name: "results", body: Body::None, parents: &[], children: None },
    summary: "A table that compares stages, filled in by the learner.",
    notes: "Measures are `success`, `rps`, `p50`, `p99`, each also for one request (`p99@feed`), and `panel:id`. Cells with the same test, stage and measure share what was typed.",
    id: IdUse::Required,
    attributes: &[
        AttributeSpec {
            name: "stages",
            value: ValueKind::Ids,
            required: false,
            doc: "the stages; all of them if not given",
        },
        AttributeSpec {
            name: "measures",
            value: ValueKind::Words,
            required: false,
            doc: "the measures; what a load test prints if not given",
        },
        AttributeSpec {
            name: "rows",
            value: ValueKind::Word(&["stage", "measure", "request"]),
            required: false,
            doc: "what the rows are: stages if not given",
        },
        AttributeSpec {
            name: "extra",
            value: ValueKind::Text,
            required: false,
            doc: "the title of a last column of the learner's own",
        },
        AttributeSpec {
            name: "test",
            value: ValueKind::Id,
            required: false,
            doc: "the load test; the first one if not given",
        },
    ],
    example: "::results{#compare stages=\"broken\" measures=\"success p99\"}\n",
};

/// A column of results.
pub struct Column {
    pub title: String,
    /// The measure as in the source, for keys.
    pub measure: String,
}

/// A table of empty cells.
#[must_use]
pub fn lower(lower: &Lower<'_>, span: Span, directive: &Directive) -> Vec<Block> {
    let decoded = lower.decode(&SPEC, directive);
    let Some(id) = decoded.id.clone() else { return Vec::new() };
    let stages: Vec<&Stage> = match decoded.get("stages") {
        Some(_) => decoded.words("stages").iter().filter_map(|id| lower.find_stage(id)).collect(),
        None => lower.stages().iter().collect(),
    };
    let Some(first) = stages.first() else { return Vec::new() };
    let Some(test) = find_test(lower, first, decoded.get("test"), directive.opener) else {
        return Vec::new();
    };
    let mut measures = decoded.words("measures");
    if measures.is_empty() {
        measures.extend(super::loadtest::PRINTED.iter().map(|it| Spanned::new((*it).to_owned(), span)));
    }
    let columns = columns(lower, test, &measures);
    let extra = decoded.text("extra");
    let table = match decoded.text("rows") {
        Some("measure") => by_measure(lower, &stages, test, &columns, extra),
        Some("request") => by_request(lower, &stages, test, &columns, extra),
        _ => by_stage(lower, &stages, test, &columns, extra),
    };
    let (head, rows) = table;
    vec![block(span, Node::Table(Box::new(Table { use_: TableUse::Results { id: id.value }, head, rows })))]
}

/// The head and the rows of a table.
pub type Grid = (Vec<RichText>, Vec<Vec<Cell>>);

fn head_of(columns: &[Column], extra: Option<&str>) -> Vec<RichText> {
    let titles = columns.iter().map(|column| column.title.clone()).chain(extra.map(str::to_owned));
    std::iter::once(RichText::default()).chain(titles.map(RichText::plain)).collect()
}

/// A row for each stage.
pub fn by_stage(
    lower: &Lower<'_>,
    stages: &[&Stage],
    test: &LoadTest,
    columns: &[Column],
    extra: Option<&str>,
) -> Grid {
    let rows = stages.iter().map(|stage| {
        let mut row = input_row(lower.stage_title(&stage.id), columns, test.id.as_str(), &stage.id);
        row.extend(extra.map(|_| Cell::Input { key: format!("{}/{}/extra", test.id, stage.id) }));
        row
    });
    (head_of(columns, extra), rows.collect())
}

fn by_measure(
    lower: &Lower<'_>,
    stages: &[&Stage],
    test: &LoadTest,
    columns: &[Column],
    extra: Option<&str>,
) -> Grid {
    let titles = stages.iter().map(|stage| lower.stage_title(&stage.id)).chain(extra.map(str::to_owned));
    let head = std::iter::once(RichText::default()).chain(titles.map(RichText::plain)).collect();
    let rows = columns.iter().map(|column| {
        let mut row = vec![Cell::Text(RichText::plain(column.title.clone()))];
        row.extend(
            stages
                .iter()
                .map(|stage| Cell::Input { key: format!("{}/{}/{}", test.id, stage.id, column.measure) }),
        );
        row.extend(extra.map(|_| Cell::Input { key: format!("{}/extra/{}", test.id, column.measure) }));
        row
    });
    (head, rows.collect())
}

/// A row for each request at each stage.
pub fn by_request(
    lower: &Lower<'_>,
    stages: &[&Stage],
    test: &LoadTest,
    columns: &[Column],
    extra: Option<&str>,
) -> Grid {
    let mut rows = Vec::new();
    for stage in stages {
        for request in &test.requests {
            let title = format!("{}, `{}`", lower.stage_title(&stage.id), request.path.value);
            let mut row = vec![Cell::Text(RichText::plain(title))];
            row.extend(columns.iter().map(|column| Cell::Input {
                key: format!("{}/{}/{}@{}", test.id, stage.id, column.measure, request.id),
            }));
            row.extend(
                extra.map(|_| Cell::Input { key: format!("{}/{}/extra@{}", test.id, stage.id, request.id) }),
            );
            rows.push(row);
        }
    }
    (head_of(columns, extra), rows)
}

/// A row of empty cells under a title.
fn input_row(title: String, columns: &[Column], test: &str, stage: &str) -> Vec<Cell> {
    let inputs =
        columns.iter().map(|column| Cell::Input { key: format!("{test}/{stage}/{}", column.measure) });
    std::iter::once(Cell::Text(RichText::plain(title))).chain(inputs).collect()
}

/// The columns of measures; unknown ones are reported.
#[must_use]
pub fn columns(lower: &Lower<'_>, test: &LoadTest, measures: &[Spanned<String>]) -> Vec<Column> {
    measures.iter().filter_map(|measure| column(lower, test, measure)).collect()
}

fn column(lower: &Lower<'_>, test: &LoadTest, measure: &Spanned<String>) -> Option<Column> {
    let text = measure.value.as_str();
    if let Some(panel) = text.strip_prefix("panel:") {
        let panels = lower.scenario().map_or(&[][..], |scenario| &scenario.panels);
        let found = panels.iter().find(|found| found.id.as_str() == panel);
        if found.is_none() {
            let names: Vec<&str> = panels.iter().map(|panel| panel.id.as_str()).collect();
            report_unresolved(lower.sink, measure.span, "panel", panel, &names);
        }
        return found.map(|panel| Column { title: panel.title.value.clone(), measure: text.to_owned() });
    }
    let (name, request) = text.split_once('@').map_or((text, None), |(name, request)| (name, Some(request)));
    let title = match name {
        "success" => "Success rate",
        "rps" => "Requests/s",
        "p50" => "p50",
        "p99" => "p99",
        _ => {
            report_unresolved(
                lower.sink,
                measure.span,
                "measure",
                name,
                &["success", "rps", "p50", "p99", "panel:…"],
            );
            return None;
        }
    };
    let Some(request) = request else {
        return Some(Column { title: title.to_owned(), measure: text.to_owned() });
    };
    let found = test.requests.iter().find(|found| found.id.as_str() == request);
    if found.is_none() {
        let names: Vec<&str> = test.requests.iter().map(|request| request.id.as_str()).collect();
        report_unresolved(lower.sink, measure.span, "request", request, &names);
    }
    found.map(|found| Column { title: format!("{title}, `{}`", found.path.value), measure: text.to_owned() })
}

/// A load test of a stage: the named one, or the first.
#[must_use]
pub fn find_test<'s>(
    lower: &Lower<'_>,
    stage: &'s Stage,
    name: Option<&Spanned<String>>,
    at: Span,
) -> Option<&'s LoadTest> {
    let names: Vec<&str> = stage.loadtests.iter().map(|test| test.id.as_str()).collect();
    match name {
        Some(name) => {
            let found = stage.loadtests.iter().find(|test| test.id.as_str() == name.value);
            if found.is_none() {
                report_unresolved(lower.sink, name.span, "load test", &name.value, &names);
            }
            found
        }
        None => stage.loadtests.first().or_else(|| {
            report_unresolved(lower.sink, at, "load test", "main", &names);
            None
        }),
    }
}
