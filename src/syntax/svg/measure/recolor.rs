//! A picture in the other color scheme, where nothing but colors differs: what was measured in the one
//! stays as it is, and usvg is not asked again.
//!
//! That holds if what only one of the two style sheets has are colors of fillings and outlines, and
//! every element that declares such a color in the one scheme does so in the other. Then both trees of
//! usvg are the same but for these colors. Which color comes in place of another one is told by the
//! elements that declare it; where they don't agree, the element itself has to.

use std::collections::HashMap;

use simplecss::{Declaration, Rule};

use super::{Drawing, Line, Shape, Text};
use crate::syntax::svg::cascade::Cascade;
use crate::syntax::svg::color::Color;
use crate::syntax::svg::ground::Ground;
use crate::syntax::svg::markup::{Element, Markup};

/// The properties whose values may differ.
const PAINTS: [&str; 2] = ["fill", "stroke"];

/// Which elements a drawing's parts come from, in their order.
#[derive(Default)]
pub(super) struct Owners<'m> {
    pub texts: Vec<Owner<'m>>,
    pub shapes: Vec<Owner<'m>>,
    pub lines: Vec<Owner<'m>>,
}

/// Where a part comes from.
#[derive(Clone, Copy)]
pub(super) struct Owner<'m> {
    /// From here on, upwards, its color is declared.
    pub declares: Element<'m>,
    /// The element that has the color, if that is certain.
    pub paints: Option<Element<'m>>,
}

/// A picture measured in one scheme.
pub(super) struct Measured<'m> {
    pub drawing: Drawing,
    pub owners: Owners<'m>,
    /// Whether it was told from shapes alone, and no color depends on how others mix.
    pub is_plain: bool,
}

/// From the one scheme to the other.
pub(super) struct Recoloring<'c, 'm> {
    from: &'c Cascade<'m>,
    to: &'c Cascade<'m>,
    fills: Pairs,
    strokes: Pairs,
}

/// Colors with those that come in their place.
#[derive(Default)]
struct Pairs(Vec<(Color, Color)>);

impl Pairs {
    fn add(&mut self, pair: (Color, Color)) {
        if !self.0.contains(&pair) {
            self.0.push(pair);
        }
    }

    fn of(&self, color: Color) -> impl Iterator<Item = Color> {
        self.0.iter().filter(move |(from, _)| *from == color).map(|(_, to)| *to)
    }

    /// The color in the place of another one, if there is one alone.
    fn only(&self, color: Color) -> Option<Color> {
        let mut found = self.of(color);
        found.next().filter(|_| found.next().is_none())
    }
}

impl<'c, 'm> Recoloring<'c, 'm> {
    /// `None` if more than colors may differ.
    pub(super) fn new(markup: &Markup<'_>, [from, to]: [&'c Cascade<'m>; 2]) -> Option<Self> {
        if !differ_in_paints(from, to) || !differ_in_paints(to, from) {
            return None;
        }
        // What declares no filling at all is black.
        let black = Color::new(0, 0, 0);
        let mut made = Self { from, to, fills: Pairs(vec![(black, black)]), strokes: Pairs::default() };
        for element in markup.elements() {
            for name in PAINTS {
                let declared = [from, to].map(|cascade| cascade.declared(element, &[name]));
                let [one, other] = match declared {
                    [None, None] => continue,
                    [Some(one), Some(other)] => [one, other],
                    _ => return None,
                };
                let values =
                    [one.clone(), other.clone()].map(|at| markup.text().get(at).unwrap_or("").trim());
                match values.map(color_of) {
                    [Some(one), Some(other)] => made.pairs(name).add((one, other)),
                    [None, None] if one == other && is_colorless(values[0]) => {}
                    _ => return None,
                }
            }
        }
        Some(made)
    }

    fn pairs(&mut self, name: &str) -> &mut Pairs {
        if name == "fill" { &mut self.fills } else { &mut self.strokes }
    }

    /// The colors that may come in the place of that of a line.
    pub(super) fn of_line(&self, color: Color) -> impl Iterator<Item = Color> {
        self.strokes.of(color)
    }

    /// What was measured, as the other scheme has it; `None` if a color cannot be told. `is_asked` says of
    /// which lines it is to be told how much of them is in the open.
    pub(super) fn recolor(
        &self,
        measured: &Measured<'m>,
        is_asked: &dyn Fn(Color, f32) -> bool,
    ) -> Option<Drawing> {
        let Measured { drawing, owners, is_plain: true } = measured else { return None };
        let texts = drawing.texts.iter().zip(&owners.texts).map(|(text, owner)| {
            let color = match text.color {
                Some(color) => Some(self.color(color, owner, ("fill", &self.fills))?),
                None => None,
            };
            let color_at = self.to.place(owner.declares, &["fill"]).unwrap_or_else(|| text.at.clone());
            Some(Text { color, color_at, grounds: self.grounds(&text.grounds)?, ..text.clone() })
        });
        let shapes = drawing.shapes.iter().zip(&owners.shapes).map(|(shape, owner)| {
            let color_at = self.to.place(owner.declares, &["fill"]).unwrap_or_else(|| shape.at.clone());
            Shape { color_at, ..shape.clone() }
        });
        let lines = drawing.lines.iter().zip(&owners.lines).map(|(line, owner)| {
            let color = self.color(line.color, owner, ("stroke", &self.strokes))?;
            let color_at = self.to.place(owner.declares, &["stroke"]).unwrap_or_else(|| line.at.clone());
            let in_the_open = line.in_the_open.filter(|_| is_asked(color, line.opacity));
            Some(Line { color, color_at, in_the_open, ..line.clone() })
        });
        Some(Drawing {
            texts: texts.collect::<Option<_>>()?,
            shapes: shapes.collect(),
            lines: lines.collect::<Option<_>>()?,
            ..*drawing
        })
    }

    fn color(&self, color: Color, owner: &Owner<'_>, (name, pairs): (&str, &Pairs)) -> Option<Color> {
        let own = |cascade: &Cascade<'_>| cascade.value(owner.paints?, &[name]).and_then(color_of);
        match [own(self.from), own(self.to)] {
            [Some(from), Some(to)] if from == color => Some(to),
            _ => pairs.only(color),
        }
    }

    /// Two things that lie under a text may get the same color.
    fn grounds(&self, grounds: &[(Ground, usize)]) -> Option<Vec<(Ground, usize)>> {
        let mut found: Vec<(Ground, usize)> = Vec::with_capacity(grounds.len());
        for (ground, count) in grounds {
            let ground = match *ground {
                Ground::PAGE => Ground::PAGE,
                ground => Ground { color: self.fills.only(ground.color)?, ..ground },
            };
            match found.iter_mut().find(|(known, _)| *known == ground) {
                Some((_, known)) => *known += count,
                None => found.push((ground, *count)),
            }
        }
        Some(found)
    }
}

/// Whether what only the first of two style sheets has are colors of fillings and outlines.
fn differ_in_paints(sheet: &Cascade<'_>, other: &Cascade<'_>) -> bool {
    let place = |cascade: &Cascade<'_>, rule: &Rule<'_>| {
        Some(cascade.offset(rule.declarations.first()?.value)?.start)
    };
    let known: HashMap<usize, &Rule<'_>> =
        other.rules().iter().filter_map(|rule| Some((place(other, rule)?, rule))).collect();
    let is_paint = |it: &Declaration<'_>| {
        PAINTS.contains(&it.name) && !it.important && color_of(it.value.trim()).is_some()
    };
    sheet.rules().iter().all(|rule| {
        let same = place(sheet, rule).and_then(|at| known.get(&at));
        same.map_or_else(
            || rule.declarations.iter().all(is_paint),
            |same| {
                same.declarations.len() == rule.declarations.len()
                    && same.selector.to_string() == rule.selector.to_string()
            },
        )
    })
}

/// A color as nearly all pictures write it.
fn color_of(value: &str) -> Option<Color> {
    let digits = value.strip_prefix('#').filter(|rest| rest.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    let [_, red, green, blue] = match digits.len() {
        3 => [0, number >> 8, number >> 4 & 0xf, number & 0xf].map(|digit| digit as u8 * 0x11),
        6 => number.to_be_bytes(),
        _ => return None,
    };
    Some(Color::new(red, green, blue))
}

/// Whether a value is no color, and names none in case of need.
fn is_colorless(value: &str) -> bool {
    value == "none" || value.starts_with("url(#") && value.ends_with(')')
}

#[cfg(test)]
mod tests;
