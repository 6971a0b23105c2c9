//! The page "My work", and what its script must know of the course: titles, questions and tables by
//! id, without any answer. What learners wrote is in their browsers alone.

use rayon::prelude::*;
use serde::Serialize;

use crate::emit::print::html::{Links, print_html, print_plain, scenario_page, tutorial_page};
use crate::ir::{AnswerBox, Block, Cell, Node, Question, RichText, Table, TableUse, each_block};
use crate::model::{Course, Tutorial, TutorialPage};

use super::card::card;
use super::emit::IsWanted;
use super::frame::{Frame, frame_page};
use super::page::{Body, SitePage};
use super::subject::Subject;
use super::theme::Theme;

/// The page's address below the site.
pub(super) const WORK: &str = "my-work/";

/// The address of the data below the site.
pub(super) const WORK_DATA: &str = "my-work/course.json";

/// The page "My work".
pub(super) fn work_page(course: &Course, theme: &Theme) -> SitePage {
    let links = Links::new(course, WORK);
    let frame = Frame {
        subject: Subject::Other,
        kind: "work",
        title: theme.word("work"),
        description: theme.word("work-text"),
        trail: Vec::new(),
        under: WORK.to_owned(),
    };
    frame_page(theme, &links, frame, Body::Work {})
}

/// What scripts know of the course. Part of the contract with them, as keys and attributes are.
#[derive(Debug, Serialize)]
struct CourseData {
    course: String,
    title: String,
    /// Everything with questions or results, in the course's order.
    places: Vec<PlaceData>,
}

/// A scenario, or a page of a tutorial.
#[derive(Debug, Serialize)]
struct PlaceData {
    /// As in the keys: a scenario's id, or `tutorial:<tutorial>/<page>`.
    id: String,
    was: Vec<String>,
    tutorial: bool,
    label: String,
    title: String,
    /// Below the site.
    href: String,
    questions: Vec<QuestionData>,
    options: Vec<OptionsData>,
    results: Vec<ResultsData>,
}

#[derive(Debug, Serialize)]
struct QuestionData {
    id: String,
    was: Vec<String>,
    number: u32,
    kind: &'static str,
    /// Whether its choices can be checked.
    quiz: bool,
    /// Plain text.
    prompt: String,
    /// The name of each field and the words beside it.
    fields: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
struct OptionsData {
    /// The id of the section that they stand in.
    section: String,
    items: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
struct ResultsData {
    head: Vec<String>,
    /// A row's title and the keys of its cells.
    rows: Vec<(String, Vec<String>)>,
}

/// The data as JSON; `None` once it is not wanted any more.
pub(super) fn work_data(course: &Course, is_wanted: IsWanted<'_>) -> Option<String> {
    let scenarios = (0..course.scenarios.len()).into_par_iter();
    let scenarios = scenarios.map(|index| is_wanted().then(|| scenario_data(course, index)));
    let scenarios: Vec<Option<PlaceData>> = scenarios.collect::<Option<_>>()?;
    let pages = course
        .tutorials
        .iter()
        .flat_map(|tutorial| tutorial.pages.iter().filter_map(|page| tutorial_data(course, tutorial, page)));
    let data = CourseData {
        course: course.repository.clone(),
        title: course.title.clone(),
        places: scenarios.into_iter().flatten().chain(pages).collect(),
    };
    Some(serde_json::to_string(&data).unwrap_or_default())
}

fn scenario_data(course: &Course, index: usize) -> Option<PlaceData> {
    let scenario = &course.scenarios[index];
    let written = scenario.written.as_ref()?;
    let mut links = Links::for_scenario(course, index);
    links.definitions = written.definitions.join("\n\n");
    let shown = card(index, &Links::new(course, WORK));
    let place = PlaceData {
        id: scenario.id.clone(),
        was: scenario.was.clone(),
        tutorial: false,
        label: shown.label,
        title: shown.title,
        href: scenario_page(&scenario.id),
        questions: Vec::new(),
        options: Vec::new(),
        results: Vec::new(),
    };
    filled(place, &written.blocks, &links)
}

fn tutorial_data(course: &Course, tutorial: &Tutorial, page: &TutorialPage) -> Option<PlaceData> {
    let href = format!("{}{}/", tutorial_page(&tutorial.id), page.id);
    let mut links = Links::new(course, href.clone());
    links.definitions = page.definitions.join("\n\n");
    let was = tutorial.was.iter().map(|was| format!("tutorial:{was}/{}", page.id));
    let place = PlaceData {
        id: format!("tutorial:{}/{}", tutorial.id, page.id),
        was: was.collect(),
        tutorial: true,
        label: tutorial.title.clone(),
        title: page.title.clone(),
        href,
        questions: Vec::new(),
        options: Vec::new(),
        results: Vec::new(),
    };
    filled(place, &page.blocks, &links)
}

/// The place with what its page asks for; `None` where there is nothing to write into.
fn filled(mut place: PlaceData, blocks: &[Block], links: &Links<'_>) -> Option<PlaceData> {
    let mut section = "top".to_owned();
    each_block(blocks, &mut |block| match &block.node {
        Node::Heading(heading) if heading.level <= 3 => section.clone_from(&heading.id),
        Node::Question(question) => place.questions.push(question_data(question, links)),
        Node::Options(options) => {
            let items = options.items.iter().map(|item| {
                (item.id.clone(), format!("{} — {}", item.label, print_plain(&item.text, links)))
            });
            place.options.push(OptionsData { section: section.clone(), items: items.collect() });
        }
        Node::Table(table) if matches!(table.use_, TableUse::Results { .. }) => {
            place.results.push(results_data(table, links));
        }
        _ => {}
    });
    let is_empty = place.questions.is_empty() && place.options.is_empty() && place.results.is_empty();
    (!is_empty).then_some(place)
}

fn question_data(question: &Question, links: &Links<'_>) -> QuestionData {
    let quiz =
        matches!(&question.answer_box, AnswerBox::Choices { items } if items.iter().any(|item| item.right));
    QuestionData {
        id: question.id.clone(),
        was: question.was.clone(),
        number: question.number,
        kind: question.kind,
        quiz,
        prompt: words_of(&print_html(&question.prompt, links)),
        fields: fields(&question.answer_box, links),
    }
}

/// The fields as `print::html::question` names them.
fn fields(answer_box: &AnswerBox, links: &Links<'_>) -> Vec<(String, String)> {
    let plain = |text: &RichText| print_plain(text, links);
    match answer_box {
        AnswerBox::Free { label } => vec![("text".to_owned(), label.clone())],
        AnswerBox::List { items, .. } => (1..=*items).map(|at| (at.to_string(), format!("{at}."))).collect(),
        AnswerBox::Lines { labels } => {
            (1..).zip(labels).map(|(at, label): (usize, _)| (at.to_string(), label.clone())).collect()
        }
        AnswerBox::Choices { items } => {
            (1..).zip(items).map(|(at, item): (usize, _)| (at.to_string(), plain(&item.text))).collect()
        }
        AnswerBox::Table { head, rows, .. } => {
            let mut out = Vec::new();
            for (line, row) in (1..).zip(rows) {
                let name = row.first().map(plain).unwrap_or_default();
                for (at, _) in row.iter().enumerate().filter(|(_, cell)| cell.is_empty()) {
                    let column = head.get(at).map(plain).unwrap_or_default();
                    let parts = [name.as_str(), column.as_str()];
                    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                    let label =
                        if parts.is_empty() { String::new() } else { format!("{}:", parts.join(", ")) };
                    let line: usize = line;
                    out.push((format!("{line}.{}", at + 1), label));
                }
            }
            out
        }
    }
}

fn results_data(table: &Table, links: &Links<'_>) -> ResultsData {
    let rows = table.rows.iter().map(|row| {
        let title = match row.first() {
            Some(Cell::Text(text)) => print_plain(text, links),
            _ => String::new(),
        };
        let keys = row.iter().filter_map(|cell| match cell {
            Cell::Input { key } => Some(key.clone()),
            Cell::Text(_) => None,
        });
        (title, keys.collect())
    });
    ResultsData {
        head: table.head.iter().map(|cell| print_plain(cell, links)).collect(),
        rows: rows.collect(),
    }
}

/// The words between tags, in one line.
fn words_of(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for (at, piece) in html.split('<').enumerate() {
        out.push_str(if at == 0 { piece } else { piece.split_once('>').map_or("", |(_, text)| text) });
    }
    let text = out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'");
    text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::words_of;

    #[test]
    fn words_stand_in_one_line_without_tags() {
        assert_eq!(
            words_of("<p>One <em>two</em>.</p>\n<p>a &lt; b &amp;&amp; c</p>\n"),
            "One two. a < b && c"
        );
        assert_eq!(words_of(""), "");
    }
}
