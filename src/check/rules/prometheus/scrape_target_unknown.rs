//! `prometheus/scrape-target-unknown`.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::check::telemetry::{
    ComposeService, Scrape, ScrapeTarget, ServiceCode, compose_file, scrapes_of, service_code, services_of,
};
use crate::check::{Checked, Exercise, ExerciseFile, StageFolder};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::source::Span;
use crate::syntax::yaml::closest;

pub static SPEC: CodeSpec = CodeSpec {
    code: "prometheus/scrape-target-unknown",
    severity: Severity::Error,
    what: "Prometheus asks a service that does not run, or a port that it does not listen on.",
    why: "The target is down from the first minute, and every panel stays empty.",
    fix: "Write the service's name in the compose file and the port that its code listens on.",
    source: "rules.md",
    params: &[],
    bad: &[
        scraped!("«'api:3000'»"),
        scraped!("«'app:3001'»"),
        scraped!("'app:3000', «'worker:9100'»"),
        Example::files(&[
            (
                "content/scenarios/first/app/src/server.js",
                concat!(
                    head!(),
                    metrics!(),
                    middleware!(),
                    database!(),
                    routes_header!(),
                    metrics_route!(),
                    feed_route!(),
                    "  // Intentional problem: who waits while this line runs?\n  for (let i = 0; i < 1e9; i++);\n",
                    feed_end!(),
                    "// ----------------------------------------------------------------------------\n// START SERVER\n// ----------------------------------------------------------------------------\n\napp.listen(«4000»);\n"
                ),
            ),
            (
                "content/scenarios/first/solution/fast/src/server.js",
                concat!(
                    head!(),
                    metrics!(),
                    middleware!(),
                    database!(),
                    routes_header!(),
                    metrics_route!(),
                    feed_route!(),
                    feed_end!(),
                    "// ----------------------------------------------------------------------------\n// START SERVER\n// ----------------------------------------------------------------------------\n\napp.listen(4000);\n"
                ),
            ),
        ]),
    ],
    good: &[
        scraped!("'app:3000', 'localhost:9090', 'prometheus:9090'"),
        server!(
            concat!(
                head!(),
                metrics!(),
                middleware!(),
                database!(),
                routes_header!(),
                metrics_route!(),
                feed_route!()
            ),
            concat!(
                feed_end!(),
                "// ----------------------------------------------------------------------------\n// START SERVER\n// ----------------------------------------------------------------------------\n\nconst port = Number(process.env.PORT) || 8000;\napp.listen(port);\n"
            )
        ),
    ],
};

/// Compares targets with the services and the ports they listen on.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        let mut messages = BTreeSet::new();
        for stage in &exercise.stages {
            let services = services_of(stage);
            if services.is_empty() {
                continue;
            }
            let code = service_code(stage);
            for scrape in scrapes_of(stage) {
                for target in &scrape.targets {
                    let seen = Seen { checked, exercise, stage, services: &services, code: &code };
                    if let Some(finding) = seen.check_target(&scrape, target)
                        && messages.insert(finding.message.clone())
                    {
                        sink.push(finding);
                    }
                }
            }
        }
    }
}

struct Seen<'c> {
    checked: &'c Checked<'c>,
    exercise: &'c Exercise<'c>,
    stage: &'c StageFolder<'c>,
    services: &'c [ComposeService<'c>],
    code: &'c [ServiceCode<'c>],
}

/// Where a service listens.
struct Port<'s> {
    number: u32,
    /// The file and the place that say so.
    file: Option<(&'s ExerciseFile<'s>, Range<usize>)>,
}

/// Other names for the machine that Prometheus runs on, and names from outside.
const OUTSIDE: [&str; 3] = ["localhost", "127.0.0.1", "host.docker.internal"];

impl Seen<'_> {
    fn check_target(&self, scrape: &Scrape<'_>, target: &ScrapeTarget) -> Option<Diagnostic> {
        if OUTSIDE.contains(&target.host.as_str()) || target.host.contains('.') || target.host.contains('$') {
            return None;
        }
        let files = self.checked.files;
        let Some(service) = self.services.iter().find(|service| self.answers_to(service, &target.host))
        else {
            let message = format!("no service of the compose file is called `{}`", target.host);
            let names = || self.services.iter().map(|service| service.id);
            let help = match closest(&target.host, names()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "its services are {}",
                    names().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
                ),
            };
            return Some(scrape.file.finding(files, &SPEC, target.at.clone(), message).help(help));
        };
        let port = self.port_of(service)?;
        // Without a port Prometheus takes 80.
        let asked = target.port.unwrap_or(80);
        (asked != port.number).then(|| self.wrong_port(scrape, target, &port, asked))
    }

    fn answers_to(&self, service: &ComposeService<'_>, host: &str) -> bool {
        let text = |key: &str| service.node.get(key).and_then(|node| node.as_text());
        service.id == host || text("container_name") == Some(host) || text("hostname") == Some(host)
    }

    /// Where a service listens, if that is certain.
    fn port_of(&self, service: &ComposeService<'_>) -> Option<Port<'_>> {
        if service.image.is_some_and(|image| image.starts_with("prom/prometheus")) {
            let is_set = service.words.iter().any(|word| word.contains("web.listen-address"));
            return (!is_set).then_some(Port { number: 9090, file: None });
        }
        let code = self.code.iter().find(|code| code.id == service.id)?;
        let listens: Vec<_> = code
            .files
            .iter()
            .flat_map(|file| file.script.listens().into_iter().map(move |listen| (file, listen)))
            .collect();
        let [(file, listen)] = listens.as_slice() else { return None };
        let (number, by_env) = file.script.port_of(&listen.port);
        match service.environment.get("PORT").filter(|_| by_env) {
            Some(port) => Some(Port { number: port.parse().ok()?, file: None }),
            None => Some(Port { number: number?, file: Some((file.file, listen.port.at.clone())) }),
        }
    }

    fn wrong_port(
        &self,
        scrape: &Scrape<'_>,
        target: &ScrapeTarget,
        port: &Port<'_>,
        asked: u32,
    ) -> Diagnostic {
        let files = self.checked.files;
        let span = scrape.file.span(files, target.at.clone());
        // A target that the template fills in comes from scenario.yml: then the code is the odd one.
        let filled_in = files.slice(span).contains("[=");
        if let (true, Some((file, at))) = (filled_in, &port.file) {
            let message =
                format!("`{}` listens on {}, but Prometheus asks for port {asked}", target.host, port.number);
            let finding = file.finding(files, &SPEC, at.clone(), message);
            let declared = self.declared(&target.host).unwrap_or(span);
            return finding
                .also(declared, "the port of the service")
                .help(format!("write `process.env.PORT || {asked}`, which the compose file sets"));
        }
        let message = format!("`{}` listens on port {}, not on {asked}", target.host, port.number);
        let finding = scrape.file.finding(files, &SPEC, target.at.clone(), message);
        let finding = match (&port.file, compose_file(self.stage)) {
            (Some((file, at)), _) => finding.also(file.span(files, at.clone()), "where it listens"),
            (None, Some(compose)) => match self.port_variable(&target.host) {
                Some(at) => finding.also(compose.span(files, at), "the port of the service"),
                None => finding,
            },
            (None, None) => finding,
        };
        finding.help(format!("write `{}:{}`", target.host, port.number))
    }

    fn declared(&self, service: &str) -> Option<Span> {
        let info = self.exercise.written.services.iter().find(|info| info.id == service)?;
        Some(info.span)
    }

    fn port_variable(&self, service: &str) -> Option<Range<usize>> {
        let service = self.services.iter().find(|found| found.id == service)?;
        Some(service.node.get("environment")?.get("PORT")?.span.range())
    }
}
