//! Columns and paragraphs for a terminal, by the width that characters have there.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// On which side the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    Left,
    Right,
}

/// A column: its heading, its side, and how wide it may be; longer cells are cut. `None` is what the
/// other columns leave.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub heading: &'static str,
    pub align: Align,
    pub most: Option<usize>,
}

const GAP: usize = 2;

/// Rows under their headings, no line wider than `most`, each line ended; columns without a cell are
/// left out.
pub fn print_grid(columns: &[Column], rows: &[Vec<String>], most: usize) -> String {
    let shown = widths(columns, rows, most);
    let headings: Vec<String> = columns.iter().map(|column| column.heading.to_owned()).collect();
    let mut out = String::new();
    for row in std::iter::once(&headings).chain(rows) {
        let cells = shown
            .iter()
            .map(|(at, width)| pad(row.get(*at).map_or("", String::as_str), *width, columns[*at].align));
        out.push_str(cells.collect::<Vec<_>>().join(&" ".repeat(GAP)).trim_end());
        out.push('\n');
    }
    out
}

/// The columns that have a cell, and their widths.
fn widths(columns: &[Column], rows: &[Vec<String>], most: usize) -> Vec<(usize, usize)> {
    let used = |at: usize| rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty()));
    let natural = |at: usize| {
        let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.width());
        cells.max().unwrap_or(0).max(columns[at].heading.width())
    };
    let shown: Vec<usize> = (0..columns.len()).filter(|at| used(*at)).collect();
    let fixed = shown.iter().filter_map(|at| Some(natural(*at).min(columns[*at].most?)));
    let taken = fixed.sum::<usize>() + GAP * shown.len().saturating_sub(1);
    let left = most.saturating_sub(taken);
    shown.iter().map(|at| (*at, natural(*at).min(columns[*at].most.unwrap_or(left)))).collect()
}

fn pad(text: &str, width: usize, align: Align) -> String {
    let text = cut(text, width);
    let blank = " ".repeat(width.saturating_sub(text.width()));
    match align {
        Align::Left => text + &blank,
        Align::Right => blank + &text,
    }
}

/// A text of this width at most; what is missing is marked.
pub fn cut(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut width = 1;
    for c in text.chars() {
        width += c.width().unwrap_or(0);
        if width > most {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// A text of one line: control characters, which logs have, would move the terminal's cursor.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Lines of this width at most, the second and later ones indented; line breaks of the text stay.
pub fn wrap(text: &str, most: usize, indent: usize) -> String {
    let mut out = String::new();
    let mut line = String::new();
    let mut put = |line: &mut String| {
        out.push_str(line.trim_end());
        out.push('\n');
        *line = " ".repeat(indent);
    };
    for (at, paragraph) in text.lines().enumerate() {
        if at > 0 {
            put(&mut line);
        }
        for mut word in plain(paragraph).split(' ').filter(|word| !word.is_empty()) {
            let full = line.width() + word.width() > most;
            if full && line.width() > indent {
                put(&mut line);
            }
            while line.width() + word.width() > most {
                let at = fitting(word, most - line.width());
                line.push_str(&word[..at]);
                word = &word[at..];
                put(&mut line);
            }
            line.push_str(word);
            line.push(' ');
        }
    }
    put(&mut line);
    out
}

/// The end of the longest start of a word that fits, of one character at least.
fn fitting(word: &str, most: usize) -> usize {
    let mut width = 0;
    for (at, c) in word.char_indices() {
        width += c.width().unwrap_or(0);
        if width > most && at > 0 {
            return at;
        }
    }
    word.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_and_combining_characters_keep_columns_aligned() {
        let columns = [
            Column { heading: "stage", align: Align::Left, most: Some(10) },
            Column { heading: "p50", align: Align::Right, most: Some(10) },
            Column { heading: "empty", align: Align::Left, most: Some(10) },
        ];
        let rows = ["索引", "e\u{301}tude", "feed-index-long", "→ ✓"]
            .map(|name| vec![name.to_owned(), "63 ms".to_owned(), String::new()]);
        let lines: Vec<String> = print_grid(&columns, &rows, 40).lines().map(str::to_owned).collect();
        assert_eq!(lines[0], "stage         p50");
        assert_eq!(lines[1], "索引        63 ms");
        assert_eq!(lines[3], "feed-inde…  63 ms");
        assert!(lines.iter().all(|line| line.width() == 17), "{lines:#?}");
    }

    #[test]
    fn one_column_takes_what_the_others_leave() {
        let columns = [
            Column { heading: "a", align: Align::Left, most: None },
            Column { heading: "b", align: Align::Left, most: Some(3) },
        ];
        let row = vec!["abcdefghijkl".to_owned(), "uvwxyz".to_owned()];
        assert_eq!(print_grid(&columns, &[row], 12), "a        b\nabcdef…  uv…\n");
    }

    #[test]
    fn paragraphs_are_wrapped_and_long_words_broken() {
        assert_eq!(wrap("one two three\nfour", 9, 2), "one two\n  three\n  four\n");
        assert_eq!(wrap("abcdefghijkl", 8, 2), "abcdefgh\n  ijkl\n");
        assert_eq!(wrap("a\u{1b}[31mb", 20, 2), "a [31mb\n");
        assert_eq!(wrap("索引索引", 5, 2), "索引\n  索\n  引\n");
    }
}
