//! `pedagogy/passive-options`.

use super::reading::{Kind, for_each_page};
use super::text::{Code, is_gap, plain, sentences, words};
use crate::check::Checked;
use crate::diag::{CodeSpec, Diagnostic, Severity, Sink};
use crate::source::Span;
use crate::syntax::document::{Block, BlockKind, Item};

pub static SPEC: CodeSpec = CodeSpec {
    code: "pedagogy/passive-options",
    severity: Severity::Warning,
    what: "An option does not say what it costs.",
    why: "Without a price there is nothing to weigh: the option that sounds best wins, and nobody has decided anything.",
    fix: "Say in at least two sentences what the option gains and what it costs: money, memory, waiting, staleness, work.",
    source: "platform-vision.md, Tradeoffs Before Solutions Principle",
    params: &[],
    bad: &[
        page!(
            until_fix!(),
            fix_heading!(),
            ":::options\n- {#remove} **Remove the loop.** The work is gone for good. Somebody has to be sure that nobody needed it.\n- {#more-machines} «**Run more copies of the app.** Nothing has to be understood first.»\n\n",
            which_way!(),
            ":::\n\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
        page!(
            until_fix!(),
            fix_heading!(),
            ":::options\n- {#remove} «Remove the loop»\n- {#more-machines} **Run more copies of the app.** Nothing has to be understood first. Each copy costs money and wastes it in the same way.\n\n",
            which_way!(),
            ":::\n\n",
            hints!(),
            change!(),
            after!(),
            after_fix!()
        ),
    ],
    good: &[page!(
        until_fix!(),
        fix_heading!(),
        ":::options\n- {#remove} **Remove the loop.** The work is gone for good; somebody has to be sure that nobody needed it.\n- {#more-machines} **Run more copies of the app**, at a higher price.\n- {#cache} **Keep the answer for ten seconds.** Most requests come back at once, but new posts show up late.\n\n",
        which_way!(),
        ":::\n\n",
        hints!(),
        change!(),
        after!(),
        after_fix!()
    )],
};

/// Words that name a price, or announce one.
const PRICES: [&str; 47] = [
    "although",
    "but",
    "complex",
    "complexity",
    "complicated",
    "cost",
    "costs",
    "delay",
    "delayed",
    "downtime",
    "effort",
    "expensive",
    "harder",
    "however",
    "late",
    "later",
    "lose",
    "loses",
    "lost",
    "longer",
    "money",
    "needs",
    "pay",
    "pays",
    "price",
    "refused",
    "require",
    "requires",
    "restart",
    "risk",
    "risks",
    "slower",
    "slow",
    "slows",
    "stale",
    "staleness",
    "still",
    "takes",
    "though",
    "tradeoff",
    "unless",
    "wait",
    "waits",
    "waste",
    "wastes",
    "worse",
    "yet",
];

/// Judges by form: two statements, or one with a word that names a price. What the statements are
/// worth is left to the author.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for_each_page(checked, |reading| {
        for event in &reading.events {
            let Kind::Options(directive) = event.kind else { continue };
            for (block, item) in items(&directive.children) {
                if has_price(checked, block, item) {
                    continue;
                }
                let finding = Diagnostic::new(&SPEC, item.content, "this option does not say what it costs");
                sink.push(
                    finding
                        .help("add a sentence about its price: money, memory, waiting, staleness, more work"),
                );
            }
        }
    });
}

/// The options themselves, with the block that holds them.
fn items(children: &[Block]) -> impl Iterator<Item = (&Block, &Item)> {
    children
        .iter()
        .filter_map(|block| match &block.kind {
            BlockKind::List(list) => Some((block, list)),
            _ => None,
        })
        .flat_map(|(block, list)| list.items.iter().map(move |item| (block, item)))
}

fn has_price(checked: &Checked<'_>, block: &Block, item: &Item) -> bool {
    let source = checked.files.slice(item.content);
    if is_gap(source) {
        return true;
    }
    let text = plain(source, item.content.start as usize, &block.links, Code::Kept);
    let name = name_len(checked, item.content);
    let body = &text[name..];
    if words(body).iter().any(|word| PRICES.contains(&word.text.as_ref())) {
        return true;
    }
    let statements: usize =
        sentences(body).iter().map(|sentence| body[sentence.clone()].split([';', ':']).count()).sum();
    statements >= 2
}

/// How long the option's name is: what stands in bold at its start.
fn name_len(checked: &Checked<'_>, content: Span) -> usize {
    let text = checked.files.slice(content);
    let name = text.strip_prefix("**").and_then(|rest| rest.find("**"));
    name.map_or(0, |len| len + 4)
}
