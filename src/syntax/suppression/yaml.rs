//! YAML. The tree says where values stand; a `#` in one of them is no comment.

use std::ops::Range;

use super::comment::Suppression;
use super::lines::{Reach, line_suppressions};
use crate::diag::Sink;
use crate::source::Files;
use crate::syntax::code::CommentStyle;
use crate::syntax::yaml::{Node, Value, parse_yaml};

/// The suppressions of a YAML text; without a tree, of one that may be YAML once it is filled in.
pub(super) fn yaml_suppressions(text: &str) -> Vec<Suppression> {
    let mut files = Files::default();
    let file = files.add_text("a.yml", text);
    let mut values = Vec::new();
    if let Some(node) = parse_yaml(&files, file, &Sink::default()) {
        collect(&node, &mut values);
    }
    values.sort_by_key(|range| range.start);
    line_suppressions(text, &[CommentStyle::Hash], Reach::Yaml, &values, true)
}

fn collect(node: &Node, values: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| collect(item, values)),
        Value::Map(entries) => {
            for (key, value) in entries {
                values.push(key.span.range());
                collect(value, values);
            }
        }
        Value::Text(_) | Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::Null => {
            values.push(node.span.range());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(text: &str) -> Vec<String> {
        let found = yaml_suppressions(text);
        found.into_iter().map(|it| text[it.covers].replace('\n', "|")).collect()
    }

    #[test]
    fn an_entry_is_covered_with_everything_below_it() {
        let text = "a: 1\n# allow a/b: c\nb:\n  c: 1\n\n  d: [\n    1\n  ]\ne: 2\n";
        assert_eq!(covered(text), ["# allow a/b: c|b:|  c: 1||  d: [|    1|  ]"]);
        let text = "list:\n  # allow a/b: c\n  - x: 1\n    y: 2\n  - z: 3\n";
        assert_eq!(covered(text), ["# allow a/b: c|  - x: 1|    y: 2"]);
        let text = "# allow a/b: c\nlist:\n- x\n- y\nz: 1\n";
        assert_eq!(covered(text), ["# allow a/b: c|list:|- x|- y"]);
    }

    #[test]
    fn at_the_end_of_a_line_it_covers_the_line() {
        assert_eq!(covered("a: 1\nb: 2 # allow a/b: c\nc: 3\n"), ["b: 2 # allow a/b: c"]);
    }

    #[test]
    fn what_stands_in_values_is_no_comment() {
        for text in [
            "a: |\n  # allow a/b: c\n  x\nb: 1\n",
            "a: >-\n  x # allow a/b: c\n  y\n",
            "a: 'x # allow a/b: c'\n",
            "a: \"x\n  # allow a/b: c\"\n",
        ] {
            assert_eq!(covered(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_is_no_yaml_yet_is_read_line_by_line() {
        assert_eq!(covered("a: [= x =]: y: [\n# allow a/b: c\nb: 1\n"), ["# allow a/b: c|b: 1"]);
    }
}
