//! `grafana/dashboard-not-mounted`.

use std::ops::Range;

use super::provisioning::{Mount, Provider, compose, grafana_service, mounted_path, mounts_of, providers};
use crate::check::telemetry::ComposeService;
use crate::check::{Checked, ExerciseFile, StageFolder};
use crate::diag::{CodeSpec, Diagnostic, Example, Severity, Sink};
use crate::syntax::yaml::Node;

pub static SPEC: CodeSpec = CodeSpec {
    code: "grafana/dashboard-not-mounted",
    severity: Severity::Error,
    what: "The dashboard does not lie where Grafana looks for it.",
    why: "Grafana starts without a word and without a dashboard, and learners have nothing to observe.",
    fix: "Mount the dashboard below the provider's `path`, the provider's file below /etc/grafana/provisioning/dashboards, and name the same place as the home dashboard.",
    source: "rules.md",
    params: &[],
    bad: &[
        Example::file(&[(
            "devcontainers/node-postgres/dashboard/grafana-dashboard.yml",
            "apiVersion: 1\n\nproviders:\n  - name: scenario\n    type: file\n    options:\n      path: «/var/lib/grafana/dashboards»\n",
        )]),
        own_compose!(
            "      - ./dashboard/grafana-dashboard.yml:/etc/grafana/provisioning/dashboards/dashboard.yml:ro\n",
            "      - «./dashboard/grafana-dashboard.json:/etc/grafana/grafana-dashboard.json:ro»\n",
            "/etc/grafana/dashboards/grafana-dashboard.json"
        ),
        own_compose!(
            "      - «./dashboard/grafana-dashboard.yml:/etc/grafana/dashboard.yml:ro»\n",
            "      - ./dashboard/grafana-dashboard.json:/etc/grafana/dashboards/grafana-dashboard.json:ro\n",
            "/etc/grafana/dashboards/grafana-dashboard.json"
        ),
        own_compose!(
            "      - ./dashboard/grafana-dashboard.yml:/etc/grafana/provisioning/dashboards/dashboard.yml:ro\n",
            "      - ./dashboard/grafana-dashboard.json:/etc/grafana/dashboards/grafana-dashboard.json:ro\n",
            "«/etc/grafana/dashboards/home.json»"
        ),
    ],
    good: &[own_compose!(
        "      - ./dashboard:/etc/grafana/provisioning/dashboards:ro\n",
        "      - ./dashboard:/etc/grafana/dashboards:ro\n",
        "/etc/grafana/dashboards/grafana-dashboard.json"
    )],
};

/// Where Grafana looks for providers.
const PROVIDERS: &str = "/etc/grafana/provisioning/dashboards";

/// The variable that names the dashboard to begin with.
const HOME: &str = "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH";

/// Compares what the compose file mounts with where Grafana looks.
pub fn check(checked: &Checked<'_>, sink: &Sink) {
    for exercise in checked.exercises {
        for stage in &exercise.stages {
            if let Some(finding) = check_stage(checked, stage) {
                sink.push(finding);
            }
        }
    }
}

/// What a stage's Grafana sees.
struct Seen<'s> {
    compose: &'s ExerciseFile<'s>,
    service: ComposeService<'s>,
    mounts: Vec<Mount>,
    /// Dashboards: path in the learner's folder, and path inside if it is mounted.
    boards: Vec<(String, Option<String>)>,
}

fn check_stage(checked: &Checked<'_>, stage: &StageFolder<'_>) -> Option<Diagnostic> {
    let compose = compose(stage)?;
    let service = grafana_service(stage)?;
    let mounts = mounts_of(&service);
    let files = stage.files.values().filter(|file| file.dashboard().is_some());
    let boards: Vec<_> =
        files.map(|file| (file.path.to_string(), all_mounted(&mounts, file.path.as_str()))).collect();
    if boards.is_empty() {
        return None;
    }
    let boards = boards.into_iter().flat_map(|(path, inside)| {
        let paths: Vec<Option<String>> =
            if inside.is_empty() { vec![None] } else { inside.into_iter().map(Some).collect() };
        paths.into_iter().map(move |inside| (path.clone(), inside))
    });
    let seen = Seen { compose, boards: boards.collect(), service, mounts };
    for provider in providers(stage) {
        let own = all_mounted(&seen.mounts, provider.file.path.as_str());
        if !own.iter().any(|path| is_below(path, PROVIDERS)) {
            return Some(provider_unseen(checked, &seen, &provider));
        }
        let found = seen
            .boards
            .iter()
            .any(|(_, inside)| inside.as_deref().is_some_and(|inside| is_below(inside, &provider.path)));
        if !found {
            return Some(board_unseen(checked, &seen, &provider));
        }
    }
    check_home(checked, &seen)
}

/// Everywhere a file is mounted; usually in one place.
fn all_mounted(mounts: &[Mount], path: &str) -> Vec<String> {
    mounts.iter().filter_map(|mount| mounted_path(std::slice::from_ref(mount), path)).collect()
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder.trim_end_matches('/')).is_some_and(|rest| rest.starts_with('/'))
}

/// The mount of a file, or where the service's mounts are listed.
fn mount_place(seen: &Seen<'_>, path: &str) -> Range<usize> {
    let own = seen.mounts.iter().find(|mount| mounted_path(std::slice::from_ref(mount), path).is_some());
    let list = seen.service.node.get("volumes").or_else(|| seen.service.node.get("image"));
    own.map(|mount| mount.at.clone())
        .unwrap_or_else(|| list.map_or_else(|| seen.service.node.span.range(), |list| list.span.range()))
}

fn provider_unseen(checked: &Checked<'_>, seen: &Seen<'_>, provider: &Provider<'_>) -> Diagnostic {
    let path = &provider.file.path;
    let message = format!("`{path}` is not mounted where Grafana looks for providers");
    let at = mount_place(seen, path.as_str());
    let finding = seen.compose.finding(checked.files, &SPEC, at, message);
    finding.help(format!("mount it: `./{path}:{PROVIDERS}/dashboard.yml:ro`"))
}

fn board_unseen(checked: &Checked<'_>, seen: &Seen<'_>, provider: &Provider<'_>) -> Diagnostic {
    let Some((path, inside)) = seen.boards.first() else { unreachable!("there is a dashboard") };
    let at = mount_place(seen, path);
    let folder = provider.path.trim_end_matches('/');
    let name = path.rsplit('/').next().unwrap_or(path);
    let home = seen.service.environment.get(HOME);
    // Two of the three agree: the third is the one to change.
    if let (Some(inside), Some(home)) = (inside, home)
        && home == inside
    {
        let message = format!("dashboards are looked for in `{folder}`, but this one lies at `{inside}`");
        let finding = provider.file.finding(checked.files, &SPEC, provider.at.clone(), message);
        let parent = inside.rsplit_once('/').map_or("/", |(parent, _)| parent);
        let finding = finding.also(seen.compose.span(checked.files, at), "where it is mounted");
        return finding.help(format!("write `path: {parent}`"));
    }
    let message = match inside {
        Some(inside) => format!("the dashboard lies at `{inside}`, but Grafana looks in `{folder}`"),
        None => format!("`{path}` is not mounted into Grafana, which looks in `{folder}`"),
    };
    let finding = seen.compose.finding(checked.files, &SPEC, at, message);
    let finding = finding.also(provider.file.span(checked.files, provider.at.clone()), "where Grafana looks");
    finding.help(format!("mount it: `./{path}:{folder}/{name}:ro`"))
}

fn check_home(checked: &Checked<'_>, seen: &Seen<'_>) -> Option<Diagnostic> {
    let home = seen.service.environment.get(HOME)?;
    if seen.boards.iter().any(|(_, inside)| inside.as_ref() == Some(home)) {
        return None;
    }
    let inside = seen.boards.iter().find_map(|(_, inside)| inside.as_ref())?;
    let value = seen.service.node.get("environment").and_then(|environment| environment.get(HOME));
    let at = value.map_or_else(|| seen.service.node.span.range(), |node: &Node| node.span.range());
    let message = format!("no dashboard is mounted at `{home}`, where Grafana begins");
    let finding = seen.compose.finding(checked.files, &SPEC, at, message);
    Some(finding.help(format!("write `{HOME}: {inside}`")))
}
