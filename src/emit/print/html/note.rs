//! What a review build prints beside blocks: where a block comes from, and what was found there.

use std::fmt::Write as _;

use crate::diag::render::{RULES_PAGE, rule_anchor};
use crate::diag::{Applicability, SuppressedBy};
use crate::emit::review::{Finding, Note, NoteWords};
use crate::ir::Block;

use super::escape::{escape_attribute, escape_html};
use super::links::Links;

/// The notes of a block, each as HTML. None without a review.
pub(super) fn print_notes(block: &Block, links: &Links<'_>) -> Vec<String> {
    let notes = links.review.map(|notes| notes.of(block)).unwrap_or_default();
    notes.iter().map(|note| print_note(note, links)).collect()
}

/// Closed things are open for reviewers: what stands in their tag.
pub(super) fn open(links: &Links<'_>) -> &'static str {
    if links.review.is_some() { " open" } else { "" }
}

fn print_note(note: &Note, links: &Links<'_>) -> String {
    let mut out = print_source(note, links);
    out.extend(note.findings.iter().map(|&number| print_numbered(number, links)));
    out
}

/// `scenario.md:12` with its folder apart, so that a theme can leave that out until it is asked for.
fn print_source(note: &Note, links: &Links<'_>) -> String {
    let Some(notes) = links.review else { return String::new() };
    let at = note.place.rfind('/').map_or(0, |at| at + 1);
    let (folder, name) = note.place.split_at(at);
    let place = format!("<span class=\"source-folder\">{}</span>{}", escape_html(folder), escape_html(name));
    let place = match &note.edit {
        Some(href) => format!(
            "<a href=\"{}\"><span class=\"visually-hidden\">{} </span>{place}</a>",
            escape_attribute(href),
            escape_html(notes.words.get("review-edit"))
        ),
        None => format!(
            "<span class=\"visually-hidden\">{} </span>{place}",
            escape_html(notes.words.get("review-source"))
        ),
    };
    format!("<p class=\"source-place\" data-site>{place}</p>\n")
}

/// The findings that stand on top of the page.
#[must_use]
pub fn print_top_findings(links: &Links<'_>) -> String {
    let on_top = links.review.map_or(0, |notes| notes.page.on_top);
    (1..=on_top).map(|number| print_numbered(number, links)).collect()
}

/// A finding of the page with the ways to its neighbours.
fn print_numbered(number: usize, links: &Links<'_>) -> String {
    let Some(notes) = links.review else { return String::new() };
    let Some(finding) = notes.finding(number) else { return String::new() };
    let (words, last) = (notes.words, notes.page.order.len());
    let step =
        |to: usize, key: &str| format!("<a href=\"#finding-{to}\">{}</a>", escape_html(words.get(key)));
    let mut steps = Vec::new();
    if number > 1 {
        steps.push(step(number - 1, "review-previous"));
    }
    if number < last {
        steps.push(step(number + 1, "review-next"));
    }
    let head = format!("{} {number} {} {last}", words.get("review-finding"), words.get("of"));
    let ways = if steps.is_empty() { String::new() } else { steps.join(" ") };
    print_finding(finding, &format!(" id=\"finding-{number}\""), &escape_html(&head), &ways, words, links)
}

/// A finding that stands in a list: where it stands on pages is `ways`, in HTML.
#[must_use]
pub fn print_listed_finding(finding: &Finding, ways: &str, words: &NoteWords, links: &Links<'_>) -> String {
    print_finding(finding, "", "", ways, words, links)
}

fn print_finding(
    finding: &Finding,
    id: &str,
    head: &str,
    ways: &str,
    words: &NoteWords,
    links: &Links<'_>,
) -> String {
    let word = |key: &str| escape_html(words.get(key));
    let severity = finding.severity.word();
    let accepted = if finding.accepted.is_some() { " data-accepted" } else { "" };
    let href = links.to(&format!("{RULES_PAGE}#{}", rule_anchor(finding.code)));
    let mut out = format!(
        "<div class=\"finding\"{id} role=\"note\" data-severity=\"{severity}\"{accepted} data-site>\n\
         <p class=\"finding-head\"><span class=\"severity\" data-severity=\"{severity}\">{}</span> \
         <a class=\"finding-code\" href=\"{}\">{}</a>",
        word(&format!("severity-{severity}")),
        escape_attribute(&href),
        escape_html(finding.code)
    );
    if !head.is_empty() {
        let _ = write!(out, " <span class=\"finding-number\">{head}</span>");
    }
    let _ = writeln!(out, "</p>\n<p class=\"finding-message\">{}</p>", print_message(&finding.message));
    out.push_str(&print_details(finding, words));
    let _ = write!(
        out,
        "<p class=\"finding-foot\"><span class=\"visually-hidden\">{} </span><code>{}</code>",
        word("review-place"),
        escape_html(&finding.place)
    );
    if !ways.is_empty() {
        let _ = write!(out, " <span class=\"finding-ways\">{ways}</span>");
    }
    out.push_str("</p>\n</div>\n");
    out
}

/// Everything between message and place.
fn print_details(finding: &Finding, words: &NoteWords) -> String {
    let word = |key: &str| escape_html(words.get(key));
    let mut out = String::new();
    if let Some(accepted) = &finding.accepted {
        let by = match accepted.by {
            SuppressedBy::Comment => "review-accepted-comment",
            SuppressedBy::Course => "review-accepted-course",
            SuppressedBy::Baseline => "review-accepted-baseline",
        };
        let reason = accepted
            .reason
            .as_ref()
            .map(|reason| format!(" {} {}", word("review-reason"), print_message(reason)));
        let _ = writeln!(
            out,
            "<p class=\"finding-accepted\"><strong>{}</strong>{}</p>",
            word(by),
            reason.unwrap_or_default()
        );
    }
    if let Some(label) = &finding.label {
        let _ = writeln!(out, "<p>{}</p>", print_message(label));
    }
    let repair = finding.repair.map(|repair| match repair {
        Applicability::Safe => "repair-safe",
        Applicability::Unsafe => "repair-unsafe",
    });
    if finding.help.is_some() || repair.is_some() {
        let help = finding.help.as_ref().map(|help| format!(" {}.", print_message(help)));
        let repair = repair.map(|repair| format!(" {}", word(repair)));
        let _ = writeln!(
            out,
            "<p class=\"finding-help\"><strong>{}</strong>{}{}</p>",
            word("what-to-do"),
            help.unwrap_or_default(),
            repair.unwrap_or_default()
        );
    }
    for (place, text) in &finding.also {
        let text = if text.is_empty() { String::new() } else { format!(": {}", print_message(text)) };
        let _ = writeln!(
            out,
            "<p class=\"finding-also\">{} <code>{}</code>{text}</p>",
            word("review-also"),
            escape_html(place)
        );
    }
    if let Some((path, line)) = &finding.emitted {
        let _ = writeln!(
            out,
            "<p class=\"finding-also\">{} <code>{}</code>: <code>{}</code></p>",
            word("review-emitted"),
            escape_html(path),
            escape_html(line.trim())
        );
    }
    out
}

/// The words of a finding: plain text with code in backticks, which may quote anything.
fn print_message(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        let Some((code, after)) = after.split_once('`') else { break };
        let _ = write!(out, "{}<code>{}</code>", escape_html(before), escape_html(code));
        rest = after;
    }
    out + &escape_html(rest)
}

#[cfg(test)]
mod tests {
    use super::print_message;

    #[test]
    fn what_a_message_quotes_stays_text() {
        assert_eq!(print_message("`<b>` is no `a`"), "<code>&lt;b&gt;</code> is no <code>a</code>");
        assert_eq!(print_message("[a](b) and ` alone"), "[a](b) and ` alone");
    }
}
