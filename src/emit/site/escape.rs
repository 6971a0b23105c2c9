//! How templates escape text.

use std::io::{self, Write};

/// What the engine does to text by itself, without a call for each letter.
pub(super) fn escape(text: &str, page: &mut dyn Write) -> io::Result<()> {
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|sign| matches!(sign, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        page.write_all(&rest[..at])?;
        page.write_all(match rest[at] {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            _ => b"&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    page.write_all(rest)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tera::{Context, Tera};

    use super::escape;

    proptest! {
        #[test]
        fn text_is_escaped_as_the_engine_does_it(text in "([a-z é]|[&<>\"'/`=]){0,20}") {
            let mut own = Vec::new();
            escape(&text, &mut own).expect("there is always room");
            let mut context = Context::new();
            context.insert("text", &text);
            let by_engine = Tera::one_off("{{ text }}", &context, true).expect("a template");
            prop_assert_eq!(String::from_utf8(own).expect("text"), by_engine);
        }
    }
}
