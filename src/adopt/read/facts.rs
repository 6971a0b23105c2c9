//! Short facts: names, minutes, lists of concepts, words for a status. Used for the lines below a page's
//! title and for the README's tables and lists.

use super::marks::{has_phrase, unmarked, words};
use super::numbers::without_ornament;
use super::run::Run;
use super::vocabulary::{FACTS, Fact, STATUS, TIER};
use crate::adopt::FieldKind;
use crate::manifest::scenario::Status;
use crate::source::{Span, Spanned};

/// What a name is the name of.
pub(super) fn fact_of(name: &str) -> Option<Fact> {
    let plain = unmarked(name).to_lowercase();
    let plain = plain.trim().trim_end_matches(':').trim();
    let known = |names: &[&str], name: &str| names.contains(&name);
    let named = FACTS.iter().find(|(_, names)| known(names, plain));
    let named = named.or_else(|| {
        let plain = words(plain);
        FACTS.iter().find(|(_, names)| known(names, &plain))
    });
    named.map(|(fact, _)| *fact)
}

/// A fact below the title of a page.
pub(super) fn field_kind(name: &str, value: Run<'_>) -> FieldKind {
    match fact_of(name) {
        Some(Fact::Concepts) => FieldKind::Concepts(listed(value)),
        Some(Fact::BuildsOn) => FieldKind::BuildsOn(listed(value)),
        Some(Fact::Level) => FieldKind::Level,
        Some(Fact::Minutes) => {
            minutes(value.text).map_or(FieldKind::Other, |(from, to)| FieldKind::Minutes(from, to))
        }
        _ => FieldKind::Other,
    }
}

/// The things of a list in one line, each as written, without marks.
pub(super) fn listed(run: Run<'_>) -> Vec<Spanned<String>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut depth = 0_usize;
    let mut in_code = false;
    for (at, c) in run.text.char_indices().chain([(run.text.len(), ',')]) {
        match c {
            '`' => in_code = !in_code,
            '(' | '[' if !in_code => depth += 1,
            ')' | ']' if !in_code => depth = depth.saturating_sub(1),
            ',' | ';' | '·' if (depth == 0 && !in_code) || at == run.text.len() => {
                found.extend(listed_one(run.sub(start..at)));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    found
}

fn listed_one(run: Run<'_>) -> Option<Spanned<String>> {
    let run = run.trim().trim_matches(|c| matches!(c, '*' | '`' | '.') || c.is_whitespace());
    let plain = unmarked(run.text);
    let says_nothing =
        matches!(plain.to_lowercase().as_str(), "" | "—" | "–" | "-" | "none" | "nothing" | "n/a");
    // "Scenario 1, or the recap below": what follows "or" is another way, not another thing.
    (!says_nothing && !plain.to_lowercase().starts_with("or ")).then(|| Spanned::new(plain, run.span))
}

/// "45–60 min", "about 1 hour", "1.5 h", "40 to 50 minutes": least and most.
pub(super) fn minutes(text: &str) -> Option<(u32, u32)> {
    let plain = unmarked(text).to_lowercase();
    let mut numbers: Vec<f64> = Vec::new();
    let mut rest = plain.as_str();
    let mut factor = 1.0;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits = &rest[at..];
        let len = digits.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        numbers.push(digits[..len].trim_end_matches('.').parse().ok()?);
        rest = &digits[len..];
        let unit = rest.trim_start();
        if unit.starts_with("hour") || unit.starts_with("hr") || unit.starts_with("h ") || unit == "h" {
            factor = 60.0;
        }
        if numbers.len() == 2 {
            break;
        }
    }
    let in_minutes = |value: f64| (value * factor).clamp(0.0, 100_000.0).round();
    let (first, last) = (*numbers.first()?, *numbers.last()?);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "rounded and clamped above")]
    let whole = |value: f64| in_minutes(value) as u32;
    Some((whole(first), whole(last).max(whole(first))))
}

/// How far a scenario is, by the word for it.
pub(super) fn status_of(run: Run<'_>) -> Option<Spanned<Status>> {
    let run = run.trim();
    let plain = words(run.text);
    let found = STATUS.iter().find(|(_, marks)| {
        marks.iter().any(|mark| match mark.is_ascii() {
            true => plain.starts_with(mark) && has_phrase(&plain, mark),
            false => run.text.contains(mark),
        })
    });
    found.map(|(status, _)| Spanned::new(*status, run.span))
}

/// The word in a heading that says how much help there is.
pub(super) fn tier_in(run: Run<'_>) -> Option<Spanned<String>> {
    let mut at = 0;
    for word in run.text.split(|c: char| !c.is_alphabetic()) {
        let start = run.text[at..].find(word).map_or(at, |offset| at + offset);
        at = start + word.len();
        if TIER.contains(&word.to_lowercase().as_str()) {
            return Some(run.sub(start..at).spanned());
        }
    }
    None
}

/// "Name: value" or "**Name:** value" on its own, name and value trimmed.
pub(super) fn named_value(run: Run<'_>) -> Option<(Run<'_>, Run<'_>)> {
    let run = without_ornament(run.trim()).trim();
    let colon = run.text.find(':')?;
    let name = run.to(colon).trim_matches(|c| c.is_whitespace() || matches!(c, '*' | '_'));
    let value = run.from(colon + 1);
    let value = value.trim_start_matches(|c| c.is_whitespace() || matches!(c, '*' | '_'));
    let short = !name.is_blank() && name.text.len() <= 40 && !name.text.contains(['\n', '`', '[', '.']);
    // A colon inside of a word or an address ends no name.
    let spaced = run.text[colon + 1..].starts_with(|c: char| c.is_whitespace() || c == '*' || c == '_');
    (short && (spaced || value.is_blank())).then(|| (name, value.trim()))
}

/// A span with nothing in it, at the start of a run.
pub(super) fn nothing_at(run: Run<'_>) -> Span {
    run.to(0).span
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Files;

    #[test]
    fn times_are_read_in_many_forms() {
        for (text, expected) in [
            ("45–60 minutes", Some((45, 60))),
            ("40 to 50 minutes", Some((40, 50))),
            ("about 45 min", Some((45, 45))),
            ("1 hour", Some((60, 60))),
            ("1.5–2 h", Some((90, 120))),
            ("1–2 hours", Some((60, 120))),
            ("a while", None),
            ("99999999999999999999", Some((100_000, 100_000))),
        ] {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }

    #[test]
    fn lists_are_cut_outside_of_code_and_brackets() {
        let mut files = Files::default();
        let text = "**round trip**, `a, b`, [N+1 (x, y)](z), —, or the recap below";
        let file = files.add_text("a.md", text);
        let items = listed(Run::of(&files, Span::new(file, 0, text.len())));
        let items: Vec<(&str, &str)> =
            items.iter().map(|item| (item.as_str(), files.slice(item.span))).collect();
        assert_eq!(
            items,
            [("round trip", "round trip"), ("a, b", "a, b"), ("N+1 (x, y)", "[N+1 (x, y)](z)")]
        );
    }

    #[test]
    fn status_words_and_marks_are_known() {
        let mut files = Files::default();
        for (at, (text, expected)) in [
            ("ready", Some(Status::Ready)),
            ("✅ Done", Some(Status::Ready)),
            ("🚧", Some(Status::Draft)),
            ("*coming soon*", Some(Status::Planned)),
            ("In progress (half)", Some(Status::Draft)),
            ("unready", None),
        ]
        .into_iter()
        .enumerate()
        {
            let file = files.add_text(format!("{at}.md"), text);
            let run = Run::of(&files, Span::new(file, 0, text.len()));
            assert_eq!(status_of(run).map(|status| status.value), expected, "{text}");
        }
    }
}
