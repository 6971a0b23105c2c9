//! A Dockerfile: its instructions, the images that it starts from, and the packages that it
//! installs. Read here rather than by a crate: those there are stop at the first line that they do
//! not know, and the format is a line's first word with the rest of the line.

use std::ops::Range;

use super::shell::{Command, Word, parse_shell};

/// A Dockerfile. Ranges are byte offsets of the parsed text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dockerfile {
    pub instructions: Vec<Instruction>,
}

/// One instruction, over all lines that belong to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// In capitals.
    pub keyword: String,
    pub keyword_span: Range<usize>,
    /// What follows the keyword, with its continuation marks.
    pub arguments: Range<usize>,
}

/// Reads a Dockerfile.
#[must_use]
pub fn parse_dockerfile(text: &str) -> Dockerfile {
    let mut instructions: Vec<Instruction> = Vec::new();
    let mut goes_on = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        // Comments and empty lines may stand inside an instruction and don't end it.
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let end = start + line.trim_end().len();
        match instructions.last_mut().filter(|_| goes_on) {
            Some(open) => open.arguments.end = end,
            None => {
                let lead = start + (line.len() - line.trim_start().len());
                let word = content.split_whitespace().next().unwrap_or("");
                let after = lead + word.len();
                let gap = text[after..end].len() - text[after..end].trim_start().len();
                instructions.push(Instruction {
                    keyword: word.to_ascii_uppercase(),
                    keyword_span: lead..after,
                    arguments: after + gap..end,
                });
            }
        }
        goes_on = content.ends_with('\\');
    }
    Dockerfile { instructions }
}

impl Dockerfile {
    /// The images that stages start from: not those that an earlier stage of the file made.
    #[must_use]
    pub fn images(&self, text: &str) -> Vec<Word> {
        let mut stages: Vec<String> = Vec::new();
        let mut images = Vec::new();
        for from in self.instructions.iter().filter(|it| it.keyword == "FROM") {
            let words = words_of(text, from.arguments.clone());
            let mut words = words.into_iter().filter(|word| !word.text.starts_with("--"));
            let Some(image) = words.next() else { continue };
            let name = words.next().filter(|word| word.text.eq_ignore_ascii_case("as")).and(words.next());
            if image.text != "scratch" && !stages.contains(&image.text.to_lowercase()) {
                images.push(image);
            }
            stages.extend(name.map(|name| name.text.to_lowercase()));
        }
        images
    }

    /// Every command of a `RUN`, with ranges of the whole text.
    #[must_use]
    pub fn commands(&self, text: &str) -> Vec<Command> {
        let runs = self.instructions.iter().filter(|it| it.keyword == "RUN");
        runs.flat_map(|run| {
            let start = run.arguments.start;
            let commands = parse_shell(&text[run.arguments.clone()]).commands;
            commands.into_iter().map(move |command| shifted(command, start))
        })
        .collect()
    }

    /// The system's and npm's packages that it installs.
    #[must_use]
    pub fn packages(&self, text: &str) -> Vec<Word> {
        self.commands(text).iter().flat_map(installed_by).collect()
    }
}

/// The packages that a command installs.
fn installed_by(command: &Command) -> Vec<Word> {
    let verb = match command.name() {
        "apt-get" | "apt" | "yum" | "dnf" | "microdnf" => "install",
        "apk" => "add",
        "npm" if command.has_argument("-g") || command.has_argument("--global") => "install",
        _ => return Vec::new(),
    };
    let short = if command.name() == "npm" { "i" } else { verb };
    let arguments = command.arguments();
    let after = arguments.iter().position(|word| word.text == verb || word.text == short);
    let packages = after.map_or(&[][..], |at| &arguments[at + 1..]);
    let packages = packages.iter().filter(|word| !word.text.starts_with('-') && word.literal);
    packages
        .map(|word| {
            // `curl=8.1` and `pnpm@9` name a version as well.
            let name = word.text.split(['=', '>', '<', '~']).next().unwrap_or("");
            let cut = name.char_indices().skip(1).find(|(_, c)| *c == '@').map_or(name.len(), |(at, _)| at);
            Word { text: name[..cut].to_owned(), ..word.clone() }
        })
        .collect()
}

fn shifted(mut command: Command, by: usize) -> Command {
    let shift = |range: &mut Range<usize>| *range = range.start + by..range.end + by;
    shift(&mut command.span);
    for word in command.words.iter_mut().chain(&mut command.assignments) {
        shift(&mut word.span);
    }
    command
}

fn words_of(text: &str, range: Range<usize>) -> Vec<Word> {
    let slice = &text[range.clone()];
    let mut words = Vec::new();
    for word in slice.split_whitespace().filter(|word| *word != "\\") {
        let start = range.start + (word.as_ptr() as usize - slice.as_ptr() as usize);
        words.push(Word {
            text: word.to_owned(),
            span: start..start + word.len(),
            literal: !word.contains('$'),
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# comment\nFROM node:24-slim AS base\n\nRUN apt-get update \\\n    # why\n    && apt-get install -y --no-install-recommends curl=8.1 \\\n    git \\\n  && rm -rf x\nfrom base\nFROM --platform=linux/amd64 nginx\nRUN apk add --no-cache jq && npm i -g pnpm@9\nEXPOSE 80\n";

    #[test]
    fn images_are_those_of_no_earlier_stage() {
        let found = parse_dockerfile(TEXT);
        let images = found.images(TEXT);
        let names: Vec<&str> = images.iter().map(|word| &TEXT[word.span.clone()]).collect();
        assert_eq!(names, ["node:24-slim", "nginx"]);
    }

    #[test]
    fn packages_are_found_over_lines() {
        let packages = parse_dockerfile(TEXT).packages(TEXT);
        let names: Vec<&str> = packages.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(names, ["curl", "git", "jq", "pnpm"]);
        assert_eq!(&TEXT[packages[1].span.clone()], "git");
    }

    #[test]
    fn any_text_is_read() {
        for text in ["", "\\", "FROM", "RUN \\\n\\\n", "ä ö\n  #\nRUN 'x"] {
            let found = parse_dockerfile(text);
            let _ = (found.images(text), found.packages(text));
        }
    }
}
