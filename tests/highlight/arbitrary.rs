//! Any text in any language: the lexers end, do not panic, and keep the text whole.

use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;
use scenarist::emit::print::highlight::{highlight, highlight_into};
use scenarist::emit::print::html::escape_html;

use crate::agreement::texts;
use crate::spans::{CLASSES, read_spans};

pub const LANGUAGES: [&str; 21] = [
    "js",
    "ts",
    "tsx",
    "sql",
    "bash",
    "console",
    "yaml",
    "json",
    "dockerfile",
    "nginx",
    "promql",
    "python",
    "go",
    "rust",
    "html",
    "css",
    "toml",
    "markdown",
    "diff",
    "jsx",
    "psql",
];

/// What opens, closes or turns something in one of the languages.
const PIECES: [&str; 84] = [
    "\n",
    "\n",
    "\n",
    "\n\n",
    " ",
    " ",
    "  ",
    "    ",
    "\t",
    "\r\n",
    "\\",
    "\\\n",
    "'",
    "\"",
    "`",
    "'''",
    "\"\"\"",
    "```\n",
    "~~~\n",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "${",
    "$(",
    "$((",
    "))",
    "$x",
    "${x}",
    "$$",
    "$a$",
    "$1",
    "<",
    ">",
    "</",
    "/>",
    "<a ",
    "<a>",
    "</a>",
    "<b c={",
    "<!--",
    "-->",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "/*",
    "*/",
    "//",
    "--",
    "#",
    "# ",
    "#!",
    "/",
    "/x/g",
    "=",
    "= ",
    "=> ",
    ":",
    ": ",
    ":::",
    "- ",
    "---\n",
    "|",
    "|\n",
    ">-\n",
    "&a",
    "*a",
    "!t",
    "<<EOF\n",
    "EOF\n",
    "<<-'X'\n",
    "course=# ",
    "$ ",
    "  ->  Seq Scan on a  (cost=0.1",
    "@@",
    "+++ ",
    "f\"{",
    "r#\"",
    "\"#",
    "b'",
    "é",
];

const WORDS: [&str; 16] = [
    "const", "select", "from", "of", "if", "RUN", "server", "sum", "def", "func", "fn", "x", "Pool",
    "12.5e3", "0xff", "😀",
];

fn arbitrary_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        3 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => "[ -~]{0,6}".prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 600,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_text_is_kept_whole(text in arbitrary_text()) {
        for language in LANGUAGES {
            let html = highlight(language, &text);
            let (kept, _) = read_spans(&html);
            prop_assert_eq!(&kept, &escape_html(&text), "{}", language);
        }
    }
}

/// Real files, whole and in pieces that begin and end anywhere, also as another language.
#[test]
fn real_files_are_kept_whole_in_every_language() {
    let mut pieces = 0;
    for (_, text) in texts(&["js", "sql", "yml", "sh", "html", "css", "md", "json"]).iter().step_by(3) {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for (at, window) in lines.chunks(20).enumerate() {
            let piece = window.concat();
            for language in LANGUAGES.into_iter().skip(at % 3).step_by(3) {
                let (kept, _) = read_spans(&highlight(language, &piece));
                assert_eq!(kept, escape_html(&piece), "{language}");
            }
            pieces += 1;
        }
    }
    assert!(pieces > 200, "{pieces}");
}

#[test]
fn html_is_written_behind_what_is_there() {
    let mut html = "<code>".to_owned();
    highlight_into(&mut html, "JavaScript", "let a");
    assert_eq!(html, "<code><span class=\"hl-keyword\">let</span> a");
}

/// Every span has a class that the theme knows.
#[test]
fn the_theme_colors_every_class() {
    let theme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default/static/style.css"))
            .expect("the theme");
    for class in &CLASSES[1..] {
        assert!(
            theme.contains(&format!(".hl-{class} ")) || theme.contains(&format!(".hl-{class},")),
            "{class}"
        );
    }
}
