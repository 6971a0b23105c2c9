//! Colors and how well one can be read on another (WCAG 2, relative luminance and contrast).

use std::fmt;
use std::sync::LazyLock;

/// An opaque color.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Color {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

/// GitHub's page in its light theme.
pub const LIGHT_PAGE: Color = Color::new(0xff, 0xff, 0xff);

/// GitHub's page in its dark theme.
pub const DARK_PAGE: Color = Color::new(0x0d, 0x11, 0x17);

impl Color {
    /// A color from its parts.
    #[must_use]
    pub const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// This color with an opacity of 0 to 1, laid over another.
    #[must_use]
    pub fn over(self, opacity: f32, below: Self) -> Self {
        let mix = |top: u8, bottom: u8| {
            let mixed = f32::from(top).mul_add(opacity, f32::from(bottom) * (1.0 - opacity));
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
            let byte = mixed.round().clamp(0.0, 255.0) as u8;
            byte
        };
        Self::new(mix(self.red, below.red), mix(self.green, below.green), mix(self.blue, below.blue))
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| LINEAR[usize::from(part)];
        0.2126f64.mul_add(linear(self.red), 0.7152f64.mul_add(linear(self.green), 0.0722 * linear(self.blue)))
    }
}

/// The light of each value of a part, from 0 to 1.
static LINEAR: LazyLock<[f64; 256]> = LazyLock::new(|| {
    std::array::from_fn(|part| {
        let part = f64::from(u8::try_from(part).unwrap_or(u8::MAX)) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    })
});

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// The contrast of two colors: from 1, the same, to 21, black and white.
#[must_use]
pub fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_the_standard() {
        let near = |one: f64, other: f64| (one - other).abs() < 0.01;
        let white = LIGHT_PAGE;
        assert!(near(contrast(white, Color::new(0, 0, 0)), 21.0));
        assert!(near(contrast(white, Color::new(0x76, 0x76, 0x76)), 4.54));
        assert!(near(contrast(white, white), 1.0));
    }

    #[test]
    fn half_of_black_on_white_is_grey() {
        assert_eq!(Color::new(0, 0, 0).over(0.5, LIGHT_PAGE).to_string(), "#808080");
    }
}
