//! Putting an id into a track file as a person would: one more line, everything else as it was.

use crate::diag::Sink;
use crate::source::Files;
use crate::syntax::yaml::{Node, Value, closest, parse_yaml};

/// Where the id stands afterwards.
#[derive(Debug, PartialEq, Eq)]
pub enum Place {
    /// It is in the group already, perhaps as a planned scenario with this title.
    Listed { title: Option<String> },
    /// The text of the track with the id at the end of the group.
    Added(String),
}

/// Adds `id` to a group of the track with this text.
///
/// # Errors
/// What to tell the author when there is no such group, or when the text is such that adding a
/// line would change anything else.
pub fn insert(text: &str, group: &str, id: &str) -> Result<Place, String> {
    // Offsets refer to the text as it is parsed: LF line ends, no byte order mark.
    let mut files = Files::default();
    let file = files.add_text("track.yml", text);
    let text = files.text(file).unwrap_or(text);
    let track = parse(text).ok_or("this is no valid YAML; `scenarist lint` says where")?;
    let found = find_group(&track, group)?;
    if let Some(entry) = entries(found).iter().find(|entry| entry_id(entry) == Some(id)) {
        let title = entry.get("title").and_then(Node::as_text).map(str::to_owned);
        return Ok(Place::Listed { title });
    }
    let before = ids(found);
    let changed = match found.get("scenarios") {
        Some(list) if is_flow(text, list) => into_flow(text, list, id),
        Some(Node { value: Value::List(items), .. }) if !items.is_empty() => below(text, items, id),
        _ => new_key(text, found, id),
    };
    let by_hand =
        || format!("add `- {id}` to `scenarios` of the group `{group}` by hand: its form is an unusual one");
    let changed = changed.ok_or_else(by_hand)?;
    let after = parse(&changed).and_then(|track| find_group(&track, group).ok().map(ids));
    let expected: Vec<String> = before.into_iter().chain([id.to_owned()]).collect();
    if after == Some(expected) { Ok(Place::Added(changed)) } else { Err(by_hand()) }
}

fn parse(text: &str) -> Option<Node> {
    let mut files = Files::default();
    let file = files.add_text("track.yml", text);
    let sink = Sink::default();
    let node = parse_yaml(&files, file, &sink)?;
    (!sink.has_errors()).then(|| node.as_ref().clone())
}

fn find_group<'a>(track: &'a Node, group: &str) -> Result<&'a Node, String> {
    let groups = track.get("groups").map(Node::items).unwrap_or_default();
    let id = |node: &'a Node| node.get("id").and_then(Node::as_text);
    groups.iter().find(|node| id(node) == Some(group)).ok_or_else(|| {
        let known: Vec<&str> = groups.iter().filter_map(id).collect();
        let help = match closest(group, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its groups are: {}", known.join(", ")),
        };
        format!("there is no group `{group}`\nhelp: {help}")
    })
}

fn entries(group: &Node) -> &[Node] {
    group.get("scenarios").map(Node::items).unwrap_or_default()
}

fn entry_id(entry: &Node) -> Option<&str> {
    entry.as_text().or_else(|| entry.get("id").and_then(Node::as_text))
}

fn ids(group: &Node) -> Vec<String> {
    entries(group).iter().filter_map(entry_id).map(str::to_owned).collect()
}

/// `[a, b]` on one line or several.
fn is_flow(text: &str, list: &Node) -> bool {
    text[list.span.range()].starts_with('[')
}

fn into_flow(text: &str, list: &Node, id: &str) -> Option<String> {
    let end = list.span.range().end;
    let close = text[..end].rfind(']')?;
    let inside = text[list.span.range().start + 1..close].trim_end();
    let at = list.span.range().start + 1 + inside.len();
    let separator = match () {
        () if list.items().is_empty() => "",
        () if inside.ends_with(',') => " ",
        () => ", ",
    };
    Some(format!("{}{separator}{id}{}", &text[..at], &text[at..]))
}

/// One more line after the last item, indented like it.
fn below(text: &str, items: &[Node], id: &str) -> Option<String> {
    let last = items.last()?.span.range();
    let line = text[..last.start].rfind('\n').map_or(0, |at| at + 1);
    let dash = text[line..last.start].find('-')?;
    let indent = &text[line..line + dash];
    if !indent.chars().all(|c| c == ' ') {
        return None;
    }
    let at = end_of_content(text, last.start, last.end);
    let line_break = if text[..at].ends_with('\n') { "" } else { "\n" };
    Some(format!("{}{line_break}{indent}- {id}\n{}", &text[..at], &text[at..]))
}

/// The end of the last line of a node that is neither empty nor a comment: those that follow
/// belong to what comes next. A comment on the line itself stays there.
fn end_of_content(text: &str, start: usize, end: usize) -> usize {
    let mut content_end = start;
    let mut at = start;
    for line in text[start..end].split_inclusive('\n') {
        let shown = line.trim();
        if !shown.is_empty() && !shown.starts_with('#') {
            content_end = at + line.trim_end().len();
        }
        at += line.len();
    }
    text[content_end..].find('\n').map_or(text.len(), |line_end| content_end + line_end + 1)
}

/// A group without scenarios: the key goes below its id.
fn new_key(text: &str, group: &Node, id: &str) -> Option<String> {
    if group.get("scenarios").is_some() {
        return None;
    }
    let (key, value) = group.entries().iter().find(|(key, _)| key.text == "id")?;
    let start = key.span.range().start;
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let indent = " ".repeat(text[line..start].chars().count());
    let at = end_of_content(text, value.span.range().start, value.span.range().end);
    Some(format!("{}{indent}scenarios: [{id}]\n{}", &text[..at], &text[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACK: &str = "\
title: T # the title
groups:
  - id: one
    name: One
    scenarios:
      - a
      # b is only planned
      - id: b
        title: B, one day
        summary: >-
          Long
          text.

  # The second half.
  - id: two
    scenarios: [c] # short
  - id: three
    name: Three
";

    fn added(group: &str) -> String {
        match insert(TRACK, group, "new") {
            Ok(Place::Added(text)) => text,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_line_is_added_after_the_last_entry() {
        let expected = TRACK.replace("          text.\n", "          text.\n      - new\n");
        assert_eq!(added("one"), expected);
    }

    #[test]
    fn a_short_list_gets_longer() {
        assert_eq!(added("two"), TRACK.replace("[c]", "[c, new]"));
    }

    #[test]
    fn a_group_without_scenarios_gets_the_key() {
        assert_eq!(added("three"), TRACK.replace("- id: three\n", "- id: three\n    scenarios: [new]\n"));
    }

    #[test]
    fn an_empty_list_is_filled() {
        let track = "groups:\n  - id: one\n    scenarios: []\n";
        assert_eq!(insert(track, "one", "a"), Ok(Place::Added(track.replace("[]", "[a]"))));
    }

    #[test]
    fn a_comment_beside_the_last_entry_stays_there() {
        let track =
            "groups:\n  - id: one\n    scenarios:\n      - a # first\n  - id: two\n    scenarios: [b]\n";
        let expected = track.replace("# first\n", "# first\n      - new\n");
        assert_eq!(insert(track, "one", "new"), Ok(Place::Added(expected)));
    }

    #[test]
    fn a_file_without_a_last_line_break_gets_one() {
        let track = "groups:\n  - id: one\n    scenarios:\n      - a";
        assert_eq!(insert(track, "one", "b"), Ok(Place::Added(format!("{track}\n      - b\n"))));
    }

    #[test]
    fn a_planned_scenario_keeps_its_place() {
        assert_eq!(insert(TRACK, "one", "b"), Ok(Place::Listed { title: Some("B, one day".to_owned()) }));
        assert_eq!(insert(TRACK, "one", "a"), Ok(Place::Listed { title: None }));
    }

    #[test]
    fn an_unknown_group_is_named() {
        let message = insert(TRACK, "tow", "x").unwrap_err();
        assert!(message.contains("did you mean `two`?"), "{message}");
    }

    #[test]
    fn the_real_tracks_can_be_extended() {
        for track in ["entry-to-mid", "mid-to-senior"] {
            let path = format!("{}/content/tracks/{track}.yml", env!("CARGO_MANIFEST_DIR"));
            let text = crate::cli::disk::read_text(path.as_str().into()).unwrap().unwrap();
            let node = parse(&text).unwrap();
            for group in node.get("groups").unwrap().items() {
                let id = group.get("id").and_then(Node::as_text).unwrap();
                assert!(matches!(insert(&text, id, "brand-new"), Ok(Place::Added(_))), "{track} {id}");
            }
        }
    }
}
