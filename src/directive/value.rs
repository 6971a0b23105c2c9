//! Values in prose: `fact:`, `loadtest:`, `port:` and `run:`. The author writes the value, so that
//! the page is readable as it is; here it is compared with what it refers to.

use super::context::Lower;
use super::reference::report_unresolved;
use crate::diag::catalog::reference::{NOT_RECORDED, STALE_VALUE};
use crate::diag::{Applicability, Diagnostic};
use crate::source::{Span, Spanned};
use crate::syntax::document::Link;
use crate::syntax::yaml::{Node, Value, closest, one_of};

/// Checks the text of a value and gives it back as it is printed.
pub fn check_value(
    lower: &Lower<'_>,
    scheme: &str,
    name: &Spanned<String>,
    link: &Link,
    words: &str,
) -> String {
    if let Some((value, at)) = find_value(lower, scheme, name) {
        let is_share = scheme == "run" && [".success", ".share"].iter().any(|end| name.value.ends_with(end));
        check_text(lower, link, words, &value, is_share, at);
    }
    words.to_owned()
}

/// The value and where it is declared.
fn find_value(lower: &Lower<'_>, scheme: &str, name: &Spanned<String>) -> Option<(String, Option<Span>)> {
    let written = lower.written();
    match scheme {
        "fact" => {
            let facts = written.map(|written| &written.manifest.facts);
            let found = facts.and_then(|facts| facts.get(&name.value));
            if found.is_none() {
                let names: Vec<&str> = facts
                    .map(|facts| facts.iter().map(|(key, _)| key.value.as_str()).collect())
                    .unwrap_or_default();
                report_unresolved(lower.sink, name.span, "fact", &name.value, &names);
            }
            found.map(|fact| (fact.value.text.clone(), Some(fact.value.span)))
        }
        "port" => {
            let services = written.map_or(&[][..], |written| &written.services);
            let found = services.iter().find(|service| service.id == name.value);
            if found.is_none() {
                let names: Vec<&str> = services.iter().map(|service| service.id.as_str()).collect();
                report_unresolved(lower.sink, name.span, "service", &name.value, &names);
            }
            found.and_then(|service| Some((service.port?.to_string(), Some(service.span))))
        }
        "loadtest" => loadtest_value(lower, name),
        _ => run_value(lower, name),
    }
}

fn loadtest_value(lower: &Lower<'_>, name: &Spanned<String>) -> Option<(String, Option<Span>)> {
    let tests = lower.stage().map_or(&[][..], |stage| &stage.loadtests);
    let (test, field) = match name.value.split_once('.') {
        Some((test, field)) => (tests.iter().find(|found| found.id.as_str() == test), field),
        None => (tests.first(), name.value.as_str()),
    };
    let Some(test) = test else {
        let names: Vec<&str> = tests.iter().map(|test| test.id.as_str()).collect();
        report_unresolved(lower.sink, name.span, "load test", &name.value, &names);
        return None;
    };
    match field {
        "connections" => Some((test.connections.value.to_string(), Some(test.connections.span))),
        "seconds" => Some((test.seconds.value.to_string(), Some(test.seconds.span))),
        _ => {
            report_unresolved(
                lower.sink,
                name.span,
                "value of a load test",
                field,
                &["connections", "seconds"],
            );
            None
        }
    }
}

/// `stage.test.measure`, `stage.test.request.measure`, `stage.test.errors.1.share`.
fn run_value(lower: &Lower<'_>, name: &Spanned<String>) -> Option<(String, Option<Span>)> {
    let Some(run) = lower.recorded else {
        let message = "this scenario has no recorded run";
        let finding = Diagnostic::new(&NOT_RECORDED, name.span, message);
        lower.sink.push(finding.help(format!("run `{}`", record_command(lower))));
        return None;
    };
    let parts: Vec<&str> = name.value.split('.').collect();
    let mut node = match parts.first() {
        Some(first) => step_into(lower, run.get("stages")?, first, name)?,
        None => return None,
    };
    for (depth, part) in parts.iter().enumerate().skip(1) {
        let child = if depth == 1 { step_into(lower, node, "loadtests", name)? } else { node };
        node = match child
            .get("by-request")
            .filter(|requests| child.get(part).is_none() && requests.get(part).is_some())
        {
            Some(requests) => step_into(lower, requests, part, name)?,
            None => step_into(lower, child, part, name)?,
        };
    }
    let value = match &node.value {
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        _ => {
            let names: Vec<&str> = node.entries().iter().map(|(key, _)| key.text.as_str()).collect();
            report_unresolved(lower.sink, name.span, "single figure", &name.value, &names);
            return None;
        }
    };
    Some((value, Some(node.span)))
}

/// What an author types to record a run of the scenario at hand.
pub(super) fn record_command(lower: &Lower<'_>) -> String {
    format!(
        "scenarist rehearse {} --record",
        lower.scenario().map_or("<id>", |scenario| scenario.id.as_str())
    )
}

fn step_into<'n>(lower: &Lower<'_>, node: &'n Node, part: &str, name: &Spanned<String>) -> Option<&'n Node> {
    if let (Value::List(items), Ok(number)) = (&node.value, part.parse::<usize>()) {
        return number.checked_sub(1).and_then(|at| items.get(at)).or_else(|| {
            report_not_recorded(lower, name, part, &[]);
            None
        });
    }
    node.get(part).or_else(|| {
        let names: Vec<&str> = node.entries().iter().map(|(key, _)| key.text.as_str()).collect();
        report_not_recorded(lower, name, part, &names);
        None
    })
}

/// A figure that the recording lacks: a misspelt name, or one that only the next recording has.
fn report_not_recorded(lower: &Lower<'_>, name: &Spanned<String>, part: &str, known: &[&str]) {
    let finding = Diagnostic::new(&NOT_RECORDED, name.span, format!("the recorded run has no `{part}`"));
    let record = format!("`{}` records it", record_command(lower));
    let help = match closest(part, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => record,
        None => format!("it has {} here; {record}", one_of(known)),
    };
    lower.sink.push(finding.help(help));
}

/// The text must say the value, to as many digits as it shows.
fn check_text(lower: &Lower<'_>, link: &Link, words: &str, value: &str, is_share: bool, at: Option<Span>) {
    let Some(fresh) = refreshed(words, value, is_share) else { return };
    let message = if words.trim().is_empty() {
        format!("this value has no text; GitHub would show nothing where `{value}` is meant")
    } else {
        format!("the text says `{}`, the value is `{value}`", words.trim())
    };
    let mut finding = Diagnostic::new(&STALE_VALUE, link.span, message)
        .help(format!("write `[{fresh}]({})`", link.destination.value));
    if let Some(at) = at {
        finding = finding.also(at, "the value is declared here");
    }
    if lower.files.slice(link.text) == words {
        finding = finding.replace(Applicability::Safe, "write the value", link.text, fresh);
    }
    lower.sink.push(finding);
}

/// `None` when the text says the value; else the text as it should be.
fn refreshed(words: &str, value: &str, is_share: bool) -> Option<String> {
    let Ok(number) = value.parse::<f64>() else {
        return (words.trim() != value).then(|| value.to_owned());
    };
    let Some(range) = number_range(words) else { return Some(value.to_owned()) };
    let shown = &words[range.clone()];
    let digits = shown.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    let fresh = format!("{number:.digits$}");
    // 99.9 % is not 100 %: somebody was turned away.
    let hides_rest = is_share && number < 100.0 && fresh.starts_with("100");
    let fresh = if hides_rest { value.to_owned() } else { fresh };
    if shown.replace(',', "") == fresh {
        return None;
    }
    let fresh =
        if shown.contains(',') || (!words.contains(|c: char| c.is_ascii_digit()) && number >= 10_000.0) {
            with_thousands(&fresh)
        } else {
            fresh
        };
    Some(format!("{}{fresh}{}", &words[..range.start], &words[range.end..]))
}

fn number_range(words: &str) -> Option<std::ops::Range<usize>> {
    let start = words.find(|c: char| c.is_ascii_digit())?;
    let length = words[start..].find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.');
    let end = length.map_or(words.len(), |length| start + length);
    Some(start..start + words[start..end].trim_end_matches(['.', ',']).len())
}

/// A decimal number with commas between groups of three digits.
#[must_use]
pub fn with_thousands(number: &str) -> String {
    let (whole, fraction) =
        number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::refreshed;

    #[test]
    fn a_text_that_says_the_value_is_left_alone() {
        assert_eq!(refreshed("10,000", "10000", false), None);
        assert_eq!(refreshed("about 12 %", "12.3", false), None);
        assert_eq!(refreshed("12.3 %", "12.3", false), None);
        assert_eq!(refreshed("1.9 s", "1.87", false), None);
        assert_eq!(refreshed("feedapp", "feedapp", false), None);
    }

    #[test]
    fn a_text_that_says_something_else_is_rewritten_in_its_own_form() {
        assert_eq!(refreshed("9,000 rows", "10000", false), Some("10,000 rows".to_owned()));
        assert_eq!(refreshed("12.4 %", "12.31", false), Some("12.3 %".to_owned()));
        assert_eq!(refreshed("", "200", false), Some("200".to_owned()));
        assert_eq!(refreshed("shop", "feedapp", false), Some("feedapp".to_owned()));
    }

    #[test]
    fn nearly_all_is_not_all() {
        assert_eq!(refreshed("100 %", "99.9", true), Some("99.9 %".to_owned()));
        assert_eq!(refreshed("100 ms", "99.9", false), None);
        assert_eq!(refreshed("100 %", "100", true), None);
        assert_eq!(refreshed("99.9 %", "99.9", true), None);
    }
}
