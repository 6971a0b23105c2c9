//! YAML against the events of saphyr.

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::agreement::{Agreement, texts};
use crate::spans::classes;

#[test]
fn keys_and_scalars_are_those_that_saphyr_finds() {
    let mut agreement = Agreement::default();
    for (_, text) in texts(&["yml", "yaml"]) {
        compare(&mut agreement, &text);
    }
    agreement.assert_at_least(0.998, 20_000);
}

fn compare(agreement: &mut Agreement, text: &str) {
    // Tests of this repository have broken files on purpose.
    let Ok(events) = Parser::new_from_str(text).collect::<Result<Vec<_>, _>>() else { return };
    let classes = classes("yaml", text);
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let byte = |index: usize| bytes[index.min(bytes.len() - 1)];
    let mut covered = vec![false; text.len()];
    // For each open collection: whether a key comes next; nothing in a sequence.
    let mut open: Vec<Option<bool>> = Vec::new();
    for (event, span) in events {
        let (start, end) = (byte(span.start.index()), byte(span.end.index()));
        let is_key = open.last().copied().flatten() == Some(true);
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                turn(&mut open);
                open.push(matches!(event, Event::MappingStart(..)).then_some(true));
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
            }
            Event::Alias(_) => {
                agreement.look(text, &classes, start..end, &["variable"]);
                turn(&mut open);
            }
            Event::Scalar(value, style, ..) => {
                let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
                // The sign of a block scalar is plain.
                let body =
                    if block { start + text[start..].find('\n').map_or(0, |at| at + 1) } else { start };
                covered[start..end.max(start)].fill(true);
                let wanted: &[&str] = match style {
                    _ if is_key => &["attribute"],
                    ScalarStyle::Plain if value.parse::<f64>().is_ok() => &["number"],
                    ScalarStyle::Plain => &["plain", "number"],
                    _ => &["string"],
                };
                if !value.is_empty() && body < end {
                    agreement.look(text, &classes, body..end, wanted);
                }
                turn(&mut open);
            }
            _ => {}
        }
    }
    look_at_comments(agreement, text, &classes, &covered);
}

/// After a node in a mapping comes a value, or the next key.
fn turn(open: &mut [Option<bool>]) {
    if let Some(Some(key)) = open.last_mut() {
        *key = !*key;
    }
}

/// A `#` that is in no scalar opens a comment.
fn look_at_comments(agreement: &mut Agreement, text: &str, classes: &[&str], covered: &[bool]) {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let found = (0..line.len()).find(|at| line.as_bytes()[*at] == b'#' && !covered[start + at]);
        if let Some(at) = found {
            agreement.look(text, classes, start + at..start + line.trim_end().len(), &["comment"]);
        }
        start += line.len();
    }
}
