//! An example of a rule as text, with carets below the place that a finding points at.

use std::collections::BTreeSet;

use crate::diag::code::Example;

/// A file with more lines than these is cut to what matters.
const LONG: usize = 24;

/// How many lines around a mark are shown of a long file, and of one without a mark at its top.
const AROUND: usize = 5;
const TOP: usize = 10;

/// The example's files, one below the other.
#[must_use]
pub fn print_example(example: &Example) -> String {
    let mut shown = String::new();
    for (path, text) in example.files {
        if text.is_empty() {
            shown.push_str(&format!("{path} (missing)\n"));
            continue;
        }
        let (path, text) = match text.strip_prefix("…\n") {
            Some(rest) => (format!("{path} (at its end)"), rest.trim_start_matches('\n')),
            None => ((*path).to_owned(), *text),
        };
        shown.push_str(&format!("{path}\n"));
        print_file(text, &mut shown);
    }
    shown
}

fn print_file(text: &str, shown: &mut String) {
    let lines: Vec<&str> = text.lines().collect();
    let kept = kept_lines(&lines);
    let mut left_out = false;
    for (at, line) in lines.iter().enumerate() {
        if kept.contains(&at) {
            shown.push_str(&print_line(line));
        } else if !left_out {
            shown.push_str("| …\n");
        }
        left_out = !kept.contains(&at);
    }
}

fn kept_lines(lines: &[&str]) -> BTreeSet<usize> {
    if lines.len() <= LONG {
        return (0..lines.len()).collect();
    }
    let marked = lines.iter().enumerate().filter(|(_, line)| line.contains(['«', '»'])).map(|(at, _)| at);
    let around: BTreeSet<usize> =
        marked.flat_map(|at| at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len())).collect();
    if around.is_empty() { (0..TOP).collect() } else { around }
}

/// A line without its marks, and below it the carets that stand for them.
fn print_line(line: &str) -> String {
    let plain: String = line.chars().filter(|c| !matches!(c, '«' | '»')).collect();
    let shown = format!("{}\n", format!("| {plain}").trim_end());
    if plain == line {
        return shown;
    }
    let mut carets = String::new();
    let mut marked = false;
    for c in line.chars() {
        match c {
            '«' => marked = true,
            '»' => {
                // An empty place still gets one caret, where something is missing.
                if !carets.ends_with('^') {
                    carets.push('^');
                }
                marked = false;
            }
            _ => carets.push(if marked { '^' } else { ' ' }),
        }
    }
    format!("{shown}| {}\n", carets.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_below_the_marked_place() {
        assert_eq!(print_line("a «bc» d"), "| a bc d\n|   ^^\n");
        assert_eq!(print_line("a«»"), "| a\n|  ^\n");
        assert_eq!(print_line("plain"), "| plain\n");
        assert_eq!(print_line(""), "|\n");
    }

    #[test]
    fn long_files_are_cut_around_their_marks() {
        let text: String =
            (0..40).map(|at| if at == 20 { "«x»\n".to_owned() } else { format!("{at}\n") }).collect();
        let mut shown = String::new();
        print_file(&text, &mut shown);
        assert!(shown.starts_with("| …\n| 15\n") && shown.ends_with("| 25\n| …\n"), "{shown}");
        assert_eq!(shown.lines().count(), 14);
    }
}
