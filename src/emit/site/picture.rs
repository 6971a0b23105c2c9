//! How large the pictures of a page are: a page that knows it does not jump while they load.

use std::collections::BTreeMap;

use crate::source::{FileId, Files};

/// Width and height of pictures by their name, as far as they say it.
pub(super) fn picture_sizes(assets: &[(String, FileId)], files: &Files) -> BTreeMap<String, (u32, u32)> {
    assets.iter().filter_map(|(name, id)| Some((name.clone(), svg_size(files.text(*id).ok()?)?))).collect()
}

/// Width and height of an SVG from its first tag: as given, else those of its view box.
fn svg_size(svg: &str) -> Option<(u32, u32)> {
    let start = svg.find("<svg")?;
    let tag = &svg[start..start + svg[start..].find('>')?];
    let value = |name: &str| {
        let from = tag.find(&format!(" {name}=\""))? + name.len() + 3;
        tag[from..].split('"').next()
    };
    let number = |text: &str| text.trim_end_matches("px").parse::<f64>().ok();
    let given = value("width").and_then(number).zip(value("height").and_then(number));
    let (width, height) = given.or_else(|| {
        let numbers: Vec<f64> = value("viewBox")?.split([' ', ',']).filter_map(number).collect();
        (numbers.len() == 4).then(|| (numbers[2], numbers[3]))
    })?;
    let whole = |size: f64| (1.0..10_000.0).contains(&size).then(|| size.round() as u32);
    whole(width).zip(whole(height))
}

#[cfg(test)]
mod tests {
    use super::svg_size;

    #[test]
    fn the_size_of_a_picture_is_the_given_one_or_that_of_its_view_box() {
        assert_eq!(svg_size("<svg width=\"84\" height=\"50px\" viewBox=\"0 0 1 1\">"), Some((84, 50)));
        assert_eq!(svg_size("<?xml version=\"1.0\"?><svg viewBox=\"0 0 840 500.4\">"), Some((840, 500)));
        assert_eq!(svg_size("<svg width=\"100%\" height=\"100%\">"), None);
        assert_eq!(svg_size("no picture"), None);
    }
}
