//! How wide words are in the embedded font, and words made to fit.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::syntax::svg::text_widths;

/// The size at which letters are measured.
const SIZE: f32 = 100.0;

/// Letters that texts here are made of, beside those of ASCII.
const MORE: &str = "·…–—µ°×²äöüÄÖÜß“”‘’→≥≤";

/// Advance of each letter at one pixel, regular and bold.
static WIDTHS: LazyLock<[BTreeMap<char, f64>; 2]> = LazyLock::new(|| [measure(400), measure(700)]);

fn measure(weight: u32) -> BTreeMap<char, f64> {
    let letters: Vec<char> = (' '..='~').chain(MORE.chars()).collect();
    // Between two others, since a space at an end has no width.
    let between = letters.iter().map(|letter| format!("n{letter}n"));
    let texts: Vec<String> = std::iter::once("nn".to_owned()).chain(between).collect();
    let widths = text_widths(&texts, SIZE, weight);
    let both = widths.first().copied().unwrap_or(0.0);
    let advances = widths.iter().skip(1).map(|width| f64::from((width - both) / SIZE));
    letters.into_iter().zip(advances).collect()
}

/// How much wider than Inter the fonts are that a browser without it takes, regular and bold.
const ALLOWANCE: [f64; 2] = [1.12, 1.22];

/// How much room some words need, in pixels, in Inter or a font like it.
pub fn width_of(words: &str, size: f64, bold: bool) -> f64 {
    drawn_width(words, size, bold) * ALLOWANCE[usize::from(bold)]
}

/// How wide some words are in Inter. Letters that were not measured count as wide ones.
fn drawn_width(words: &str, size: f64, bold: bool) -> f64 {
    let widths = &WIDTHS[usize::from(bold)];
    let letter = |letter: char| widths.get(&letter).copied().unwrap_or(1.0);
    words.chars().map(letter).sum::<f64>() * size
}

/// Words that are at most so wide; their end becomes an ellipsis.
pub fn shorten(words: &str, size: f64, bold: bool, room: f64) -> String {
    if width_of(words, size, bold) <= room {
        return words.to_owned();
    }
    let mut kept: Vec<char> = words.chars().collect();
    while kept.pop().is_some() {
        let text = format!("{}…", kept.iter().collect::<String>().trim_end());
        if width_of(&text, size, bold) <= room {
            return text;
        }
    }
    String::new()
}

/// A name that is at most so wide, cut in its middle: names of one legend mostly differ at their end.
pub fn shorten_name(name: &str, size: f64, room: f64) -> String {
    if width_of(name, size, false) <= room {
        return name.to_owned();
    }
    let letters: Vec<char> = name.chars().collect();
    let cut = |kept: usize| {
        let (head, tail) = (kept.div_ceil(2), kept / 2);
        let part = |letters: &[char]| letters.iter().collect::<String>();
        format!("{}…{}", part(&letters[..head]), part(&letters[letters.len() - tail..]))
    };
    let fits = (1..letters.len()).rev().map(cut).find(|text| width_of(text, size, false) <= room);
    fits.unwrap_or_default()
}

/// Words in lines that are at most so wide.
pub fn wrap(words: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width_of(&format!("{line} {word}"), size, false) <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(shorten(word, size, false, room)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::svg::missing_glyphs;

    #[test]
    fn words_are_as_wide_as_they_are_drawn() {
        for words in ["p99 latency", "histogram_quantile(0.99, …)", "1.07 s", " a b"] {
            let whole = text_widths(&[format!("n{words}n")], 20.0, 400);
            let drawn = f64::from(whole[0]) - 2.0 * drawn_width("n", 20.0, false);
            let own = drawn_width(words, 20.0, false);
            assert!((own - drawn).abs() <= drawn * 0.05, "{words}: {own} and {drawn}");
        }
        assert!(width_of("Wide", 20.0, true) > width_of("Wide", 20.0, false));
        assert!(missing_glyphs(MORE).is_empty());
    }

    #[test]
    fn long_words_are_cut() {
        let cut = shorten("a very long name of a series", 13.0, false, 90.0);
        assert!(cut.ends_with('…') && width_of(&cut, 13.0, false) <= 90.0, "{cut}");
        assert_eq!(shorten_name("GET /posts/:id/comments", 13.0, 100.0), "GET /…ments");
        assert_eq!(shorten("short", 13.0, false, 90.0), "short");
        assert_eq!(shorten("short", 13.0, false, 1.0), "");
        let lines = wrap("parse error: unclosed left parenthesis", 13.0, 120.0);
        assert!(
            lines.len() > 1 && lines.iter().all(|line| width_of(line, 13.0, false) <= 120.0),
            "{lines:?}"
        );
    }
}
