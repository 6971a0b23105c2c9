//! HTML that authors write, made harmless: what may stay is in [`crate::syntax::raw_html`].

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::OnceLock;

use ammonia::Builder;

use crate::syntax::raw_html::{
    ATTRIBUTE_STARTS, ATTRIBUTES, ATTRIBUTES_OF, DROPPED_WHOLE, ELEMENTS, SCHEMES, is_safe_address,
};

/// A printed text without everything that is not harmless. Elements that are left open end with it.
pub(super) fn sanitize(html: &str) -> String {
    static CLEANER: OnceLock<Builder<'static>> = OnceLock::new();
    CLEANER.get_or_init(cleaner).clean(html).to_string()
}

fn cleaner() -> Builder<'static> {
    let mut builder = Builder::empty();
    let of_elements: HashMap<_, _> =
        ATTRIBUTES_OF.iter().map(|(element, names)| (*element, names.iter().copied().collect())).collect();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(DROPPED_WHOLE.iter().copied().collect())
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .generic_attribute_prefixes(ATTRIBUTE_STARTS.iter().copied().collect())
        .tag_attributes(of_elements)
        .url_schemes(SCHEMES.into_iter().chain(["data"]).collect())
        .link_rel(None)
        .attribute_filter(|_, name, value| match name {
            "href" => is_safe_address(value, false).then_some(Cow::Borrowed(value)),
            "src" => is_safe_address(value, true).then_some(Cow::Borrowed(value)),
            _ => Some(Cow::Borrowed(value)),
        });
    builder
}

#[cfg(test)]
mod tests {
    use super::sanitize;

    #[test]
    fn what_is_harmless_stays_as_it_is() {
        for html in [
            "<p>A <kbd>key</kbd>, H<sub>2</sub>O, <abbr title=\"a b\">ab</abbr>.</p>\n",
            "<details open=\"\"><summary>More</summary>\n<p>Text</p>\n</details>\n",
            "<a class=\"concept\" data-concept=\"pool\" href=\"../../concepts/pool/\">pool</a>",
            "<img src=\"assets/a.svg\" alt=\"x\" loading=\"lazy\">",
            "<div class=\"code\" data-use=\"command\"><pre tabindex=\"0\"><code class=\"language-js\">a &lt; b</code></pre></div>",
        ] {
            assert_eq!(sanitize(html), html);
        }
    }

    #[test]
    fn nothing_runs_and_nothing_is_loaded_from_elsewhere() {
        for (html, wanted) in [
            ("a<script>alert(1)</script>b", "ab"),
            ("<style>p{}</style><p style=\"x\" onclick=\"y\">z</p>", "<p>z</p>"),
            ("<iframe src=\"x\">in</iframe>", "in"),
            ("<form action=x><input name=y><b>z</b></form>", "<b>z</b>"),
            ("<a href=\"java&#10;script:x\">y</a>", "<a>y</a>"),
            ("<img src=\"https://example.org/a.png\" alt=\"x\">", "<img alt=\"x\">"),
            ("<svg><a href=\"javascript:x\">y</a></svg>z", "z"),
            ("<b>open", "<b>open</b>"),
            ("</div></section>x", "x"),
        ] {
            assert_eq!(sanitize(html), wanted, "{html}");
        }
    }
}
