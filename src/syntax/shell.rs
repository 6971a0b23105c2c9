//! Commands of a shell line or script, wherever they stand in it: behind `&&`, in a loop, in `$(…)`.
//! The grammar recovers from faults, so that the rest of a text with a `<placeholder>` is still read.
//! What a command means is not known here.

use std::ops::Range;

use tree_sitter::{Node, Parser};

/// What a text runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shell {
    /// In the order in which they stand, at any depth.
    pub commands: Vec<Command>,
    /// Names of functions that the text defines.
    pub functions: Vec<String>,
}

/// A command with its words. Ranges are byte offsets of the parsed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Command {
    /// Its name and its arguments; empty for a redirection or an assignment that stands alone.
    pub words: Vec<Word>,
    /// `NAME=value` before the name.
    pub assignments: Vec<Word>,
    pub redirects: Vec<Redirect>,
    /// The text of `<<EOF … EOF`.
    pub heredoc: Option<Word>,
    /// The command of [`Shell::commands`] that reads what this one prints.
    pub pipes_into: Option<usize>,
    pub span: Range<usize>,
}

/// A word without its quotes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub span: Range<usize>,
    /// Whether the text is the word: it holds no `$…` or `` `…` ``.
    pub literal: bool,
}

/// `> file`, `< file`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirect {
    pub target: Word,
    pub writes: bool,
}

impl Command {
    /// The name as written: `npm`, `./run.sh`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.words.first().map_or("", |word| word.text.as_str())
    }

    /// The words after the name.
    #[must_use]
    pub fn arguments(&self) -> &[Word] {
        self.words.get(1..).unwrap_or_default()
    }

    /// Whether an argument stands there as it is.
    #[must_use]
    pub fn has_argument(&self, text: &str) -> bool {
        self.arguments().iter().any(|word| word.text == text)
    }
}

/// Longer texts are no scripts for learners, and recovering from faults in them takes long.
const MAX_BYTES: usize = 256 * 1024;

/// How deep commands may nest; the walk below goes by recursion.
const MAX_DEPTH: usize = 200;

/// Reads a text as bash.
#[must_use]
pub fn parse_shell(text: &str) -> Shell {
    let mut parser = Parser::new();
    if text.len() > MAX_BYTES || parser.set_language(&tree_sitter_bash::LANGUAGE.into()).is_err() {
        return Shell::default();
    }
    let text = without_placeholders(text);
    let Some(tree) = parser.parse(text.as_bytes(), None) else { return Shell::default() };
    let mut reader = Reader { text: &text, shell: Shell::default() };
    reader.visit(tree.root_node(), 0);
    reader.shell
}

/// People write `<id>` for what a reader fills in, which a shell takes for redirections. The marks
/// are replaced by as many other bytes, so that places stay.
fn without_placeholders(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = bytes.to_vec();
    let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    for (open, _) in text.match_indices('<') {
        let name = &bytes[open + 1..];
        let len = name.iter().take(40).take_while(|byte| is_name(byte)).count();
        let is_first = !matches!(open.checked_sub(1).map(|at| bytes[at]), Some(b'<' | b'='));
        let starts = name.first().is_some_and(u8::is_ascii_alphabetic);
        if is_first && starts && name.get(len) == Some(&b'>') && name.get(len + 1) != Some(&b'>') {
            out[open] = b'_';
            out[open + 1 + len] = b'_';
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

struct Reader<'a> {
    text: &'a str,
    shell: Shell,
}

impl Reader<'_> {
    fn visit(&mut self, node: Node<'_>, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        match node.kind() {
            "command" => self.command(node, depth),
            "declaration_command" | "unset_command" => self.builtin(node, depth),
            "redirected_statement" => self.redirected(node, depth),
            "pipeline" => self.pipeline(node, depth),
            "heredoc_redirect" => self.heredoc(node, depth),
            "file_redirect" => self.redirect(node),
            "herestring_redirect" => {
                if let Some(reader) = self.shell.commands.len().checked_sub(1) {
                    self.herestring(node, reader);
                }
            }
            "function_definition" => {
                if let Some(name) = node.child_by_field_name("name") {
                    self.shell.functions.push(self.slice(name).to_owned());
                }
                self.children(node, depth);
            }
            _ => self.children(node, depth),
        }
    }

    fn children(&mut self, node: Node<'_>, depth: usize) {
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            self.visit(child, depth + 1);
        }
    }

    fn command(&mut self, node: Node<'_>, depth: usize) {
        let at = self.shell.commands.len();
        self.shell.commands.push(Command { span: node.byte_range(), ..Command::default() });
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            match child.kind() {
                "file_redirect" => self.redirect_of(child, at),
                "herestring_redirect" => self.herestring(child, at),
                "variable_assignment" => {
                    let word = self.word(child);
                    self.shell.commands[at].assignments.push(word);
                }
                "comment" => continue,
                _ => {
                    let word = self.word(child);
                    self.shell.commands[at].words.push(word);
                }
            }
            self.children(child, depth + 1);
        }
    }

    /// `export A=1`, which the grammar tells apart from other commands.
    fn builtin(&mut self, node: Node<'_>, depth: usize) {
        let span = node.byte_range();
        let name = self.text[span.clone()].split_whitespace().next().unwrap_or("");
        let word = Word { text: name.to_owned(), span: span.start..span.start + name.len(), literal: true };
        self.shell.commands.push(Command { words: vec![word], span, ..Command::default() });
        self.children(node, depth);
    }

    fn redirected(&mut self, node: Node<'_>, depth: usize) {
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            let before = self.shell.commands.len();
            self.visit(child, depth + 1);
            // What a heredoc's line goes on with, such as `| psql`, reads what stands before it.
            let goes_on = child.kind() == "heredoc_redirect" && self.shell.commands.len() > before;
            if goes_on && let Some(first) = before.checked_sub(1) {
                self.shell.commands[first].pipes_into = Some(before);
            }
        }
    }

    fn pipeline(&mut self, node: Node<'_>, depth: usize) {
        let mut cursor = node.walk();
        let mut before: Option<usize> = None;
        for child in node.named_children(&mut cursor) {
            let first = self.shell.commands.len();
            self.visit(child, depth + 1);
            if self.shell.commands.len() == first {
                continue;
            }
            if let Some(before) = before {
                self.shell.commands[before].pipes_into = Some(first);
            }
            before = Some(self.last_of(first, child));
        }
    }

    /// The command whose output a part of a pipeline prints: its last one, or the one that others
    /// are substituted into.
    fn last_of(&self, first: usize, part: Node<'_>) -> usize {
        if part.kind() == "command" { first } else { self.shell.commands.len() - 1 }
    }

    fn heredoc(&mut self, node: Node<'_>, depth: usize) {
        let reader = self.shell.commands.len().checked_sub(1);
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            match child.kind() {
                "heredoc_body" => {
                    if let Some(reader) = reader {
                        let text = self.slice(child).to_owned();
                        self.shell.commands[reader].heredoc =
                            Some(Word { text, span: child.byte_range(), literal: true });
                    }
                    self.children(child, depth + 1);
                }
                "heredoc_start" | "heredoc_end" => {}
                _ => self.visit(child, depth + 1),
            }
        }
    }

    /// `<<< "text"`
    fn herestring(&mut self, node: Node<'_>, reader: usize) {
        if let Some(text) = node.named_child(0) {
            self.shell.commands[reader].heredoc = Some(self.word(text));
        }
    }

    /// A redirection behind a command, or one that stands alone.
    fn redirect(&mut self, node: Node<'_>) {
        if self.shell.commands.is_empty() {
            self.shell.commands.push(Command { span: node.byte_range(), ..Command::default() });
        }
        self.redirect_of(node, self.shell.commands.len() - 1);
    }

    fn redirect_of(&mut self, node: Node<'_>, command: usize) {
        let Some(target) = node.child_by_field_name("destination") else { return };
        let before = &self.text[node.start_byte()..target.start_byte()];
        let writes = before.contains('>') && !before.contains("&");
        let redirect = Redirect { target: self.word(target), writes };
        self.shell.commands[command].redirects.push(redirect);
    }

    fn word(&self, node: Node<'_>) -> Word {
        let mut word = Word { text: String::new(), span: node.byte_range(), literal: true };
        self.add_to(node, &mut word, 0);
        word
    }

    fn add_to(&self, node: Node<'_>, word: &mut Word, depth: usize) {
        let raw = self.slice(node);
        match node.kind() {
            "raw_string" => word.text.push_str(raw.trim_matches('\'')),
            "ansi_c_string" => word.text.push_str(raw.trim_start_matches('$').trim_matches('\'')),
            "string" | "translated_string" => {
                let raw = raw.strip_prefix('$').unwrap_or(raw);
                let inner = raw.strip_prefix('"').unwrap_or(raw);
                push_unescaped(inner.strip_suffix('"').unwrap_or(inner), "\"\\$`\n", &mut word.text);
                word.literal &= !has_expansion(node);
            }
            "command_name" | "concatenation" if depth < MAX_DEPTH => {
                let mut cursor = node.walk();
                for child in node.children(&mut cursor) {
                    self.add_to(child, word, depth + 1);
                }
            }
            "word" | "number" => push_unescaped(raw, "", &mut word.text),
            _ => {
                word.text.push_str(raw);
                word.literal &= !has_expansion(node) && !raw.contains('$');
            }
        }
    }

    fn slice(&self, node: Node<'_>) -> &str {
        self.text.get(node.byte_range()).unwrap_or("")
    }
}

fn has_expansion(node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    node.named_children(&mut cursor).any(|child| child.kind() != "string_content")
}

/// Takes backslashes away: before every character, or between double quotes only before some.
fn push_unescaped(raw: &str, escapable: &str, out: &mut String) {
    let mut rest = raw.chars().peekable();
    while let Some(c) = rest.next() {
        let escapes = rest.peek().is_some_and(|next| escapable.is_empty() || escapable.contains(*next));
        match rest.peek() {
            Some('\n') if c == '\\' => drop(rest.next()),
            Some(_) if c == '\\' && escapes => out.extend(rest.next()),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<Vec<String>> {
        let shell = parse_shell(text);
        for command in &shell.commands {
            for word in &command.words {
                assert!(text.get(word.span.clone()).is_some(), "{word:?}");
            }
        }
        shell.commands.iter().map(|it| it.words.iter().map(|word| word.text.clone()).collect()).collect()
    }

    #[test]
    fn commands_are_found_wherever_they_stand() {
        assert_eq!(words("cd /app && npm ci; ls"), [vec!["cd", "/app"], vec!["npm", "ci"], vec!["ls"]]);
        assert_eq!(
            words("for i in $(seq 60); do curl -s \"localhost:3000/$i\" > /dev/null; done"),
            [vec!["seq", "60"], vec!["curl", "-s", "localhost:3000/$i"]]
        );
        assert_eq!(words("until [ -f a ]; do sleep 1; done"), [vec!["sleep", "1"]]);
        assert_eq!(words("A=1 B=2 node x.js # psql"), [vec!["node", "x.js"]]);
        assert_eq!(words("echo 'a; b' \"c && d\" e\\ f"), [vec!["echo", "a; b", "c && d", "e f"]]);
        assert_eq!(words("export A=$(cat x)"), [vec!["export"], vec!["cat", "x"]]);
        assert_eq!(words("sh -c 'psql -f a.sql'"), [vec!["sh", "-c", "psql -f a.sql"]]);
    }

    #[test]
    fn pipes_redirects_and_heredocs_belong_to_their_commands() {
        let shell = parse_shell("cat a.sql | psql -q > out.txt 2>&1 && tee src/x < y");
        assert_eq!(shell.commands[0].pipes_into, Some(1));
        assert!(shell.commands[1].redirects[0].writes);
        assert_eq!(shell.commands[1].redirects[0].target.text, "out.txt");
        assert!(!shell.commands[2].redirects[0].writes);
        let shell = parse_shell("psql <<SQL\nCREATE INDEX a ON b (c);\nSQL\necho done\n");
        assert_eq!(
            shell.commands[0].heredoc.as_ref().map(|it| it.text.trim()),
            Some("CREATE INDEX a ON b (c);")
        );
        assert_eq!(shell.commands[1].name(), "echo");
        let shell = parse_shell("psql <<< 'CREATE INDEX a ON b (c)'");
        assert!(shell.commands[0].heredoc.as_ref().is_some_and(|it| it.text.starts_with("CREATE")));
        let shell = parse_shell("cat <<SQL | psql\nCREATE INDEX a ON b (c);\nSQL\n");
        assert_eq!(shell.commands[1].name(), "psql");
        assert_eq!(shell.commands[0].pipes_into, Some(1));
    }

    #[test]
    fn faults_do_not_hide_the_rest() {
        let found = words("npm run loadtest -- <id>\ncurl localhost:3000\nif then (\npsql x\n");
        assert!(found.iter().any(|words| words[..] == ["curl", "localhost:3000"]), "{found:?}");
        for text in ["", "'", "\"$(", "a | | b", "<<EOF", "((((((", "${", "ä ö 'ü"] {
            let _ = words(text);
        }
    }

    #[test]
    fn functions_are_named() {
        assert_eq!(parse_shell("run() {\n  npm ci\n}\nrun\n").functions, ["run"]);
    }
}
