//! Both schemes at once are what each of them is by itself.

use proptest::prelude::*;

use crate::syntax::svg::color::Color;
use crate::syntax::svg::markup::Markup;
use crate::syntax::svg::measure::{Doubtful, View, measure, measure_both};
use crate::syntax::svg::samples::pictures;
use crate::syntax::svg::scheme::{Scheme, activate};

use super::*;
use crate::syntax::svg::instrument::Instruments;

fn is_pale(color: Color, opacity: f32) -> bool {
    opacity < 0.5 || color.red > 0x90
}

/// Whether one scheme of a picture was made of the other.
fn compare(text: &str, doubtful: Doubtful<'_>) -> bool {
    let Ok(markup) = Markup::parse(text) else { return false };
    let both = measure_both(&markup, doubtful);
    let each = [Scheme::Light, Scheme::Dark].map(|scheme| measure(&markup, scheme, doubtful));
    assert_eq!(format!("{both:#?}"), format!("{each:#?}"), "{text}");
    let sheets = markup.sheets();
    let instruments = &Instruments::new(&markup, &sheets);
    let [light, dark] = &[Scheme::Light, Scheme::Dark].map(|scheme| activate(text, &sheets, scheme));
    let [of_light, of_dark] = &[light, dark].map(|active| Cascade::new(&active.text, &sheets));
    let scheme = Scheme::Light;
    let view = View { markup: &markup, instruments, active: light, cascade: of_light, scheme, doubtful };
    let recoloring = Recoloring::new(&markup, [of_light, of_dark]);
    let recolored =
        recoloring.zip(view.measure().ok()).and_then(|(it, measured)| it.recolor(&measured, doubtful));
    recolored.is_some()
}

#[test]
fn every_picture_is_measured_as_by_itself() {
    let pictures = pictures();
    let with_schemes = pictures.iter().filter(|(_, text)| text.contains("prefers-color-scheme"));
    let recolored = with_schemes.clone().filter(|(_, text)| compare(text, &is_pale)).count();
    pictures.iter().for_each(|(_, text)| {
        compare(text, &|_, _| true);
        compare(text, &|_, _| false);
    });
    let all = with_schemes.count();
    assert!(recolored * 2 > all, "{recolored} of {all}");
}

/// Of few values each, so that colors meet.
fn declarations() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec!["fill", "fill", "fill", "stroke"]);
    let value = prop_oneof![
        9 => "#(000|fff|123|abc|c00|998877)",
        1 => prop::sample::select(vec!["none", "red", "#1234", "url(#s)", "#00c !important", "inherit", "var(--a)"]).prop_map(str::to_owned),
    ];
    prop::collection::vec((name, value).prop_map(|(name, value)| format!("{name}: {value};")), 1..3)
        .prop_map(|all| all.concat())
}

fn rules(least: usize) -> impl Strategy<Value = String> {
    let selector = prop::sample::select(vec![
        "text", "rect", "path", ".a", ".b", ".c", "g", ".a .b", "g > .c", "#i", "*", "tspan", "text.a",
    ]);
    let odd = prop::sample::select(vec![
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "stroke-width: 3; ",
        "font-size: 20px; ",
        "opacity: .5; ",
        "paint-order: stroke; ",
    ]);
    let rule = (selector, odd, declarations())
        .prop_map(|(selector, odd, declarations)| format!("{selector} {{ {odd}{declarations} }}\n"));
    prop::collection::vec(rule, least..6).prop_map(|all| all.concat())
}

fn element() -> impl Strategy<Value = String> {
    let class = prop::sample::select(vec![
        "",
        "",
        " class='a'",
        " class='b'",
        " class='c'",
        " class='a b'",
        " id='i'",
    ]);
    let own = prop_oneof![
        6 => Just(String::new()),
        1 => "#(000|fff|123)".prop_map(|color| format!(" fill='{color}'")),
        1 => declarations().prop_map(|style| format!(" style='{style}'")),
        1 => Just(" marker-end='url(#m)'".to_owned()),
    ];
    let shape = prop::sample::select(vec![
        "<rect x='10' y='10' width='200' height='90'{}/>",
        "<rect x='40' y='20' width='40' height='30'{}/>",
        "<path d='M5 90H150'{}/>",
        "<path d='M20 20L150 60' fill='none'{}/>",
        "<text x='30' y='40'{}>Some words</text>",
        "<text x='50' y='40'{}>More words</text>",
        "<text x='20' y='80'{}>One <tspan class='c'>two</tspan> three</text>",
        "<g{}><rect x='9' y='60' width='80' height='30'/><text x='20' y='80'>In a group</text></g>",
        "<use href='#u'{}/>",
    ]);
    (class, own, shape).prop_map(|(class, own, shape)| {
        let own = if shape.contains("fill=") && own.contains(" fill=") { "" } else { &own };
        shape.replace("{}", &format!("{class}{own}"))
    })
}

fn picture() -> impl Strategy<Value = String> {
    let media = prop::sample::select(vec![
        "@media (prefers-color-scheme: dark) {",
        "@media (prefers-color-scheme: dark) {",
        "@media (prefers-color-scheme: light) {",
        "rect @media (prefers-color-scheme: dark) {",
    ]);
    let elements = prop::collection::vec(element(), 1..9);
    (rules(2), media, rules(0), rules(0), elements).prop_map(|(base, media, other, last, elements)| {
        let mut defs = "<defs><g id='u'><rect width='9' height='9' class='b'/></g>".to_owned();
        defs.push_str("<linearGradient id='s'><stop offset='0' stop-color='#123'/></linearGradient>");
        defs.push_str("<marker id='m' markerWidth='9' markerHeight='9'><path d='M1 1L8 4L1 8Z' class='a'/></marker></defs>");
        // One id for one element.
        let mut elements = elements.concat();
        while elements.matches(" id='i'").count() > 1 {
            elements = elements.replacen(" id='i'", "", 1);
        }
        format!(
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 300 100'><style>{base}{media}{other}}}{last}</style>{defs}{elements}</svg>"
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_picture_is_measured_as_by_itself(text in picture(), asked in 0..3) {
        let doubtful: Doubtful<'_> = match asked {
            0 => &|_, _| true,
            1 => &|_, _| false,
            _ => &is_pale,
        };
        compare(&text, doubtful);
    }
}
