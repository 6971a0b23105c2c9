//! An example of a rule as text, with carets below the place that a finding points at.

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
    let mut left_out = false;
    for (line, is_kept) in lines.iter().zip(kept_lines(&lines)) {
        if is_kept {
            print_line(line, shown);
        } else if !left_out {
            shown.push_str("| …\n");
        }
        left_out = !is_kept;
    }
}

/// Of each line, whether it is shown.
fn kept_lines(lines: &[&str]) -> Vec<bool> {
    if lines.len() <= LONG {
        return vec![true; lines.len()];
    }
    let mut kept = vec![false; lines.len()];
    let mut keep = |from: usize, to: usize| kept[from..to.min(lines.len())].fill(true);
    let marked: Vec<usize> = (0..lines.len()).filter(|at| has_marks(lines[*at])).collect();
    if marked.is_empty() {
        keep(0, TOP);
    }
    for at in marked {
        keep(at.saturating_sub(AROUND), at + AROUND + 1);
    }
    kept
}

fn has_marks(line: &str) -> bool {
    !line.is_ascii() && line.contains(['«', '»'])
}

/// A line without its marks, and below it the carets that stand for them.
fn print_line(line: &str, shown: &mut String) {
    shown.push_str("| ");
    if has_marks(line) {
        shown.extend(line.split(['«', '»']));
        end_line(shown);
        shown.push_str("| ");
        push_carets(line, shown);
    } else {
        shown.push_str(line);
    }
    end_line(shown);
}

/// Ends a line without spaces before the end.
fn end_line(shown: &mut String) {
    shown.truncate(shown.trim_end().len());
    shown.push('\n');
}

fn push_carets(line: &str, shown: &mut String) {
    let mut marked = false;
    for c in line.chars() {
        match c {
            '«' => marked = true,
            '»' => {
                // An empty place still gets one caret, where something is missing.
                if !shown.ends_with('^') {
                    shown.push('^');
                }
                marked = false;
            }
            _ => shown.push(if marked { '^' } else { ' ' }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_stand_below_the_marked_place() {
        let printed = |line: &str| {
            let mut shown = "above\n".to_owned();
            print_line(line, &mut shown);
            shown["above\n".len()..].to_owned()
        };
        assert_eq!(printed("a «bc» d"), "| a bc d\n|   ^^\n");
        assert_eq!(printed("a«»"), "| a\n|  ^\n");
        assert_eq!(printed("»«"), "|\n| ^\n");
        assert_eq!(printed("plain – "), "| plain –\n");
        assert_eq!(printed(""), "|\n");
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
