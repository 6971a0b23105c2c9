//! Pictures of recorded and of awkward panels: that they are whole, readable and always the same.

use super::*;
use crate::rehearse::measured::{PanelRun, Series};
use crate::rehearse::panel_checks::tests::{rehearsed, social_feeds};
use crate::syntax::svg::{Color, Drawing, Markup, Scheme, Shape, Text, contrast, measure};

fn drawn(picture: &Picture, scheme: Scheme) -> Drawing {
    let markup = Markup::parse(&picture.svg).unwrap_or_else(|fault| panic!("{}: {fault}", picture.path));
    measure(&markup, scheme, &|_, _| false).unwrap_or_else(|fault| panic!("{}: {fault}", picture.path))
}

fn overlap(a: &Text, b: &Text) -> bool {
    // Letters reach less far than their box.
    let (a, b) = (a.bounds, b.bounds);
    let apart = |a_end: f32, b_start: f32| a_end <= b_start + 0.5;
    !(apart(a.right, b.left) || apart(b.right, a.left) || apart(a.bottom, b.top) || apart(b.bottom, a.top))
}

/// Words stand inside of the picture, do not touch each other, and can be read in both schemes.
fn assert_readable(picture: &Picture) {
    for scheme in [Scheme::Light, Scheme::Dark] {
        let drawing = drawn(picture, scheme);
        for (at, text) in drawing.texts.iter().enumerate() {
            let place = format!("{}: `{}` {:?}", picture.path, text.words, text.bounds);
            let (width, height) = (drawing.width, drawing.height);
            let bounds = text.bounds;
            assert!(
                bounds.left >= 0.0 && bounds.top >= 0.0 && bounds.right <= width && bounds.bottom <= height,
                "{place}"
            );
            for other in &drawing.texts[at + 1..] {
                assert!(!overlap(text, other), "{place} meets `{}` {:?}", other.words, other.bounds);
            }
            let in_row = |card: &&Shape| bounds.top > card.bounds.top && bounds.bottom < card.bounds.bottom;
            // The cards of an overview; a single picture is one card itself.
            let is_card = |shape: &&Shape| (shape.bounds.width() - 344.0).abs() < 2.0;
            let mut cards = drawing.shapes.iter().filter(is_card).filter(in_row).peekable();
            let holds = |card: &Shape| bounds.left >= card.bounds.left && bounds.right <= card.bounds.right;
            assert!(cards.peek().is_none() || cards.any(holds), "{place} leaves its card");
            let color = text.color.expect("a plain color");
            // What a line of the grid hides of a letter is not its ground.
            let most =
                text.grounds.iter().map(|(ground, _)| contrast(color, ground.color)).fold(0.0, f64::max);
            assert!(most >= 4.5, "{place} in {scheme:?}: {most}");
        }
    }
}

fn words(picture: &Picture) -> Vec<String> {
    drawn(picture, Scheme::Light).texts.into_iter().map(|text| text.words).collect()
}

#[test]
fn a_rehearsal_becomes_an_overview_and_a_picture_for_each_panel() {
    let (plan, runs) = social_feeds(|_| {});
    let rehearsed = rehearsed(vec![runs]);
    let pictures = gallery(&plan, &rehearsed);
    let paths: Vec<&str> = pictures.iter().map(|picture| picture.path.as_str()).collect();
    assert_eq!(paths.len(), 1 + 3 * 6);
    assert_eq!(paths[..2], ["feed/overview.svg", "feed/broken-main-requests-per-second.svg"]);
    assert_eq!(paths[18], "feed/feed-index-main-p99-latency.svg");
    pictures.iter().for_each(assert_readable);
    assert_eq!(pictures, gallery(&plan, &rehearsed), "two galleries are equal");
    let p99 = words(&pictures[6]);
    for wanted in
        ["p99 latency", "broken · main · 200 connections", "p99 /feed", "last 681 ms", "30 s", "600 ms"]
    {
        assert!(p99.iter().any(|words| words.contains(wanted)), "{wanted}: {p99:?}");
    }
    let success = &pictures[3];
    assert!(success.svg.contains("class=\"b m red\"") && words(success).contains(&"1.40%".to_owned()));
    assert_eq!(to_png(&success.svg).map(|png| png[..4].to_vec()), Ok(b"\x89PNG".to_vec()));
}

#[test]
fn panels_of_a_row_share_their_scale_and_single_ones_do_not() {
    let (plan, runs) = social_feeds(|_| {});
    let pictures = gallery(&plan, &rehearsed(vec![runs]));
    let ends =
        |picture: &Picture, wanted: &str| words(picture).iter().filter(|words| *words == wanted).count();
    // The slowest stage's p50 is above a second; its axis stands in all three columns.
    assert_eq!(ends(&pictures[0], "1.25 s"), 3);
    let faster =
        pictures.iter().find(|picture| picture.path.as_str().ends_with("broken-main-p50-latency.svg"));
    assert_eq!(ends(faster.expect("a panel"), "1.25 s"), 0);
}

fn series(name: &str, points: &[(f64, f64)]) -> Series {
    Series { name: name.to_owned(), points: points.to_vec(), ..Series::default() }
}

fn panel(kind: &str, unit: &str, series: Vec<Series>) -> PanelRun {
    PanelRun {
        title: format!(
            "A {kind} whose title is so long that it cannot possibly fit into a card of a panel of a dashboard"
        ),
        unit: Some(unit.to_owned()),
        kind: kind.to_owned(),
        series,
        ..PanelRun::default()
    }
}

/// The pictures of one stage with these panels.
fn pictures_of(panels: Vec<PanelRun>) -> Vec<Picture> {
    let (plan, mut runs) = social_feeds(|_| {});
    runs[0].tests[0].panels = panels;
    runs.truncate(1);
    gallery(&plan, &rehearsed(vec![runs]))
}

fn awkward() -> Vec<PanelRun> {
    let many: Vec<Series> = (0..12)
        .map(|at| {
            series(
                &format!("GET /a/rather/long/route/number/{at}/of/many"),
                &[(0.0, f64::from(at)), (5.0, 3.0 * f64::from(at))],
            )
        })
        .collect();
    let gaps = [(0.0, 1e-7), (5.0, 4e-7), (20.0, 2e-7), (30.0, 3e-7)];
    let refused = PanelRun {
        fault: Some(format!(
            "1:5: parse error: <unexpected> & \"odd\", in `{}`",
            "sum(rate(x_total[30s])) + ".repeat(30)
        )),
        ..panel("timeseries", "ms", Vec::new())
    };
    vec![
        panel("timeseries", "reqps", many.clone()),
        panel("timeseries", "s", vec![series("a", &gaps)]),
        panel("timeseries", "bytes", vec![series("", &[(0.0, 3.3e9), (5.0, -2e9)])]),
        panel("timeseries", "short", vec![series("one", &[(12.0, 0.0)])]),
        panel("timeseries", "ms", Vec::new()),
        panel("stat", "ms", many[..3].to_vec()),
        panel("table", "ms", many),
        refused,
    ]
}

#[test]
fn awkward_panels_are_readable_too() {
    let pictures = pictures_of(awkward());
    assert_eq!(pictures.len(), 9);
    pictures.iter().for_each(assert_readable);
    assert!(words(&pictures[1]).iter().any(|words| words.starts_with("+ ") && words.ends_with(" more")));
    assert!(words(&pictures[5]).contains(&"No data".to_owned()));
    assert!(words(&pictures[7]).iter().any(|words| words.starts_with("+ ")));
    assert!(words(&pictures[8]).contains(&"Prometheus refuses this panel".to_owned()));
}

#[test]
fn lines_can_be_told_apart_in_both_schemes() {
    let pictures = pictures_of(awkward());
    for (scheme, card) in
        [(Scheme::Light, Color::new(255, 255, 255)), (Scheme::Dark, Color::new(0x16, 0x1b, 0x22))]
    {
        let lines = drawn(&pictures[1], scheme).lines;
        let seen: std::collections::BTreeSet<Color> =
            lines.iter().map(|line| line.color).filter(|color| contrast(*color, card) >= 4.0).collect();
        assert_eq!(seen.len(), crate::rehearse::gallery::canvas::COLORS, "{scheme:?}: {seen:?}");
    }
}

/// Where nothing was measured there is no line, and what stands alone is a dot.
#[test]
fn gaps_are_left_open() {
    let points = [(0.0, 1.0), (5.0, 2.0), (15.0, 3.0), (25.0, 1.0), (30.0, 1.0)];
    let pictures = pictures_of(vec![panel("timeseries", "short", vec![series("a", &points)])]);
    let single = &pictures[1].svg;
    // Two pieces, and the key of the legend.
    assert_eq!(single.matches("class=\"line c0\"").count(), 3);
    assert_eq!(single.matches("<circle").count(), 1);
}

#[test]
fn names_of_files_are_plain_and_differ() {
    assert_eq!(slug("broken main 5xx: „Größe“ / s!"), "broken-main-5xx-gr-e-s");
    let twice = panel("stat", "ms", vec![series("a", &[(0.0, 1.0)])]);
    let pictures = pictures_of(vec![twice.clone(), twice]);
    assert_ne!(pictures[1].path, pictures[2].path);
    assert!(pictures[2].path.as_str().ends_with("-2.svg"), "{}", pictures[2].path);
}

#[test]
fn without_panels_there_are_no_pictures() {
    assert_eq!(pictures_of(Vec::new()), []);
}
