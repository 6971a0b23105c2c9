//! The page of all rules. The specifications are handed in: the layer that checks comes later.

use serde::Serialize;

use crate::diag::render::{RULES_PAGE, by_group, print_example, rule_anchor};
use crate::diag::{CodeSpec, Example, Repair, about_group, repair_of};
use crate::emit::print::html::{Links, print_inline_html};
use crate::ir::RichText;
use crate::model::Course;

use super::frame::{Frame, frame_page};
use super::page::{Body, SitePage};
use super::subject::Subject;
use super::theme::Theme;

/// The page of all rules by which a course is checked.
#[derive(Clone, Debug, Serialize)]
pub struct RulesPage {
    pub groups: Vec<RuleGroup>,
    pub count: usize,
}

/// A group of rules.
#[derive(Clone, Debug, Serialize)]
pub struct RuleGroup {
    pub name: String,
    /// Its anchor.
    pub anchor: String,
    /// HTML, inline: what it looks at.
    pub about: String,
    pub rules: Vec<RuleView>,
}

/// A rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleView {
    /// `group/name-of-the-fault`.
    pub code: String,
    /// Its anchor: the code with a hyphen for the slash.
    pub anchor: String,
    /// `error`, `warning`, `info`.
    pub severity: &'static str,
    /// HTML, inline: what is wrong.
    pub what: String,
    /// HTML, inline: why it matters.
    pub why: String,
    /// HTML, inline: what to do.
    pub fix: String,
    /// Where it comes from.
    pub source: String,
    /// `safe`, `unsafe`, or empty: whether the program can repair it.
    pub repair: &'static str,
    pub parameters: Vec<RuleParameter>,
    /// An example with a finding, as preformatted text; may be empty.
    pub bad: String,
    /// One without; may be empty.
    pub good: String,
}

/// A number that a course can set for a rule.
#[derive(Clone, Debug, Serialize)]
pub struct RuleParameter {
    pub name: &'static str,
    pub default: String,
    pub about: &'static str,
}

/// The page.
pub(super) fn rules_page(course: &Course, specs: &[&CodeSpec], theme: &Theme) -> SitePage {
    let links = Links::new(course, RULES_PAGE);
    let groups = by_group(specs).into_iter().map(|(name, specs)| RuleGroup {
        name: name.to_owned(),
        anchor: format!("group-{name}"),
        about: print(about_group(name), &links),
        rules: specs.into_iter().map(|spec| rule(spec, &links)).collect(),
    });
    let body = RulesPage { groups: groups.collect(), count: specs.len() };
    let frame = Frame {
        subject: Subject::Rules,
        kind: "rules",
        title: theme.word("rules"),
        description: theme.word("rules-text"),
        trail: Vec::new(),
        under: RULES_PAGE.to_owned(),
    };
    frame_page(theme, &links, frame, Body::Rules(Box::new(body)))
}

fn rule(spec: &CodeSpec, links: &Links<'_>) -> RuleView {
    let parameters = spec.params.iter().map(|param| RuleParameter {
        name: param.name,
        default: param.default.to_string(),
        about: param.doc,
    });
    let shown = |examples: &[Example]| examples.first().map(print_example).unwrap_or_default();
    RuleView {
        code: spec.code.to_owned(),
        anchor: rule_anchor(spec.code),
        severity: spec.severity.word(),
        what: print(spec.what, links),
        why: print(spec.why, links),
        fix: print(spec.fix, links),
        source: spec.source.to_owned(),
        repair: match repair_of(spec.code) {
            Some(Repair::Safe) => "safe",
            Some(Repair::Unsafe) => "unsafe",
            None => "",
        },
        parameters: parameters.collect(),
        bad: shown(spec.bad),
        good: shown(spec.good),
    }
}

fn print(text: &str, links: &Links<'_>) -> String {
    print_inline_html(&RichText::plain(text), links)
}
