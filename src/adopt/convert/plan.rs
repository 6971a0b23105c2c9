//! What a page becomes, decided before a word is written: roles of sections, fixes, and ids.

use std::collections::{BTreeMap, BTreeSet};

use super::concepts::Concepts;
use super::ids::{Ids, slug};
use crate::adopt::{Page, Part, PartKind, Purpose};
use crate::directive::page_ids::heading_id;
use crate::model::Role;
use crate::source::{Files, Span};
use crate::syntax::attributes::Attributes;

/// The plan of one page. Parts are named by their index.
#[derive(Debug, Default)]
pub(super) struct PagePlan {
    /// Roles of sections, and whether they are left out of the count.
    pub sections: BTreeMap<usize, SectionPlan>,
    /// The fixes in order.
    pub fixes: Vec<FixPlan>,
    /// Ids of headings, questions and options that need one.
    pub ids: BTreeMap<usize, Vec<String>>,
    /// Headings whose id has to be written, because their words give another one.
    pub explicit: BTreeSet<usize>,
    /// For each part the fix below whose heading it stands.
    pub fix_at: Vec<Option<usize>>,
}

/// A section.
#[derive(Clone, Debug)]
pub(super) struct SectionPlan {
    pub role: Option<Role>,
    pub unnumbered: bool,
}

/// A fix.
#[derive(Clone, Debug)]
pub(super) struct FixPlan {
    pub id: String,
    /// Its heading; `None` for one that has none on the page.
    pub part: Option<usize>,
    /// The part before which it stands then.
    pub before: usize,
    /// The number that its heading has.
    pub number: Option<u32>,
    pub about: Span,
}

/// Gives ids to what becomes an anchor of the page.
struct Namer<'a> {
    files: &'a Files,
    anchors: Ids,
}

/// Plans a page. `introduces` are the concepts that the scenario introduces.
pub(super) fn plan_page(
    files: &Files,
    page: &Page,
    concepts: &Concepts,
    introduces: &[String],
    purpose: Purpose,
) -> PagePlan {
    let mut plan = PagePlan { fix_at: vec![None; page.parts.len()], ..PagePlan::default() };
    plan_sections(files, page, concepts, introduces, &mut plan);
    if purpose == Purpose::Import {
        plan.let_symptoms_come_first();
    }
    let mut namer = Namer { files, anchors: Ids::default() };
    namer.anchors.reserve("broken");
    plan_fixes(page, &mut plan, &mut namer);
    namer.name_parts(page, concepts, introduces, &mut plan);
    plan
}

impl PagePlan {
    /// A course wants symptoms before code. Sections keep their place, so what comes too early is called
    /// something else.
    fn let_symptoms_come_first(&mut self) {
        let first =
            self.sections.iter().find(|(_, section)| section.role == Some(Role::Observe)).map(|(at, _)| *at);
        let Some(first) = first else { return };
        for (_, section) in
            self.sections.range_mut(..first).filter(|(_, section)| section.role == Some(Role::Understand))
        {
            section.role = Some(Role::Diagnose);
        }
    }
}

/// The parts of the section that begins at an index, its heading left out.
fn below(page: &Page, at: usize) -> impl Iterator<Item = (usize, &Part)> {
    let rest = page.parts.iter().enumerate().skip(at + 1);
    rest.take_while(|(_, part)| !matches!(part.kind, PartKind::Section(_) | PartKind::Title))
}

fn plan_sections(
    files: &Files,
    page: &Page,
    concepts: &Concepts,
    introduces: &[String],
    plan: &mut PagePlan,
) {
    let any_numbered = page
        .parts
        .iter()
        .any(|part| matches!(&part.kind, PartKind::Section(heading) if heading.step.is_some()));
    let mut seen_fix = false;
    let mut seen_step = false;
    for (at, part) in page.parts.iter().enumerate() {
        let PartKind::Section(heading) = &part.kind else { continue };
        let has_fix = below(page, at).any(|(_, part)| matches!(part.kind, PartKind::Fix(_)));
        let explains = below(page, at).any(|(_, part)| {
            let PartKind::Heading { level: 3, text } = &part.kind else { return false };
            concepts.named(files.slice(*text)).is_some_and(|concept| introduces.contains(&concept.id))
        });
        let guessed = heading.step.map(|_| match (seen_fix, seen_step) {
            (true, _) => Role::Verify,
            (false, false) => Role::Observe,
            (false, true) => Role::Diagnose,
        });
        let role = match heading.role {
            _ if has_fix => Some(Role::Fix),
            None | Some(Role::Recap) if explains && heading.step.is_none() => Some(Role::Concepts),
            Some(role) if role.is_step() || heading.step.is_none() => Some(role),
            _ => guessed,
        };
        let is_step = role.is_some_and(Role::is_step);
        seen_fix |= role == Some(Role::Fix);
        seen_step |= is_step;
        let unnumbered = is_step && any_numbered && heading.step.is_none();
        plan.sections.insert(at, SectionPlan { role, unnumbered });
    }
}

fn plan_fixes(page: &Page, plan: &mut PagePlan, namer: &mut Namer<'_>) {
    let mut in_section = false;
    for (at, part) in page.parts.iter().enumerate() {
        match &part.kind {
            PartKind::Section(_) => in_section = true,
            PartKind::Fix(heading) if in_section || level_of(namer.files, part) == 2 => {
                let id = namer.anchors.take(&heading.title.value, "the-fix");
                let number = heading.number.map(|number| number.value);
                plan.fixes.push(FixPlan {
                    id,
                    part: Some(at),
                    before: at,
                    number,
                    about: heading.title.span,
                });
            }
            _ => {}
        }
    }
    let mut current = None;
    for (at, part) in page.parts.iter().enumerate() {
        match &part.kind {
            PartKind::Section(_) | PartKind::Title => current = None,
            PartKind::Heading { level: 1..=3, .. } => current = None,
            PartKind::Fix(_) => current = plan.fixes.iter().position(|fix| fix.part == Some(at)),
            _ => {}
        }
        plan.fix_at[at] = current;
    }
}

/// The level of the heading that a part begins with.
pub(super) fn level_of(files: &Files, part: &Part) -> usize {
    let text = files.slice(part.span).trim_start();
    text.len() - text.trim_start_matches('#').len()
}

impl Namer<'_> {
    fn name_parts(&mut self, page: &Page, concepts: &Concepts, introduces: &[String], plan: &mut PagePlan) {
        let mut option_ids = Ids::default();
        let mut explained = BTreeSet::new();
        for (at, part) in page.parts.iter().enumerate() {
            let ids = match &part.kind {
                PartKind::Section(heading) => vec![self.heading(at, heading.title.span, plan)],
                PartKind::Heading { text, level } => {
                    let words = self.files.slice(*text);
                    let concept = concepts.named(words).filter(|concept| {
                        *level == 3 && introduces.contains(&concept.id) && !explained.contains(&concept.id)
                    });
                    match concept {
                        Some(concept) if self.anchors.reserve(&concept.id) => {
                            explained.insert(concept.id.clone());
                            if default_id(words) != concept.id || words.ends_with('}') {
                                plan.explicit.insert(at);
                            }
                            vec![concept.id.clone()]
                        }
                        _ => vec![self.heading(at, *text, plan)],
                    }
                }
                PartKind::Faq { question, .. } => vec![self.heading(at, *question, plan)],
                PartKind::Question(question) => {
                    let first = question.text.first().map_or("", |span| self.files.slice(*span));
                    vec![self.anchors.take(&few_words(first), "question")]
                }
                PartKind::Options(options) => options
                    .iter()
                    .map(|option| {
                        let name = option.name.or(option.text.first().copied());
                        option_ids.take(&few_words(name.map_or("", |span| self.files.slice(span))), "option")
                    })
                    .collect(),
                PartKind::Results => vec![self.anchors.take("results", "results")],
                _ => continue,
            };
            plan.ids.insert(at, ids);
        }
    }

    /// The id of a heading: the one that its words give, if that is free.
    fn heading(&mut self, at: usize, text: Span, plan: &mut PagePlan) -> String {
        let words = self.files.slice(text);
        let given = default_id(words);
        if !words.ends_with('}') && self.anchors.reserve(&given) {
            return given;
        }
        plan.explicit.insert(at);
        self.anchors.take(words, "section")
    }
}

/// The id that a heading has without being given one.
fn default_id(words: &str) -> String {
    heading_id(words, &Attributes::empty(Span::nowhere()))
}

/// The first words of a sentence, which are enough for an id.
fn few_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(6).collect();
    let words = words.join(" ");
    if slug(&words).is_empty() { text.to_owned() } else { words }
}
