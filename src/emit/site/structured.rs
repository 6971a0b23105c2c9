//! What a page is in terms of schema.org, for search engines: JSON that stands in a data block.

use serde_json::{Map, Value as Json, json};

use super::page::SitePage;
use super::subject::Subject;
use super::theme::Theme;
use crate::emit::print::html::{Links, print_plain, scenario_page, track_page, tutorial_page};
use crate::manifest::scenario::{Kind, Status};
use crate::model::{Course, Scenario};

/// The description of a page; `None` when nobody knows its address on the web, and for pages that
/// are not to be found.
pub(super) fn structured(course: &Course, page: &SitePage, theme: &Theme) -> Option<String> {
    let site = course.site.as_deref().filter(|_| page.indexed)?;
    let address = page.canonical.as_deref()?;
    let subject = page.subject;
    let mut graph = vec![match subject {
        Subject::Home => course_entry(course, site, page),
        Subject::Track(index) => track_entry(course, site, page, index),
        _ => resource(course, site, page, subject, theme),
    }];
    graph.extend(breadcrumbs(page, address));
    let document = json!({ "@context": "https://schema.org", "@graph": graph });
    Some(for_script(&document))
}

/// JSON that can stand in a `script` element: no text in it can end the element or open a comment.
fn for_script(document: &Json) -> String {
    let mut out = String::new();
    for letter in document.to_string().chars() {
        match letter {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            letter => out.push(letter),
        }
    }
    out
}

/// What every description begins with.
fn common(kind: &str, page: &SitePage) -> Map<String, Json> {
    let mut out = Map::new();
    let mut put = |key: &str, value: Json| drop(out.insert(key.to_owned(), value));
    put("@type", json!(kind));
    put("name", json!(page.title));
    if !page.description.is_empty() {
        put("description", json!(page.description));
    }
    put("url", json!(page.canonical));
    put("inLanguage", json!(page.language));
    if let Some(image) = &page.card.image {
        put("image", json!(image.address));
    }
    out
}

fn provider(course: &Course) -> Json {
    let owner = course.repository.split('/').next().unwrap_or_default();
    json!({ "@type": "Organization", "name": owner, "url": format!("https://github.com/{owner}") })
}

fn course_id(site: &str) -> Json {
    json!(format!("{site}#course"))
}

fn course_entry(course: &Course, site: &str, page: &SitePage) -> Json {
    let mut out = common("Course", page);
    out.insert("@id".to_owned(), course_id(site));
    out.insert("provider".to_owned(), provider(course));
    out.insert("isAccessibleForFree".to_owned(), json!(true));
    let tracks = course.tracks.iter().map(|track| {
        let address = format!("{site}{}", track_page(&track.id));
        json!({ "@type": "Course", "@id": format!("{address}#course"), "name": track.title, "url": address })
    });
    out.insert("hasPart".to_owned(), tracks.collect());
    Json::Object(out)
}

fn track_entry(course: &Course, site: &str, page: &SitePage, index: usize) -> Json {
    let track = &course.tracks[index];
    let links = Links::for_track(course, index);
    let mut out = common("Course", page);
    out.insert("@id".to_owned(), json!(format!("{site}{}#course", track_page(&track.id))));
    out.insert("provider".to_owned(), provider(course));
    out.insert("isAccessibleForFree".to_owned(), json!(true));
    out.insert("isPartOf".to_owned(), json!({ "@id": course_id(site) }));
    let before = print_plain(&track.before, &links);
    if !before.is_empty() {
        out.insert("coursePrerequisites".to_owned(), json!(before));
    }
    let all = track.groups.iter().flat_map(|group| &group.scenarios);
    let open: Vec<&Scenario> = all.map(|&index| &course.scenarios[index]).collect();
    let parts = open.iter().filter(|scenario| scenario.status != Status::Planned).map(|scenario| {
        let address = format!("{site}{}", scenario_page(&scenario.id));
        json!({ "@type": "LearningResource", "name": scenario.title, "url": address })
    });
    out.insert("hasPart".to_owned(), parts.collect());
    out.insert("teaches".to_owned(), names(course, open.iter().flat_map(|scenario| &scenario.introduces)));
    out.retain(|_, value| !value.as_array().is_some_and(Vec::is_empty));
    Json::Object(out)
}

/// The names of concepts, each once.
fn names<'a>(course: &Course, concepts: impl Iterator<Item = &'a usize>) -> Json {
    let mut found: Vec<&str> = Vec::new();
    for concept in concepts.filter_map(|&index| course.concepts.get(index)) {
        if !found.contains(&concept.name.as_str()) {
            found.push(&concept.name);
        }
    }
    json!(found)
}

fn resource(course: &Course, site: &str, page: &SitePage, subject: Subject, theme: &Theme) -> Json {
    let mut out = common("LearningResource", page);
    out.insert("isPartOf".to_owned(), json!({ "@type": "Course", "@id": course_id(site) }));
    match subject {
        Subject::Scenario(index) => scenario(course, index, theme, &mut out),
        Subject::Concept(index) => {
            let about = json!({ "@type": "DefinedTerm", "name": course.concepts[index].name });
            out.insert("about".to_owned(), about);
        }
        Subject::Tutorial(index) => {
            out.insert("learningResourceType".to_owned(), json!(theme.word("tutorial")));
            out.insert("teaches".to_owned(), names(course, course.tutorials[index].uses.iter()));
        }
        Subject::TutorialPage(index, _) => {
            let tutorial = &course.tutorials[index];
            let address = format!("{site}{}", tutorial_page(&tutorial.id));
            let whole = json!({ "@type": "LearningResource", "name": tutorial.title, "url": address });
            out.insert("isPartOf".to_owned(), whole);
        }
        _ => {}
    }
    out.retain(|_, value| !value.as_array().is_some_and(Vec::is_empty));
    Json::Object(out)
}

fn scenario(course: &Course, index: usize, theme: &Theme, out: &mut Map<String, Json>) {
    let scenario = &course.scenarios[index];
    let mut put = |key: &str, value: Json| drop(out.insert(key.to_owned(), value));
    let kind = match scenario.kind {
        Kind::Exercise => "kind-exercise",
        Kind::Challenge => "kind-challenge",
        Kind::Failure => "kind-failure",
        Kind::CaseStudy => "kind-case-study",
    };
    put("learningResourceType", json!(theme.word(kind)));
    put(
        "creativeWorkStatus",
        json!(theme.word(match scenario.status {
            Status::Planned => "status-planned",
            Status::Draft => "status-draft",
            Status::Ready => "status-ready",
        })),
    );
    if let Some(tier) = course.tier_of(index) {
        put("educationalLevel", json!(tier.name));
    }
    if let Some(minutes) = scenario.minutes {
        put("timeRequired", json!(format!("PT{}M", minutes.to)));
    }
    if let Some(day) = &scenario.published {
        put("datePublished", json!(day));
    }
    if let Some(day) = &scenario.updated {
        put("dateModified", json!(day));
    }
    put("teaches", names(course, scenario.introduces.iter().chain(&scenario.deepens)));
    put("competencyRequired", names(course, scenario.uses.iter()));
}

/// The way to the page; none for the home page.
fn breadcrumbs(page: &SitePage, address: &str) -> Option<Json> {
    if page.breadcrumbs.is_empty() {
        return None;
    }
    let steps = page.breadcrumbs.iter().enumerate().map(|(at, crumb)| {
        let item = if crumb.href.is_empty() { address.to_owned() } else { resolve(address, &crumb.href) };
        json!({ "@type": "ListItem", "position": at + 1, "name": crumb.label, "item": item })
    });
    Some(json!({ "@type": "BreadcrumbList", "itemListElement": steps.collect::<Vec<_>>() }))
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
        let text = for_script(&json!({ "name": "</script><!--<script> & \u{2028}" }));
        assert!(!text.contains(['<', '>', '&', '\u{2028}']), "{text}");
        let back: Json = serde_json::from_str(&text).unwrap_or_default();
        assert_eq!(back["name"], "</script><!--<script> & \u{2028}");
    }

    #[test]
    fn relative_addresses_are_resolved() {
        let from = "https://example.org/course/tracks/entry/";
        assert_eq!(resolve(from, "../../"), "https://example.org/course/");
        assert_eq!(resolve(from, "../../concepts/#x"), "https://example.org/course/concepts/#x");
        assert_eq!(resolve(from, "./"), "https://example.org/course/tracks/entry/");
    }
}
