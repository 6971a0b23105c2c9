//! The page of all rules. The specifications are handed in: the layer that checks comes later.

use crate::diag::render::{by_group, print_example, rule_anchor};
use crate::diag::{CodeSpec, Example, Repair, about_group, repair_of};
use crate::emit::print::html::{Links, print_inline_html};
use crate::ir::RichText;
use crate::model::Course;

use super::frame::{Frame, frame_page};
use super::page::{Body, RuleGroup, RuleParameter, RuleView, RulesPage, SitePage};
use super::theme::Theme;

/// Its address below the site.
pub(super) const RULES: &str = "rules/";

/// The page.
pub(super) fn rules_page(course: &Course, specs: &[&CodeSpec], theme: &Theme) -> SitePage {
    let links = Links::new(course, RULES);
    let groups = by_group(specs).into_iter().map(|(name, specs)| RuleGroup {
        name: name.to_owned(),
        anchor: format!("group-{name}"),
        about: print(about_group(name), &links),
        rules: specs.into_iter().map(|spec| rule(spec, &links)).collect(),
    });
    let body = RulesPage { groups: groups.collect(), count: specs.len() };
    let frame = Frame {
        kind: "rules",
        title: theme.word("rules"),
        description: theme.word("rules-text"),
        trail: Vec::new(),
        under: RULES.to_owned(),
    };
    frame_page(theme, &links, frame, Body::Rules(Box::new(body)))
}

fn rule(spec: &CodeSpec, links: &Links<'_>) -> RuleView {
    let parameters = spec.params.iter().map(|param| RuleParameter {
        name: param.name,
        default: param.default,
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
