//! What is no running text in Markdown: code between backticks, and tags of HTML.

use std::ops::Range;

use memchr::{memchr, memchr3};

/// Code between backticks, fences included, and tags.
#[must_use]
pub fn code_and_tags(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let ticks = |at: usize| bytes[at..].iter().take_while(|byte| **byte == b'`').count();
    let mut found = Vec::new();
    let mut at = memchr3(b'\\', b'`', b'<', bytes).unwrap_or(bytes.len());
    // A run of backticks of some length that closes nothing closes nothing later on either.
    let mut unmatched = [false; 64];
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let run = ticks(at);
                let end = if unmatched.get(run).copied().unwrap_or(true) {
                    None
                } else {
                    closing(bytes, at + run, run)
                };
                if end.is_none() && run < unmatched.len() {
                    unmatched[run] = true;
                }
                let end = end.unwrap_or(at + run);
                found.push(at..end);
                at = end;
            }
            b'<' if bytes
                .get(at + 1)
                .is_some_and(|next| next.is_ascii_alphabetic() || b"/!?".contains(next)) =>
            {
                let end = memchr(b'>', &bytes[at..]).map_or(text.len(), |len| at + len + 1);
                found.push(at..end);
                at = end;
            }
            _ => at += 1,
        }
        at += memchr3(b'\\', b'`', b'<', bytes.get(at..).unwrap_or_default()).unwrap_or(bytes.len());
    }
    found
}

/// Where the run of exactly `run` backticks after `from` ends.
fn closing(bytes: &[u8], from: usize, run: usize) -> Option<usize> {
    let mut at = from;
    while let Some(next) = memchr(b'`', bytes.get(at..)?) {
        at += next;
        let here = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
        if here == run {
            return Some(at + run);
        }
        at += here;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_tags_are_passed_over() {
        let cut = |text: &str| {
            code_and_tags(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(cut("a `b` c"), ["`b`"]);
        assert_eq!(cut("a ``b ` c`` d"), ["``b ` c``"]);
        assert_eq!(cut("- x\n  ```js\n  y\n  ```\n"), ["```js\n  y\n  ```"]);
        assert_eq!(cut("a ` b"), ["`"]);
        assert_eq!(cut("a \\`b"), Vec::<String>::new());
        assert_eq!(cut("<b>x</b> 1 < 2"), ["<b>", "</b>"]);
    }
}
