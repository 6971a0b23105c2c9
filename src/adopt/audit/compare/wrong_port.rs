//! `adopt/wrong-port`.

use std::collections::BTreeSet;

use super::course::{Scenario, scenarios};
use super::text::{paragraphs_of_file, without_code};
use crate::adopt::Repository;
use crate::diag::catalog::adopt::WRONG_PORT;
use crate::diag::{Diagnostic, Sink};
use crate::source::{FileId, Span};
use crate::syntax::compose::services_in;
use crate::syntax::yaml::parse_yaml;

/// Compares the addresses in what learners read with the ports of the compose file.
pub fn check(repository: &Repository, sink: &Sink) {
    for scenario in scenarios(repository) {
        let Some(compose) = scenario.folder.compose else { continue };
        let known = ports_of(repository, scenario, compose);
        if known.is_empty() {
            continue;
        }
        for file in [Some(scenario.page.file), scenario.folder.readme].into_iter().flatten() {
            check_file(repository, file, &known, sink);
            check_words(repository, file, &known, sink);
        }
    }
}

/// Ports that are published, and those that services listen on.
fn ports_of(repository: &Repository, scenario: Scenario<'_>, compose: FileId) -> BTreeSet<u32> {
    let files = &repository.files;
    let solution = scenario.folder.solution.iter().map(|it| it.file);
    let solution = solution.filter(|file| files.path(*file).as_str().ends_with(".yml"));
    let mut found = BTreeSet::new();
    for file in solution.chain([compose]) {
        let (Ok(text), Some(root)) = (files.text(file), parse_yaml(files, file, &Sink::default())) else {
            continue;
        };
        for service in services_in(text, &root) {
            found.extend(service.listens_on());
            found.extend(
                service.ports().iter().flat_map(|port| port.published.into_iter().chain([port.target])),
            );
        }
    }
    found
}

/// "port 3001" in a text.
fn check_words(repository: &Repository, file: FileId, known: &BTreeSet<u32>, sink: &Sink) {
    for paragraph in paragraphs_of_file(&repository.files, file) {
        let text = without_code(repository.files.slice(paragraph.span)).to_ascii_lowercase();
        for (at, word) in text.match_indices("port ") {
            let start = at + word.len();
            let length = text[start..].bytes().take_while(u8::is_ascii_digit).count();
            let begins = !text[..at].ends_with(char::is_alphanumeric);
            let Some(port) = text[start..start + length].parse().ok().filter(|_| begins && length > 1) else {
                continue;
            };
            report(paragraph.span.sub(start, start + length), port, known, sink);
        }
    }
}

fn report(span: Span, port: u32, known: &BTreeSet<u32>, sink: &Sink) {
    if known.contains(&port) {
        return;
    }
    let message = format!("no service of the compose file has the port {port}");
    let all: Vec<String> = known.iter().map(u32::to_string).collect();
    let help = format!("its ports are {}", all.join(", "));
    sink.push(Diagnostic::new(&WRONG_PORT, span, message).help(help));
}

fn check_file(repository: &Repository, file: FileId, known: &BTreeSet<u32>, sink: &Sink) {
    const HOSTS: [&str; 2] = ["localhost:", "127.0.0.1:"];
    let Ok(text) = repository.files.text(file) else { return };
    for host in HOSTS {
        for (at, _) in text.match_indices(host) {
            let start = at + host.len();
            let digits = &text[start..start + text[start..].bytes().take_while(u8::is_ascii_digit).count()];
            let Ok(port) = digits.parse::<u32>() else { continue };
            report(Span::new(file, start, start + digits.len()), port, known, sink);
        }
    }
}
