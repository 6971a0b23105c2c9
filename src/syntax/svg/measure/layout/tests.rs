//! Wherever words are set, usvg draws them there.

use proptest::prelude::*;
use resvg::usvg::{Group, Node, Tree};

use super::super::drawn_pieces;
use super::*;
use crate::syntax::svg::draw::{parse_in_boxes, parse_svg};
use crate::syntax::svg::samples::pictures;

/// How many texts were set, and how many were left to usvg.
fn compare(picture: &str) -> (usize, usize) {
    let (Ok(boxes), Ok(drawn)) = (parse_in_boxes(picture), parse_svg(picture)) else { return (0, 0) };
    let (boxes, drawn) = (texts(&boxes), texts(&drawn));
    assert_eq!(boxes.len(), drawn.len(), "{picture}");
    let (mut set, mut left) = (0, 0);
    for (boxed, drawn) in boxes.into_iter().zip(drawn) {
        let Some(found) = pieces(boxed, &Briefs::default(), &Shaped::default()) else {
            left += 1;
            continue;
        };
        let expected = drawn_pieces(drawn);
        let is_same = found.len() == expected.len()
            && found
                .iter()
                .zip(&expected)
                .all(|(one, other)| one.run.words == other.run.words && is_near(one.bounds, other.bounds));
        let bounds = |pieces: &Pieces<'_>| pieces.iter().map(|piece| piece.bounds).collect::<Vec<_>>();
        assert!(is_same, "{:?}\n{:?}\n{:?}", boxed.chunks(), bounds(&found), bounds(&expected));
        set += 1;
    }
    (set, left)
}

fn is_near(one: Option<Bounds>, other: Option<Bounds>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return one == other };
    let near = |one: f32, other: f32| (one - other).abs() <= 0.001 + one.abs() / 50_000.0;
    near(one.left, other.left)
        && near(one.top, other.top)
        && near(one.right, other.right)
        && near(one.bottom, other.bottom)
}

fn texts(tree: &Tree) -> Vec<&Text> {
    fn collect<'t>(group: &'t Group, found: &mut Vec<&'t Text>) {
        for node in group.children() {
            match node {
                Node::Group(group) => collect(group, found),
                Node::Text(text) => found.push(text),
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    collect(tree.root(), &mut found);
    found
}

#[test]
fn words_of_every_picture_are_set_where_they_are_drawn() {
    let (mut set, mut left) = (0, 0);
    for (_, text) in pictures() {
        let (more, rest) = compare(&text);
        (set, left) = (set + more, left + rest);
    }
    assert!(set > 500 && left * 50 < set, "{set} set, {left} left");
}

fn words() -> impl Strategy<Value = String> {
    let letters = "[a-zA-Z0-9 .,:;!?()&#+*/=<>_-]{1,24}|[A-Z][a-z]{1,9} ?(-> |→ |To|AV|fi|ffi|1/2|Ä|é|ö|ß|e\u{301}|№|数){0,2}[a-z0-9]{0,6}";
    let escaped = |words: String| words.replace('&', "&amp;").replace('<', "&lt;");
    prop::string::string_regex(letters).expect("a good pattern").prop_map(escaped)
}

fn attributes() -> impl Strategy<Value = String> {
    let one = prop::sample::select(vec![
        "",
        " font-weight='bold'",
        " font-weight='600'",
        " font-size='9.5'",
        " font-size='31'",
        " text-anchor='middle'",
        " text-anchor='end'",
        " letter-spacing='1.5'",
        " word-spacing='4'",
        " dy='1.2em'",
        " dx='3 4 5'",
        " dominant-baseline='middle'",
        " dominant-baseline='hanging'",
        " font-family='monospace'",
        " font-style='italic'",
        " fill='none'",
        " stroke='#111' stroke-width='3'",
        " text-decoration='underline'",
        " font-variant='small-caps'",
        " font-kerning='none'",
        " baseline-shift='super'",
        " rotate='9'",
        " textLength='80'",
        " xml:space='preserve'",
        " visibility='hidden'",
    ]);
    prop::collection::vec(one, 0..3).prop_map(|all| {
        let mut seen = std::collections::BTreeSet::new();
        all.into_iter().filter(|it| seen.insert(it.split('=').next())).collect()
    })
}

fn text() -> impl Strategy<Value = String> {
    let place = prop_oneof![
        (0..300i32, 0..200i32).prop_map(|(x, y)| format!(" x='{x}' y='{y}'")),
        (0..300i32).prop_map(|x| format!(" x='{x}'")),
        Just(String::new()),
    ];
    let tspan = (place, attributes(), words(), words()).prop_map(|(place, attributes, words, after)| {
        format!("<tspan{place}{attributes}>{words}</tspan>{after}")
    });
    let around = prop::sample::select(vec![
        "",
        "",
        "",
        " transform='rotate(-90 40 60)'",
        " transform='scale(2 1.5)'",
        " transform='skewX(9)'",
        " transform='translate(3 4) scale(-1 1)'",
    ]);
    (around, attributes(), words(), prop::collection::vec(tspan, 0..4)).prop_map(
        |(around, attributes, words, tspans)| {
            format!("<text x='40' y='60'{around}{attributes}>{words}{}</text>", tspans.concat())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_words_are_set_where_they_are_drawn(text in text()) {
        compare(&format!("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 300'>{text}</svg>"));
    }
}
