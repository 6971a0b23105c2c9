//! What usvg is not given changes nothing: pictures are measured with all of their words and without.

use proptest::prelude::*;

use super::*;
use crate::syntax::svg::samples::pictures;

/// How many texts a picture has, and how many of them usvg was not given.
fn compare(text: &str) -> [usize; 2] {
    let Ok(markup) = Markup::parse(text) else { return [0; 2] };
    let sheets = markup.sheets();
    let (brief, whole) = (Instruments::new(&markup, &sheets), Instruments::new(&markup, &sheets).whole());
    let mut texts = 0;
    for scheme in [Scheme::Light, Scheme::Dark] {
        let measured = [&brief, &whole].map(|it| measure_in(&markup, &sheets, it, (scheme, &|_, _| true)));
        texts = measured[0].as_ref().map_or(0, |drawing| drawing.texts.len());
        let [brief, whole] = measured.map(|drawing| format!("{drawing:#?}"));
        assert_eq!(brief, whole, "{text}");
    }
    [texts, brief.twins().len()]
}

#[test]
fn every_picture_is_measured_as_with_all_of_its_words() {
    let mut sum = [0; 2];
    for (_, text) in pictures() {
        sum.iter_mut().zip(compare(&text)).for_each(|(sum, count)| *sum += count);
    }
    let [texts, twins] = sum;
    assert!(texts > 500 && twins * 3 > texts, "{sum:?}");
}

fn words() -> impl Strategy<Value = String> {
    let plain = "[A-Z][a-z]{1,9}( [a-z]{1,5}){0,2}";
    let odd = "[ \n]{0,2}[a-zA-Z.,-]{0,5}( |  |\n|\t| \u{a0}|ö|→|&amp;|&#8594;|<!-- a -->|<title>a</title>|\u{e001}|数|ב){1,3}[a-z]{0,4} {0,2}";
    let [plain, odd] = [plain, odd].map(|it| prop::string::string_regex(it).expect("a good pattern"));
    prop_oneof![8 => plain, 2 => odd]
}

/// Of few values each, so that some texts are alike.
fn attributes() -> impl Strategy<Value = String> {
    let one = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        "",
        "",
        " class='a'",
        " class='b'",
        " class='a'",
        " font-size='11'",
        " text-anchor='middle'",
        " text-anchor='end'",
        " fill='#c00'",
        " dy='.35em'",
        " dx='3 4'",
        " dx='4'",
        " opacity='.6'",
        " font-weight='600'",
        " transform='rotate(20 40 60)'",
        " rotate='5'",
        " id='t'",
        " letter-spacing='1'",
        " xml:space='preserve'",
        " stroke='#eee' stroke-width='3' paint-order='stroke'",
        " display='none'",
        " font-size='0'",
        " visibility='hidden'",
        " fill='none'",
        " filter='url(#soft)'",
        " clip-path='url(#cut)'",
        " text-decoration='underline'",
        " style='fill: #00c'",
        " y='4 9'",
        " font-family='monospace'",
    ]);
    prop::collection::vec(one, 0..2).prop_map(|all| {
        let mut seen = std::collections::BTreeSet::new();
        all.into_iter().filter(|it| seen.insert(it.split('=').next())).collect()
    })
}

fn text() -> impl Strategy<Value = String> {
    let number =
        || prop_oneof![6 => "[1-9][0-9]{0,2}", 1 => "-?[0-9]{1,2}\\.[0-9]{1,2}", 1 => "5%|1e1|9 20|3px"];
    let place = || (number(), number()).prop_map(|(x, y)| format!(" x='{x}' y='{y}'"));
    let place = move || prop_oneof![9 => place(), 1 => Just(String::new())];
    let tspan = (place(), attributes(), words(), words()).prop_map(|(place, attributes, words, after)| {
        format!(
            "<tspan{}{attributes}>{words}</tspan>{after}",
            if attributes.contains(" y=") { "" } else { &place }
        )
    });
    let tspans = prop_oneof![5 => Just(Vec::new()), 1 => prop::collection::vec(tspan, 1..3)];
    (place(), attributes(), words(), tspans).prop_map(|(place, attributes, words, tspans)| {
        let place = if attributes.contains(" y=") { "" } else { &place };
        format!("<text{place}{attributes}>{words}{}</text>", tspans.concat())
    })
}

fn element() -> impl Strategy<Value = String> {
    let shape = (0..300u32, 0..200u32, attributes()).prop_map(|(x, y, attributes)| {
        let own = if attributes.contains(" y=") || attributes.contains(" id=") { "" } else { &attributes };
        format!("<rect x='{x}' y='{y}' width='90' height='30'{own}/><path d='M{x} {y}h80' stroke='#999' fill='none'/>")
    });
    let one = prop_oneof![5 => text(), 2 => shape];
    let around = prop::sample::select(vec![
        "g",
        "g",
        "g",
        "g class='a'",
        "g class='b'",
        "g opacity='.5'",
        "g transform='translate(9 3)'",
        "a href='#t'",
        "defs",
        "switch",
        "svg x='9' y='9' width='90' height='90'",
        "symbol id='s'",
        "clipPath id='cut'",
        "g id='t'",
        "marker id='m'",
    ]);
    let group = (around, prop::collection::vec(one.boxed(), 1..4)).prop_map(|(around, inside)| {
        let name = around.split(' ').next().unwrap_or_default();
        format!("<{around}>{}</{name}>", inside.concat())
    });
    prop_oneof![4 => text(), 6 => group]
}

fn picture() -> impl Strategy<Value = String> {
    let sheet = prop::sample::select(vec![
        "",
        "",
        "text { fill: #123; font-size: 14px }",
        "g text { fill: #456 } .b { font-weight: 700 }",
        ".a { fill: #234 } @media (prefers-color-scheme: dark) { .a { fill: #fed } text { fill: #ccc } }",
        "text:first-child { fill: #321 }",
        "text + text { fill: #654 }",
        "text[x='40'] { fill: #987 }",
        ".a > text { fill: var(--ink); } :root { --ink: #147 }",
    ]);
    let last = prop::sample::select(vec!["", "", "", "", "", "<use href='#t' x='9'/>", "<use href='#s'/>"]);
    let open =
        prop::sample::select(vec![" viewBox='0 0 400 300'", " viewBox='0 0 400 300'", " width='100%'"]);
    (open, sheet, prop::collection::vec(element(), 1..9), last).prop_map(|(open, sheet, elements, last)| {
        let defs = "<defs><filter id='soft'><feGaussianBlur stdDeviation='3'/></filter></defs>";
        let inside = elements.concat();
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg'{open}><style>{sheet}</style>{defs}{inside}{last}</svg>"
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_picture_is_measured_as_with_all_of_its_words(text in picture()) {
        compare(&text);
    }
}
