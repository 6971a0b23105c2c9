//! What is measured of one picture.

use super::*;

const PICTURE: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="400" viewBox="0 0 200 100">
<style>.a { fill: #111; font-size: 8px } @media (prefers-color-scheme: dark) { .a { fill: #eee } }</style>
<defs><g id="card"><rect width="80" height="40" fill="#fff"/></g></defs>
<use href="#card" x="10" y="10"/><g opacity="0.5"><path d="M0 90H200" stroke="#333" fill="none"/></g>
<text class="a"><tspan x="50" y="20" text-anchor="middle">Above</tspan><tspan x="50" dy="10" text-anchor="middle" fill="#c00">below</tspan></text>
</svg>"##;

fn drawn(scheme: Scheme) -> Drawing {
    let markup = Markup::parse(PICTURE).expect("a good picture");
    measure(&markup, scheme, &|color, _| color == Color::new(0x33, 0x33, 0x33)).expect("a good picture")
}

#[test]
fn pieces_of_a_text_are_measured_each_on_its_own() {
    let drawing = drawn(Scheme::Light);
    assert_eq!((drawing.width, drawing.height, drawing.has_width), (400.0, 200.0, true));
    let words: Vec<&str> = drawing.texts.iter().map(|text| text.words.as_str()).collect();
    assert_eq!(words, ["Above", "below"]);
    for text in &drawing.texts {
        assert!((text.anchor.0 - 100.0).abs() < 2.0 && text.bounds.width() < 60.0, "{text:?}");
        assert!((text.pixels - 16.0).abs() < 0.01, "{text:?}");
        assert!(text.grounds.iter().all(|(ground, _)| ground.color == super::super::LIGHT_PAGE), "{text:?}");
        assert_eq!(&PICTURE[text.size_at.clone()], "8px");
    }
    assert!(drawing.texts[0].bounds.bottom < drawing.texts[1].bounds.bottom);
}

#[test]
fn colors_are_those_of_the_scheme_with_their_place() {
    let colors = |scheme| {
        let texts = drawn(scheme).texts;
        texts
            .into_iter()
            .map(|text| (text.color.map(|color| color.to_string()), &PICTURE[text.color_at]))
            .collect::<Vec<_>>()
    };
    let own = (Some("#cc0000".to_owned()), "#c00");
    assert_eq!(colors(Scheme::Light), [(Some("#111111".to_owned()), "#111"), own.clone()]);
    assert_eq!(colors(Scheme::Dark), [(Some("#eeeeee".to_owned()), "#eee"), own]);
}

#[test]
fn lines_know_how_much_of_them_is_in_the_open() {
    let drawing = drawn(Scheme::Light);
    let [line] = drawing.lines.as_slice() else { panic!("{:?}", drawing.lines) };
    assert!(line.in_the_open > Some(0.9) && (line.opacity - 0.5).abs() < 0.01, "{line:?}");
    assert_eq!(drawing.shapes.len(), 1);
    let markup = Markup::parse(PICTURE).expect("a good picture");
    let unasked = measure(&markup, Scheme::Light, &|_, opacity| opacity > 0.6).expect("a good picture");
    assert_eq!(unasked.lines[0].in_the_open, None);
}

#[test]
fn damaged_pictures_are_measured_or_refused() {
    for at in (0..PICTURE.len()).step_by(7) {
        for damaged in [PICTURE[..at].to_owned(), format!("{}{}", &PICTURE[..at], &PICTURE[at + 1..])] {
            if let Ok(markup) = Markup::parse(&damaged) {
                let _ = measure_both(&markup, &|_, _| true);
            }
        }
    }
}
