//! What is known of a picture without drawing it is what is drawn.

use proptest::prelude::*;
use resvg::usvg::Tree;

use super::*;
use crate::syntax::svg::draw::parse_svg;
use crate::syntax::svg::samples::pictures;

/// Compares what is known of areas of a picture with its drawing: how many there are, of how many all
/// is known, and of how many it is known whether they are transparent.
fn compare(tree: &Tree) -> [usize; 3] {
    let Some(backdrop) = Backdrop::around_words(tree) else { return [0; 3] };
    let pixels = backdrop.draw_layers(backdrop.layers.iter()).expect("a drawing");
    let layers: Vec<&Layer<'_>> = backdrop.layers.iter().collect();
    let mut count = [0; 3];
    for (number, area) in areas(&backdrop).into_iter().enumerate() {
        let known = Known::of(&layers, area);
        let seen: Vec<Ground> = (area.top..area.bottom)
            .flat_map(|y| (area.left..area.right).map(move |x| (x, y)))
            .map(|(x, y)| Ground::of(pixels.pixel(x, y).expect("a pixel")))
            .collect();
        // A backdrop of which much was drawn is drawn as a whole, and asked no more.
        if number % 90 == 0
            && let Some(asked) = Backdrop::around_words(tree)
        {
            let [columns, rows] = middles(area, asked.scale);
            let (under, expected) = (asked.under(&columns, &rows), counted(seen.iter().copied()));
            let is_there = |ground| expected.contains(ground);
            assert!(under.len() == expected.len() && under.iter().all(is_there), "{area:?}: {under:?}");
        }
        let (all, covers) = (known.ground(), known.is_transparent());
        for ground in &seen {
            assert!(all.is_none_or(|all| all == *ground), "{area:?}: {ground:?} instead of {all:?}");
            let is_transparent = ground.is_transparent();
            assert!(covers.is_none_or(|it| it == is_transparent), "{area:?}: {ground:?}, {known:?}");
        }
        count[0] += 1;
        count[1] += usize::from(all.is_some());
        count[2] += usize::from(covers.is_some());
    }
    count
}

/// The middles of an area's columns and rows, in the picture's coordinates.
#[expect(clippy::cast_precision_loss, reason = "at most 400")]
fn middles(area: Area, scale: f32) -> [Vec<f32>; 2] {
    let middle = |pixel: u32| (pixel as f32 + 0.5) / scale;
    [(area.left..area.right), (area.top..area.bottom)].map(|side| side.map(middle).collect())
}

/// Areas of the sizes of words and of the ends of lines, all over a picture.
fn areas(backdrop: &Backdrop<'_>) -> Vec<Area> {
    let (width, height) = (backdrop.width, backdrop.height);
    let sizes = [(90, 11), (31, 9), (7, 7), (1, 1)];
    let all = sizes.into_iter().flat_map(|(across, down)| {
        let columns = (0..width).step_by((across as usize).max(13));
        columns.flat_map(move |left| {
            let rows = (0..height).step_by((down as usize).max(7));
            rows.map(move |top| Area { left, top, right: left + across, bottom: top + down })
        })
    });
    all.filter(|area| area.right <= width && area.bottom <= height).collect()
}

#[test]
fn what_is_known_of_every_picture_is_what_is_drawn() {
    let mut sum = [0; 3];
    for (_, text) in pictures() {
        let Ok(tree) = parse_svg(&text) else { continue };
        let count = compare(&tree);
        sum.iter_mut().zip(count).for_each(|(sum, count)| *sum += count);
    }
    let [all, plain, covered] = sum;
    assert!(all > 40_000 && plain * 3 > all && covered > plain, "{sum:?}");
}

/// Something that is drawn: all kinds of shapes, filled and outlined in all kinds of ways.
fn element() -> impl Strategy<Value = String> {
    let length = || 0..200i32;
    let color = || prop::sample::select(vec!["#123", "#fed", "none", "#0a0", "url(#fade)", "url(#ring)"]);
    let shape = prop_oneof![
        (length(), length(), length(), length(), 0..12i32)
            .prop_map(|(x, y, w, h, r)| format!("<rect x='{x}' y='{y}' width='{w}' height='{h}' rx='{r}'")),
        (length(), length(), length(), length())
            .prop_map(|(x, y, w, h)| format!("<ellipse cx='{x}' cy='{y}' rx='{w}' ry='{h}'")),
        prop::collection::vec((length(), length()), 2..6).prop_map(|points| {
            let points: Vec<String> = points.iter().map(|(x, y)| format!("{x} {y}")).collect();
            format!("<path d='M{}'", points.join(" L"))
        }),
        prop::collection::vec((length(), length()), 4..8).prop_map(|points| {
            let [from, one, two, to] = [points[0], points[1], points[2], points[3]];
            format!(
                "<path d='M{} {}C{} {} {} {} {} {}Q{} {} {} {}Z'",
                from.0, from.1, one.0, one.1, two.0, two.1, to.0, to.1, one.1, two.0, from.1, to.0
            )
        }),
    ];
    let paint = (color(), 0..3u8, color(), 0..12u8, 0..8u8).prop_map(|(fill, see, stroke, width, more)| {
        let width = f32::from(width) / 3.0;
        let opacity = ["", " fill-opacity='0.5'", " opacity='0.7'"][usize::from(see)];
        let more = [
            "",
            "",
            "",
            " stroke-dasharray='5 3'",
            " stroke-linejoin='round'",
            " stroke-linecap='square'",
            " fill-rule='evenodd'",
            " shape-rendering='crispEdges'",
        ][usize::from(more)];
        format!(" fill='{fill}'{opacity} stroke='{stroke}' stroke-width='{width}'{more}/>")
    });
    let around = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        "<g transform='rotate(20 90 90)'>",
        "<g transform='scale(1.5 .6)'>",
        "<g transform='skewX(15)'>",
        "<g opacity='.6'>",
        "<g clip-path='url(#cut)'>",
        "<g filter='url(#soft)'>",
    ]);
    (around, shape, paint).prop_map(|(around, shape, paint)| {
        format!("{around}{shape}{paint}{}", if around.is_empty() { "" } else { "</g>" })
    })
}

fn picture() -> impl Strategy<Value = String> {
    let defs = "<defs><linearGradient id='fade'><stop stop-color='#f00'/><stop offset='1' stop-color='#00f' \
                stop-opacity='.3'/></linearGradient><radialGradient id='ring'><stop stop-color='#ff0'/><stop \
                offset='1' stop-color='#0ff'/></radialGradient><clipPath id='cut'><circle cx='90' cy='60' \
                r='50'/></clipPath><filter id='soft'><feGaussianBlur stdDeviation='3'/></filter></defs>";
    (120..900i32, prop::collection::vec(element(), 1..14)).prop_map(move |(size, elements)| {
        let open = "<svg xmlns='http://www.w3.org/2000/svg'";
        format!("{open} width='{size}' viewBox='0 0 200 120'>{defs}{}</svg>", elements.concat())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_known_of_any_picture_is_what_is_drawn(text in picture()) {
        compare(&parse_svg(&text).expect("a good picture"));
    }
}
