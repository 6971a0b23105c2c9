//! How much the lexers look at, counted and not timed: hostile texts cost what others of their length
//! cost, and twice the text costs twice as much.

use super::languages::language;
use super::lexer::Lexer;

const LANGUAGES: [&str; 20] = [
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
];

/// What opens something, and never closes it, or makes a lexer look ahead for nothing.
const PIECES: [&str; 64] = [
    "(",
    "{",
    "[",
    "[[",
    "<",
    "<a ",
    "<a>",
    "<a b={",
    "</",
    "${",
    "`${",
    "`",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "/*",
    "/**/",
    "\\",
    "\\\n",
    "\\\"",
    "\"\\\"\n",
    "$(",
    "$((",
    "\"$(",
    "${a:-",
    "<<a\n",
    "<<a ",
    "$a$",
    "$$ $a$",
    "$ ",
    "r#",
    "r#\"",
    "r##\"\"#",
    "'a",
    "b'\\",
    "/[",
    "= /",
    "(/a",
    "#",
    "#[",
    "---\n",
    "- ",
    "a: |\n",
    "a: [",
    "a:",
    ": ",
    "? ",
    "a=#",
    "a=# b\n",
    "  ->  a\n",
    "a\n",
    "a (cost=",
    "```\n",
    "``` ``\n",
    "](",
    "<!--",
    "<script>",
    "f\"{",
    "a{",
    "a;",
    "@",
    "&",
    "é\\é",
];

/// Bytes looked at, for each byte of text. The most that was measured is 6.5, for lines of SQL with one letter.
const MOST: usize = 8;

fn steps(name: &str, text: &str) -> usize {
    let mut html = String::new();
    let mut lexer = Lexer::new(text, &mut html);
    language(name).expect("a lexer")(&mut lexer);
    let steps = lexer.steps;
    lexer.finish();
    steps
}

#[test]
fn work_grows_with_the_text_and_no_faster() {
    let mut faults = Vec::new();
    let mut most = 0;
    for name in LANGUAGES {
        for piece in PIECES {
            let once = piece.repeat(12_000 / piece.len());
            let (one, two) = (steps(name, &once), steps(name, &once.repeat(2)));
            most = most.max(one / once.len());
            if one > once.len() * MOST || two > one * 21 / 10 + 1000 {
                faults.push(format!("{name} {piece:?}: {one} steps for {}, {two} for twice", once.len()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(most > 1, "nothing is counted");
}

#[test]
fn large_texts_of_one_kind_cost_no_more() {
    for name in LANGUAGES {
        for piece in ["(", "${", "\"", "'", "/*", "\\"] {
            let text = piece.repeat(100_000 / piece.len());
            let steps = steps(name, &text);
            assert!(steps <= text.len() * MOST, "{name} {piece:?}: {steps}");
        }
    }
}

/// Text that nests deeply keeps what it is, and what is behind it is still lexed.
#[test]
fn depth_is_bounded() {
    for (name, open, close) in
        [("js", "`${", "}`"), ("bash", "$(", ")"), ("python", "f'{", "}'"), ("jsx", "<a>{", "}</a>")]
    {
        for depth in [10, 30, 5000] {
            let text = format!("{}1{}\n", open.repeat(depth), close.repeat(depth));
            let mut html = String::new();
            let mut lexer = Lexer::new(&text, &mut html);
            language(name).expect("a lexer")(&mut lexer);
            lexer.finish();
            assert!(html.len() >= text.len(), "{name}");
        }
    }
}

/// A count that grows with the square is noticed.
#[test]
fn looking_again_and_again_is_counted() {
    let count = |len: usize| {
        let text = "a".repeat(len);
        let mut html = String::new();
        let mut lexer = Lexer::new(&text, &mut html);
        while lexer.more() {
            lexer.find(lexer.at, |byte| byte == b'\n');
            lexer.bump();
        }
        lexer.steps
    };
    assert!(count(2000) > count(1000) * 3);
}
