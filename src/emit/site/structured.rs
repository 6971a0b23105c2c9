//! What a page is in terms of schema.org, for search engines: JSON that stands in a data block.

use serde::Serialize;

use super::page::SitePage;
use super::subject::Subject;
use super::theme::Theme;
use crate::emit::print::html::{Links, print_plain, scenario_page, track_page, tutorial_page};
use crate::manifest::scenario::{Kind, Status};
use crate::model::{Course, Scenario};

/// The data block.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Entry<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Entry<'a> {
    Page(Box<Described<'a>>),
    Way(Way<'a>),
}

/// A page. The names are schema.org's; of what is not known, nothing is said.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Described<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    url: &'a str,
    in_language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    provider: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_accessible_for_free: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    learning_resource_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creative_work_status: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    educational_level: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_required: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<&'a str>,
    #[serde(skip_serializing_if = "String::is_empty")]
    course_prerequisites: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    has_part: Option<Vec<Named<'a>>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    teaches: Vec<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    competency_required: Vec<&'a str>,
}

/// What a description names.
#[derive(Default, Serialize)]
struct Named<'a> {
    #[serde(rename = "@type", skip_serializing_if = "str::is_empty")]
    kind: &'static str,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
}

/// The way to a page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Way<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item_list_element: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    item: String,
}

/// The description of a page; `None` when nobody knows its address on the web, and for pages that
/// are not to be found.
pub(super) fn structured(course: &Course, page: &SitePage, theme: &Theme) -> Option<String> {
    let site = course.site.as_deref().filter(|_| page.indexed)?;
    let address = page.canonical.as_deref()?;
    let described = Described {
        kind: "LearningResource",
        name: &page.title,
        description: &page.description,
        url: address,
        in_language: &page.language,
        image: page.card.image.as_ref().map(|image| image.address.as_str()),
        ..Described::default()
    };
    let described = match page.subject {
        Subject::Home => describe_course(course, site, described),
        Subject::Track(index) => describe_track(course, site, index, described),
        subject => describe_resource(course, site, subject, theme, described),
    };
    let mut graph = vec![Entry::Page(Box::new(described))];
    graph.extend(way(page, address).map(Entry::Way));
    // Texts can always be written.
    let json = serde_json::to_string(&Document { context: "https://schema.org", graph }).unwrap_or_default();
    Some(for_script(&json))
}

/// JSON that can stand in a `script` element: no text in it can end the element or open a comment.
fn for_script(json: &str) -> String {
    const MARKS: [char; 5] = ['<', '>', '&', '\u{2028}', '\u{2029}'];
    let mut out = String::with_capacity(json.len());
    let mut rest = json;
    while let Some((before, mark)) = rest.find(MARKS).and_then(|at| Some((at, rest[at..].chars().next()?))) {
        out.push_str(&rest[..before]);
        out.push_str(match mark {
            '<' => "\\u003c",
            '>' => "\\u003e",
            '&' => "\\u0026",
            '\u{2028}' => "\\u2028",
            _ => "\\u2029",
        });
        rest = &rest[before + mark.len_utf8()..];
    }
    out + rest
}

fn describe_course<'a>(course: &'a Course, site: &str, page: Described<'a>) -> Described<'a> {
    let tracks = course.tracks.iter().map(|track| {
        let address = format!("{site}{}", track_page(&track.id));
        Named {
            kind: "Course",
            id: Some(format!("{address}#course")),
            name: Some(&track.title),
            url: Some(address),
        }
    });
    Described {
        kind: "Course",
        id: Some(course_id(site)),
        provider: Some(provider(course)),
        is_accessible_for_free: Some(true),
        has_part: Some(tracks.collect()),
        ..page
    }
}

fn provider(course: &Course) -> Named<'_> {
    let owner = course.repository.split('/').next().unwrap_or_default();
    Named {
        kind: "Organization",
        name: Some(owner),
        url: Some(format!("https://github.com/{owner}")),
        ..Named::default()
    }
}

fn course_id(site: &str) -> String {
    format!("{site}#course")
}

fn describe_track<'a>(course: &'a Course, site: &str, index: usize, page: Described<'a>) -> Described<'a> {
    let track = &course.tracks[index];
    let links = Links::for_track(course, index);
    let all = track.groups.iter().flat_map(|group| &group.scenarios);
    let all: Vec<&Scenario> = all.map(|&index| &course.scenarios[index]).collect();
    let open = all.iter().filter(|scenario| scenario.status != Status::Planned);
    let parts: Vec<Named<'_>> = open
        .map(|scenario| resource(&scenario.title, format!("{site}{}", scenario_page(&scenario.id))))
        .collect();
    Described {
        kind: "Course",
        id: Some(format!("{site}{}#course", track_page(&track.id))),
        provider: Some(provider(course)),
        is_accessible_for_free: Some(true),
        is_part_of: Some(Named { id: Some(course_id(site)), ..Named::default() }),
        course_prerequisites: print_plain(&track.before, &links),
        has_part: Some(parts).filter(|parts| !parts.is_empty()),
        teaches: names(course, all.iter().flat_map(|scenario| &scenario.introduces)),
        ..page
    }
}

fn resource(name: &str, address: String) -> Named<'_> {
    Named { kind: "LearningResource", name: Some(name), url: Some(address), ..Named::default() }
}

/// The names of concepts, each once.
fn names<'a>(course: &'a Course, concepts: impl Iterator<Item = &'a usize>) -> Vec<&'a str> {
    let mut found: Vec<&str> = Vec::new();
    for concept in concepts.filter_map(|&index| course.concepts.get(index)) {
        if !found.contains(&concept.name.as_str()) {
            found.push(&concept.name);
        }
    }
    found
}

fn describe_resource<'a>(
    course: &'a Course,
    site: &str,
    subject: Subject,
    theme: &Theme,
    page: Described<'a>,
) -> Described<'a> {
    let whole = Named { kind: "Course", id: Some(course_id(site)), ..Named::default() };
    let page = Described { is_part_of: Some(whole), ..page };
    match subject {
        Subject::Scenario(index) => describe_scenario(course, index, theme, page),
        Subject::Concept(index) => {
            let name = Some(course.concepts[index].name.as_str());
            Described { about: Some(Named { kind: "DefinedTerm", name, ..Named::default() }), ..page }
        }
        Subject::Tutorial(index) => Described {
            learning_resource_type: Some(theme.word("tutorial")),
            teaches: names(course, course.tutorials[index].uses.iter()),
            ..page
        },
        Subject::TutorialPage(index, _) => {
            let tutorial = &course.tutorials[index];
            let address = format!("{site}{}", tutorial_page(&tutorial.id));
            Described { is_part_of: Some(resource(&tutorial.title, address)), ..page }
        }
        _ => page,
    }
}

fn describe_scenario<'a>(
    course: &'a Course,
    index: usize,
    theme: &Theme,
    page: Described<'a>,
) -> Described<'a> {
    let scenario = &course.scenarios[index];
    let kind = match scenario.kind {
        Kind::Exercise => "kind-exercise",
        Kind::Challenge => "kind-challenge",
        Kind::Failure => "kind-failure",
        Kind::CaseStudy => "kind-case-study",
    };
    let status = match scenario.status {
        Status::Planned => "status-planned",
        Status::Draft => "status-draft",
        Status::Ready => "status-ready",
    };
    Described {
        learning_resource_type: Some(theme.word(kind)),
        creative_work_status: Some(theme.word(status)),
        educational_level: course.tier_of(index).map(|tier| tier.name.as_str()),
        time_required: scenario.minutes.map(|minutes| format!("PT{}M", minutes.to)),
        date_published: scenario.published.as_deref(),
        date_modified: scenario.updated.as_deref(),
        teaches: names(course, scenario.introduces.iter().chain(&scenario.deepens)),
        competency_required: names(course, scenario.uses.iter()),
        ..page
    }
}

/// The way to the page; none for the home page.
fn way<'a>(page: &'a SitePage, address: &str) -> Option<Way<'a>> {
    if page.breadcrumbs.is_empty() {
        return None;
    }
    let steps = page.breadcrumbs.iter().enumerate().map(|(at, crumb)| {
        let item = if crumb.href.is_empty() { address.to_owned() } else { resolve(address, &crumb.href) };
        Step { kind: "ListItem", position: at + 1, name: &crumb.label, item }
    });
    Some(Way { kind: "BreadcrumbList", item_list_element: steps.collect() })
}

/// A relative address, seen from one that ends with a slash.
fn resolve(from: &str, to: &str) -> String {
    let mut base = from.trim_end_matches('/');
    let mut rest = to;
    loop {
        if let Some(shorter) = rest.strip_prefix("../") {
            base = base.rsplit_once('/').map_or(base, |(parent, _)| parent);
            rest = shorter;
        } else if let Some(shorter) = rest.strip_prefix("./") {
            rest = shorter;
        } else {
            return format!("{base}/{rest}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_can_end_the_element() {
        let name = "</script><!--<script> & \u{2028}\u{2029}–";
        let text = for_script(&serde_json::json!({ "name": name }).to_string());
        assert!(!text.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{text}");
        let back: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
        assert_eq!(back["name"], name);
    }

    #[test]
    fn relative_addresses_are_resolved() {
        let from = "https://example.org/course/tracks/entry/";
        assert_eq!(resolve(from, "../../"), "https://example.org/course/");
        assert_eq!(resolve(from, "../../concepts/#x"), "https://example.org/course/concepts/#x");
        assert_eq!(resolve(from, "./"), "https://example.org/course/tracks/entry/");
    }
}
