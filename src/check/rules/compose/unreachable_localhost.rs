//! `compose/unreachable-localhost`.

use std::ops::Range;

use super::containers::{Containers, Here};
use crate::check::{Checked, Exercise, ExerciseFile, inner_range, page_of, typed_commands};
use crate::diag::{Applicability, CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;
use crate::syntax::script_calls::ScriptCalls;
use crate::syntax::shell::{Command, Shell, parse_shell};

pub static SPEC: CodeSpec = CodeSpec {
    code: "compose/unreachable-localhost",
    severity: Severity::Error,
    what: "A command or a script looks on `localhost` for what runs in another container.",
    why: "In the app's container `localhost` is that container alone: the connection is refused, on every machine.",
    fix: "Name the other service: `postgres:5432` instead of `localhost:5432`.",
    source: "format.md, Codespaces facts",
    params: &[],
    bad: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\n```bash {in=app}\ncurl -s 'http://«localhost:9090»/api/v1/query?query=up'\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\n```bash\npsql postgresql://postgres:postgres@«127.0.0.1:5432»/feed\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\n```bash\npsql -h «localhost» -U postgres feed\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/report.js",
            "async function main() {\n  const answer = await fetch('http://«localhost:9090»/api/v1/targets');\n  console.log(await answer.json());\n}\n\nmain();\n",
        )]),
        compose_example![
            app!(),
            postgres!(),
            grafana!(),
            prometheus!(),
            "  worker:\n    build: .\n    command: npx nodemon src/server.js\n    volumes:\n      - .:/app\n    environment:\n      DATABASE_URL: postgresql://postgres:postgres@«localhost:5432»/feed\n",
        ],
    ],
    good: &[
        Example::file(&[(
            "content/scenarios/first/scenario.md",
            "…\n\n## More\n\nIn the browser, `http://localhost:3001` is Grafana.\n\n```bash {in=app}\ncurl -s localhost:3000/feed\ncurl -s http://prometheus:9090/api/v1/targets\npsql -h postgres -U postgres feed\necho \"Open localhost:3001 in your browser\"\n```\n\n```bash {in=host}\ncurl -s localhost:9090/metrics\n```\n",
        )]),
        Example::file(&[(
            "content/scenarios/first/app/scripts/report.js",
            "// localhost:9090 would be this container.\nconst url = process.env.PROMETHEUS_URL || 'http://localhost:9090';\nconsole.log('Open http://localhost:3001 in the browser', url);\n",
        )]),
    ],
};

/// Looks at what learners type, at scripts, and at the variables of services.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let containers = Containers::of(exercise);
        if let Some(page) = page_of(checked, exercise) {
            for typed in typed_commands(checked.files, page) {
                for found in in_shell(&typed.shell, &containers) {
                    let span = typed.place(found.at.clone());
                    sink.push(found.report(Diagnostic::new(&SPEC, span, found.message()), span));
                }
            }
        }
        for (_, file) in exercise.each_file() {
            look_at_file(checked, exercise, file, &containers, sink);
        }
        look_at_variables(checked, exercise, &containers, sink);
    }
}

/// `localhost` where another container is meant.
struct Found {
    at: Range<usize>,
    /// As written, with the port.
    written: String,
    /// The service that is meant, and its port.
    service: String,
    port: u32,
}

impl Found {
    fn message(&self) -> String {
        format!("`{}` is this container; on port {} listens `{}`", self.written, self.port, self.service)
    }

    fn report(&self, finding: Diagnostic, span: Span) -> Diagnostic {
        let meant = if self.written.contains(':') {
            format!("{}:{}", self.service, self.port)
        } else {
            self.service.clone()
        };
        let title = format!("name the service `{}`", self.service);
        finding.help(format!("write `{meant}`")).replace(Applicability::Unsafe, title, span, meant)
    }
}

fn look_at_file(
    checked: &Checked<'_>,
    exercise: &Exercise<'_>,
    file: &ExerciseFile<'_>,
    containers: &Containers,
    sink: &Sink,
) {
    let mut found = Vec::new();
    if file.is_script() {
        found = in_script(file.calls(), containers);
    } else if file.has_extension("sh") {
        found = in_shell(file.shell(), containers);
    } else if file.path == "package.json" {
        for (_, node) in file.json().and_then(|json| json.get("scripts")).map_or(&[][..], |it| it.entries()) {
            let inner = inner_range(file.text, node);
            let commands = parse_shell(node.as_text().unwrap_or(""));
            found.extend(in_shell(&commands, containers).into_iter().map(|found| Found {
                at: inner.start + found.at.start..inner.start + found.at.end,
                ..found
            }));
        }
    }
    for found in found {
        let span = crate::check::authored_span(checked, exercise, file, found.at.clone());
        sink.push(found.report(file.finding_at(&SPEC, span, found.at.clone(), found.message()), span));
    }
}

/// Addresses that are asked; those that are printed or sent to a browser are right as they are, and
/// so is what stands in for a variable that the compose file sets.
fn in_script(calls: &ScriptCalls, containers: &Containers) -> Vec<Found> {
    let asks = [
        "fetch",
        "get",
        "request",
        "post",
        "connect",
        "createClient",
        "axios",
        "got",
        "Client",
        "Pool",
        "Redis",
        "autocannon",
    ];
    let mut found = Vec::new();
    for (text, callee) in &calls.texts {
        let last = callee.as_deref().map_or("", |callee| callee.rsplit('.').next().unwrap_or(""));
        let stands_in =
            calls.fallbacks.iter().any(|range| range.start <= text.span.start && text.span.end <= range.end);
        let is_web = text.value.contains("http://localhost") || text.value.contains("http://127.0.0.1");
        let is_address = text.value.contains("://");
        if !stands_in && (asks.contains(&last) || (is_address && !is_web)) {
            let inside = addresses(&text.value, containers, Here::Code);
            found.extend(inside.into_iter().map(|found| Found { at: text.part(found.at.clone()), ..found }));
        }
    }
    found
}

/// What a command prints is no address that it asks, and `docker exec` asks from elsewhere.
const SPEAKERS: [&str; 5] = ["echo", "printf", "docker", "ssh", "open"];

fn in_shell(shell: &Shell, containers: &Containers) -> Vec<Found> {
    let mut found = Vec::new();
    for command in shell.commands.iter().filter(|command| !SPEAKERS.contains(&command.name())) {
        for word in &command.words {
            let inside = addresses(&word.text, containers, Here::Terminal);
            found.extend(inside.into_iter().map(|found| shift(found, word)));
        }
        found.extend(host_option(command, containers));
    }
    found
}

/// Quotes make a word longer than its text; its first letter then stands one further.
fn shift(found: Found, word: &crate::syntax::shell::Word) -> Found {
    let extra = word.span.len().saturating_sub(word.text.len());
    let lead = word.span.start + extra.min(1);
    let at =
        if extra <= 2 && extra != 1 { lead + found.at.start..lead + found.at.end } else { word.span.clone() };
    Found { at, ..found }
}

/// `-h localhost` of clients that take host and port apart.
fn host_option(command: &Command, containers: &Containers) -> Option<Found> {
    let usual = match command.name() {
        "psql" | "pg_isready" | "pg_dump" | "pgbench" => 5432,
        "redis-cli" => 6379,
        "mysql" | "mariadb" => 3306,
        _ => return None,
    };
    let after = |names: &[&str]| {
        let at = command.words.iter().position(|word| names.contains(&word.text.as_str()))?;
        command.words.get(at + 1)
    };
    let host = after(&["-h", "--host"])?;
    let port = after(&["-p", "--port", "-P"]).and_then(|word| word.text.parse().ok()).unwrap_or(usual);
    let is_here = ["localhost", "127.0.0.1"].contains(&host.text.as_str());
    let service = containers.other(port, Here::Terminal).filter(|_| is_here)?;
    Some(Found { at: host.span.clone(), written: host.text.clone(), service: service.to_owned(), port })
}

fn look_at_variables(checked: &Checked<'_>, exercise: &Exercise<'_>, containers: &Containers, sink: &Sink) {
    for compose in crate::check::compose_files(exercise) {
        for service in compose.services().filter(|service| service.runs_code()) {
            for variable in service.environment() {
                // A browser asks for these, and it is outside of all containers.
                if variable.value.starts_with("http://") || variable.value.starts_with("https://") {
                    continue;
                }
                for found in addresses(&variable.value, containers, Here::Code) {
                    let at = variable.at.start + found.at.start..variable.at.start + found.at.end;
                    let span = crate::check::authored_span(checked, exercise, compose.file, at.clone());
                    let finding = compose.file.finding_at(&SPEC, span, at, found.message());
                    sink.push(found.report(finding, span));
                }
            }
        }
    }
}

/// `localhost:PORT` in a text, where PORT belongs to another container.
fn addresses(text: &str, containers: &Containers, here: Here) -> Vec<Found> {
    let mut found = Vec::new();
    for host in ["localhost:", "127.0.0.1:"] {
        for (at, _) in text.match_indices(host) {
            let joined = text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
            let rest = &text[at + host.len()..];
            let len = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let Ok(port) = rest[..len].parse() else { continue };
            if let Some(service) = containers.other(port, here).filter(|_| !joined) {
                let end = at + host.len() + len;
                let (at, written) = (at..end, text[at..end].to_owned());
                found.push(Found { at, written, service: service.to_owned(), port });
            }
        }
    }
    found
}
