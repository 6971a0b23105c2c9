//! The list of all codes as one JSON document, for programs.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diag::{Applicability, CodeSpec, Example, about_group, group_of, repair_of};

/// Everything that `scenarist` can find, by group. Texts are English sentences with Markdown code in
/// backticks.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(title = "scenarist rules --format json")]
pub struct RulesDocument {
    /// Version of this format. It goes up when a key changes its meaning or vanishes.
    pub version: u32,
    pub groups: Vec<GroupRecord>,
}

/// A group of rules.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct GroupRecord {
    /// The part of its codes before the slash.
    pub name: String,
    /// What it looks at.
    pub about: String,
    pub rules: Vec<RuleRecord>,
}

/// A rule.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct RuleRecord {
    /// `group/name-of-the-fault`.
    pub code: String,
    pub severity: SeverityWord,
    /// What is wrong.
    pub what: String,
    /// Why it matters.
    pub why: String,
    /// What to do about it.
    pub fix: String,
    /// Where the rule comes from.
    pub source: String,
    /// Whether `scenarist lint --fix` has a repair: a safe one, or one that deserves a second look.
    pub repair: Option<RepairWord>,
    /// What a course can set under `lint.settings`.
    pub parameters: Vec<ParameterRecord>,
    pub examples: ExamplesRecord,
    /// Its place in the documentation of `scenarist`.
    pub docs: String,
}

/// How much a finding weighs, unless a course says otherwise.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeverityWord {
    Info,
    Warning,
    Error,
}

/// The kind of a repair.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RepairWord {
    Safe,
    Unsafe,
}

/// A number that a course can set.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ParameterRecord {
    pub name: String,
    pub default: f64,
    /// What it bounds, with its unit.
    pub about: String,
}

/// Examples that are run as tests.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ExamplesRecord {
    /// Each gives one finding, at the place between `«` and `»`.
    pub bad: Vec<ExampleRecord>,
    /// Each gives none.
    pub good: Vec<ExampleRecord>,
}

/// Files that are laid over a small course.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct ExampleRecord {
    pub files: Vec<FileRecord>,
}

/// A file of an example.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub struct FileRecord {
    /// Relative to the project.
    pub path: String,
    /// Empty where the file is missing; a first line `…` stands for what the file held before.
    pub text: String,
}

/// The version of the document.
const VERSION: u32 = 1;

/// The anchor of a code on pages that list all of them: `diagram-low-contrast`.
#[must_use]
pub fn rule_anchor(code: &str) -> String {
    code.replace('/', "-")
}

/// Where the page of all rules lies on the site of a course.
pub const RULES_PAGE: &str = "rules/";

/// The address of a rule on the site of a course; `site` ends with `/`.
#[must_use]
pub fn rule_address(site: &str, code: &str) -> String {
    format!("{site}{RULES_PAGE}#{}", rule_anchor(code))
}

/// Codes that are sorted by name, by group, each group with its name.
pub fn by_group<'s>(specs: &[&'s CodeSpec]) -> Vec<(&'static str, Vec<&'s CodeSpec>)> {
    let groups = crate::diag::ABOUT_GROUPS.iter().map(|(name, _)| *name);
    let of =
        |name: &str| specs.iter().copied().filter(|spec| group_of(spec.code) == name).collect::<Vec<_>>();
    groups.map(|name| (name, of(name))).filter(|(_, specs)| !specs.is_empty()).collect()
}

/// The document as JSON text.
#[must_use]
pub fn print_rules_json(specs: &[&CodeSpec]) -> String {
    let groups = by_group(specs).into_iter().map(|(name, specs)| GroupRecord {
        name: name.to_owned(),
        about: about_group(name).to_owned(),
        rules: specs.into_iter().map(record).collect(),
    });
    let document = RulesDocument { version: VERSION, groups: groups.collect() };
    serde_json::to_string_pretty(&document).unwrap_or_default() + "\n"
}

/// The JSON Schema of the document.
#[must_use]
pub fn rules_schema() -> serde_json::Value {
    schemars::schema_for!(RulesDocument).to_value()
}

fn record(spec: &CodeSpec) -> RuleRecord {
    use crate::diag::Severity;
    let severity = match spec.severity {
        Severity::Info => SeverityWord::Info,
        Severity::Warning => SeverityWord::Warning,
        Severity::Error => SeverityWord::Error,
    };
    let repair = repair_of(spec.code).map(|repair| match repair {
        Applicability::Safe => RepairWord::Safe,
        Applicability::Unsafe => RepairWord::Unsafe,
    });
    let parameters = spec.params.iter().map(|param| ParameterRecord {
        name: param.name.to_owned(),
        default: param.default,
        about: param.doc.to_owned(),
    });
    RuleRecord {
        code: spec.code.to_owned(),
        severity,
        what: spec.what.to_owned(),
        why: spec.why.to_owned(),
        fix: spec.fix.to_owned(),
        source: spec.source.to_owned(),
        repair,
        parameters: parameters.collect(),
        examples: ExamplesRecord { bad: examples(spec.bad), good: examples(spec.good) },
        docs: format!("docs/rules.md#{}", rule_anchor(spec.code)),
    }
}

fn examples(examples: &[Example]) -> Vec<ExampleRecord> {
    let file =
        |(path, text): &(&str, &str)| FileRecord { path: (*path).to_owned(), text: (*text).to_owned() };
    examples.iter().map(|example| ExampleRecord { files: example.files.iter().map(file).collect() }).collect()
}
