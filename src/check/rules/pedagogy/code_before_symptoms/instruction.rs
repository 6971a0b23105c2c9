//! Finds sentences that send a learner into the source: a verb in the imperative and what it is
//! about. "Don't open it yet", "before you open the code" and "the app lives in `src/`" do not.

use std::ops::Range;

use crate::check::rules::pedagogy::text::sentences;

/// Verbs that can mean reading code. What they are about decides.
const VERBS: [&str; 22] = [
    "open",
    "read",
    "reread",
    "inspect",
    "study",
    "review",
    "skim",
    "examine",
    "browse",
    "explore",
    "scan",
    "trace",
    "peek",
    "dig",
    "look",
    "walk",
    "go",
    "familiarize",
    "familiarise",
    "turn",
    "start",
    "begin",
];

/// Verbs that mean it only if a file is named: one also checks a box and finds a cause.
const WEAK_VERBS: [&str; 13] = [
    "check", "find", "view", "follow", "search", "locate", "load", "bring", "pull", "scroll", "note",
    "notice", "visit",
];

/// Words that may stand before a verb in the imperative.
const BEFORE_IMPERATIVE: [&str; 22] = [
    "and",
    "then",
    "now",
    "first",
    "please",
    "should",
    "can",
    "must",
    "could",
    "may",
    "also",
    "next",
    "just",
    "so",
    "but",
    "or",
    "let's",
    "we",
    "briefly",
    "quickly",
    "always",
    "therefore",
];

/// Words before "to" that make what follows an instruction.
const BEFORE_TO: [&str; 11] =
    ["want", "need", "have", "time", "ready", "is", "sure", "asked", "free", "able", "how"];

/// Words before "you" that make a subordinate clause of it.
const BEFORE_YOU: [&str; 14] = [
    "when", "if", "before", "until", "once", "as", "whenever", "that", "what", "where", "how", "the",
    "while", "unless",
];

/// Words before a verb that turn it round, or put it off.
const NEGATIONS: [&str; 21] = [
    "don't",
    "dont",
    "not",
    "never",
    "no",
    "nobody",
    "without",
    "avoid",
    "resist",
    "temptation",
    "tempting",
    "tempted",
    "refrain",
    "will",
    "you'll",
    "we'll",
    "shall",
    "won't",
    "cannot",
    "later",
    "can't",
];

/// Words anywhere in a sentence that put off what it says.
const LATER: [&str; 5] = ["closed", "later", "afterwards", "afterward", "yet"];

/// Words after "once", "after", "when" that speak of symptoms seen.
const SYMPTOMS: [&str; 14] = [
    "load",
    "test",
    "tests",
    "measured",
    "measurement",
    "symptom",
    "symptoms",
    "seen",
    "figures",
    "numbers",
    "dashboard",
    "result",
    "results",
    "failure",
];

/// What "open it" can mean besides a file.
const PAGES: [&str; 7] = ["browser", "port", "ports", "tab", "grafana", "page", "terminal"];

struct Token {
    range: Range<usize>,
    /// Lower case, without the marks around it.
    word: String,
    /// A clause ends after it.
    ends_clause: bool,
}

/// The first instruction in a plain text, from the verb to what it is about. `is_source` says
/// whether a word is a path of the learner's code.
pub fn find_instruction(text: &str, is_source: &dyn Fn(&str) -> bool) -> Option<Range<usize>> {
    let mut before: Vec<Token> = Vec::new();
    for sentence in sentences(text) {
        let tokens = tokens(&text[sentence.clone()], sentence.start);
        let named_before =
            || (0..before.len()).any(|at| is_path(&before[at], is_source) || is_code(&before, at));
        if let Some(found) = in_sentence(&tokens, is_source, &named_before) {
            return Some(found);
        }
        before = tokens;
    }
    None
}

fn tokens(sentence: &str, start: usize) -> Vec<Token> {
    let mut found = Vec::new();
    for part in sentence.split_whitespace() {
        let place = |inner: &str| inner.as_ptr() as usize - sentence.as_ptr() as usize;
        let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '_' | '/' | '$');
        let inner = part.trim_matches(|c| !is_inner(c));
        let word = match inner.is_ascii() {
            true => inner.to_ascii_lowercase(),
            false => inner.to_lowercase().replace('’', "'"),
        };
        let ends_clause = part.ends_with([',', ';', ':', '—', ')']) || inner.is_empty();
        if let Some(last) = found.last_mut().filter(|_| inner.is_empty()) {
            let last: &mut Token = last;
            last.ends_clause = true;
            continue;
        }
        let at = start + place(inner);
        found.push(Token { range: at..at + inner.len(), word, ends_clause });
    }
    found
}

fn in_sentence(
    tokens: &[Token],
    is_source: &dyn Fn(&str) -> bool,
    named_before: &dyn Fn() -> bool,
) -> Option<Range<usize>> {
    if tokens.iter().any(|token| LATER.contains(&token.word.as_str())) {
        return None;
    }
    for at in 0..tokens.len() {
        let word = verb_of(tokens, at);
        let is_weak = WEAK_VERBS.contains(&word);
        if !(is_weak || VERBS.contains(&word)) {
            continue;
        }
        let start = start_of(tokens, at);
        if !leads_on(tokens, at, word)
            || !is_imperative(tokens, start)
            || is_excused(tokens, start)
        {
            continue;
        }
        // "Start with something easy: …" is about something else after the colon.
        let reach = if reads(word) { 12 } else { 5 };
        let clause =
            (at..tokens.len()).find(|end| tokens[*end].ends_clause).map_or(tokens.len(), |end| end + 1);
        let end = if reads(word) { tokens.len() } else { clause };
        for object in (at + 1..end).take(reach) {
            let is_pronoun = object <= at + 3
                && matches!(tokens[object].word.as_str(), "it" | "them")
                && !tokens[object..].iter().any(|token| PAGES.contains(&token.word.as_str()));
            let is_named = is_path(&tokens[object], is_source)
                || (!is_weak && (is_code(tokens, object) || (is_pronoun && reads(word) && named_before())));
            if is_named {
                // "the source code" is one thing.
                let is_double = tokens[object].word == "source" && object + 1 < tokens.len();
                let last = object
                    + usize::from(
                        is_double && matches!(tokens[object + 1].word.as_str(), "code" | "file" | "files"),
                    );
                return Some(tokens[start].range.start..tokens[last].range.end);
            }
        }
    }
    None
}

/// Where a verb begins: "have a look" begins before "look".
fn start_of(tokens: &[Token], at: usize) -> usize {
    let word = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    let is_phrase = matches!(word(1), "a" | "quick") && matches!(word(2), "have" | "take" | "a");
    if is_phrase { at - if word(2) == "a" { 3.min(at) } else { 2 } } else { at }
}

/// The verb of a token: "opening" after "by" is "open".
fn verb_of(tokens: &[Token], at: usize) -> &str {
    let word = tokens[at].word.as_str();
    let after_by = at > 0 && matches!(tokens[at - 1].word.as_str(), "by" | "worth");
    word.strip_suffix("ing").filter(|_| after_by).unwrap_or(word)
}

/// Whether a verb of many meanings is followed by what makes it one of reading: "go through".
fn leads_on(tokens: &[Token], at: usize, verb: &str) -> bool {
    let next = tokens.get(at + 1).map_or("", |token| token.word.as_str());
    match verb {
        "start" | "begin" => matches!(next, "in" | "with" | "by" | "at" | "from"),
        "go" | "walk" | "turn" => matches!(next, "through" | "to" | "over" | "into" | "back"),
        _ => true,
    }
}

/// Verbs whose "it" is the file that the sentence before named.
fn reads(verb: &str) -> bool {
    !matches!(verb, "start" | "begin" | "go" | "turn" | "walk")
}

fn is_imperative(tokens: &[Token], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).map(|before| &tokens[before]) else { return true };
    if before.ends_clause || before.word.ends_with("ly") {
        return true;
    }
    let word_at = |back: usize| at.checked_sub(back).map_or("", |at| tokens[at].word.as_str());
    match before.word.as_str() {
        "by" | "worth" => tokens[at].word.ends_with("ing"),
        "to" => BEFORE_TO.contains(&word_at(2)),
        "you" => !BEFORE_YOU.contains(&word_at(2)),
        word => BEFORE_IMPERATIVE.contains(&word),
    }
}

/// Whether what stands before a verb turns it round or puts it off.
fn is_excused(tokens: &[Token], at: usize) -> bool {
    let before = &tokens[..at];
    if before.iter().any(|token| NEGATIONS.contains(&token.word.as_str())) {
        return true;
    }
    // "before you open": the clause that the verb stands in.
    let clause = before.iter().rposition(|token| token.ends_clause).map_or(0, |end| end + 1);
    let own = &before[clause..];
    if own
        .iter()
        .rev()
        .take(3)
        .any(|token| matches!(token.word.as_str(), "before" | "when" | "if" | "until" | "than"))
    {
        return true;
    }
    let mentions = |words: &[&str]| before.iter().any(|token| words.contains(&token.word.as_str()));
    let runs_first =
        mentions(&["run", "start", "measure", "reproduce"]) && mentions(&["load", "loadtest", "symptoms"]);
    (runs_first && !mentions(&["before"]))
        || (mentions(&["after", "once", "when", "as"]) && mentions(&SYMPTOMS))
}

fn is_path(token: &Token, is_source: &dyn Fn(&str) -> bool) -> bool {
    is_source(&token.word)
}

/// Whether the word at a place is the code: "the code", "its schema", "the app's source code".
fn is_code(tokens: &[Token], at: usize) -> bool {
    let word = tokens[at].word.as_str();
    let next = tokens.get(at + 1).map_or("", |token| token.word.as_str());
    let is_noun = match word {
        "code" | "codebase" | "schema" | "implementation" | "sources" | "handler" | "handlers" => true,
        "source" => tokens[at].ends_clause || matches!(next, "" | "code" | "file" | "files" | "first"),
        _ => false,
    };
    if !is_noun {
        return false;
    }
    let before: Vec<&str> =
        tokens[at.saturating_sub(3)..at].iter().map(|token| token.word.as_str()).collect();
    let is_other =
        before.last().is_some_and(|before| matches!(*before, "status" | "error" | "exit" | "qr" | "http"));
    let is_definite = before.iter().any(|word| {
        matches!(*word, "the" | "its" | "our" | "their" | "your" | "this" | "that" | "all" | "some")
            || word.ends_with("'s")
    });
    is_definite && !is_other
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<&str> {
        let is_source = |word: &str| word.ends_with("server.js") || word == "src/";
        find_instruction(text, &is_source).map(|range| &text[range])
    }

    #[test]
    fn instructions_are_found_in_any_dress() {
        for (text, words) in [
            ("Open src/server.js.", "Open src/server.js"),
            ("Take your time, and have a look at the code.", "have a look at the code"),
            ("Before you run the load test, read the schema.", "read the schema"),
            ("You should first open the file src/server.js, then measure.", "open the file src/server.js"),
            ("The app is in src/server.js. Read it twice.", "Read it"),
            ("Start by opening src/server.js", "Start by opening"),
            ("Once the services are up, go through the source code.", "go through the source code"),
            ("You need to find the route in src/server.js.", "find the route in src/server.js"),
            ("- Open Grafana.\n- Study how the app's code is made.", "Study how the app's code"),
        ] {
            let hit = found(text).unwrap_or_else(|| panic!("{text}"));
            assert!(hit.starts_with(words), "{text}: {hit}");
        }
    }

    #[test]
    fn what_only_speaks_of_code_is_left_alone() {
        for text in [
            "Write down what you see before you open the code.",
            "Don't open src/server.js yet.",
            "Leave src/server.js closed.",
            "The app lives in src/ and server.js starts it.",
            "Find out which status code the app sends.",
            "When something breaks, the temptation is to open the code.",
            "After the load test, open src/server.js.",
            "You will read the code in the next step.",
            "Open Grafana and look at the panel.",
            "Engineers who are good at this read the code last.",
            "First run the load test, then open the code.",
            "Check the exit code, and look at it again.",
            "Don't begin by opening the code.",
            "Start the app's code with one command.",
            "The app is started by src/server.js. Open it in the browser.",
            "Open a terminal. Start the app with `node src/index.html`.",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
