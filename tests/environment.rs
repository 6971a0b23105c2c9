//! The stack `node-postgres` and the layer that renders it: what comes out is valid in its own
//! format, holds together, and honours what is known about Codespaces.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "tests make files and say what they skip"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use scenarist::diag::{Diagnostic, Sink};
use scenarist::environment::{
    DATASOURCE_UID, Rendered, Renderer, Request, ScenarioNames, load_stack, panel_expressions,
};
use scenarist::manifest::scenario::Scenario;
use scenarist::source::{FileId, Files, builtin_files, read_dir};
use scenarist::syntax::yaml::{Decode, Entries, parse_yaml};
use serde_json::{Value, json};

const FOLDER: &str = "scenario-03-parcels";

/// A made-up scenario; `environment` and `rest` differ from test to test.
fn scenario_yml(environment: &str, rest: &str) -> String {
    format!(
        r#"title: Lost parcels
environment:
  stack: node-postgres
  app: {{title: "Parcel: tracker", port: 3000, database: parcels}}
  ready: {{table: parcels, rows: 500}}
{environment}
metrics:
  - {{name: http_requests_total, type: counter, labels: [method, route, status_code]}}
  - {{name: http_request_duration_ms, type: histogram, labels: [method, route, status_code], buckets: [5, 50, 500]}}
  - {{name: parcels_waiting, type: gauge, labels: []}}
loadtests:
  - id: main
    mode: mix
    requests: [{{id: list, path: /parcels}}, {{id: send, path: /parcels, method: POST, weight: 2, body: {{to: "it's \"here\""}}}}]
    connections: 20
    seconds: 5
fixes: [{{id: first}}]
rehearsal:
  - {{stage: broken, expect: {{success: "<= 10%"}}}}
  - {{stage: first, expect: {{success: ">= 95%"}}}}
{rest}
"#
    )
}

/// What the tests vary.
const VARIANTS: [(&str, &str); 6] = [
    ("plain", ""),
    ("nginx", "  services: [{id: nginx}]\n"),
    ("redis", "  services: [{id: redis}]\n"),
    (
        "worker",
        "  services: [{id: worker, from: app, command: node src/worker.js, port: 9100, scrape: true, env: {DRY: true}, cpus: 0.5, needs: redis}, {id: redis}]\n",
    ),
    (
        "docker",
        "  docker: true\n  devcontainer: {hostRequirements: {cpus: 4}}\n  parameters: {max-connections: 200}\n",
    ),
    (
        "everything",
        "  services: [{id: nginx}, {id: redis}, {id: mailer, from: app, command: node src/mailer.js}]\n  docker: true\n  env: {MODE: \"on\"}\n",
    ),
];

struct Made {
    files: Files,
    rendered: Rendered,
    findings: Vec<Diagnostic>,
}

impl Made {
    fn text(&self, path: &str) -> &str {
        let found = self.rendered.files.iter().find(|file| file.path == path);
        &found.unwrap_or_else(|| panic!("`{path}` is rendered")).text
    }

    fn yaml(&self, path: &str) -> Value {
        yaml(self.text(path))
    }

    fn devcontainer(&self) -> Value {
        let file = self.rendered.devcontainer.as_ref().expect("a devcontainer");
        serde_json::from_str(&file.text).expect("JSON")
    }

    fn messages(&self) -> Vec<String> {
        let at = |finding: &Diagnostic| {
            let place = self.files.position(finding.span.file, finding.span.start);
            let path = self.files.path(finding.span.file);
            format!("{path}:{}: {}: {}", place.line, finding.spec.code, finding.message)
        };
        self.findings.iter().map(at).collect()
    }
}

fn yaml(text: &str) -> Value {
    let mut files = Files::default();
    let file = files.add_text("x.yml", text);
    let sink = Sink::default();
    let node = parse_yaml(&files, file, &sink);
    assert!(!sink.has_errors(), "not YAML:\n{text}");
    node.expect("a document").to_json()
}

fn stack_files() -> Files {
    let mut files = Files::default();
    builtin_files(&mut files);
    files
}

fn render(environment: &str) -> Made {
    render_with(stack_files(), &scenario_yml(environment, ""), None)
}

fn render_with(mut files: Files, scenario: &str, compose_root: Option<&str>) -> Made {
    let file = files.add_text("content/scenarios/parcels/scenario.yml", scenario);
    let (rendered, sink) = render_scenario(&files, file, "parcels", compose_root);
    let findings = sink.into_sorted(&files);
    Made { files, rendered, findings }
}

fn render_scenario(files: &Files, file: FileId, id: &str, compose_root: Option<&str>) -> (Rendered, Sink) {
    let sink = Sink::default();
    let rendered = with_request(files, file, id, &sink, |request| {
        Renderer::new(files).render(&Request { compose_root, ..*request }, &sink)
    });
    let nothing = Rendered {
        files: Vec::new(),
        devcontainer: None,
        services: Vec::new(),
        commands: Vec::new(),
        tools: Vec::new(),
    };
    (rendered.unwrap_or(nothing), sink)
}

fn with_request<T>(
    files: &Files,
    file: FileId,
    id: &str,
    sink: &Sink,
    work: impl FnOnce(&Request<'_>) -> T,
) -> Option<T> {
    let node = parse_yaml(files, file, sink).expect("YAML");
    let scenario = Scenario::decode(&node, sink).expect("a scenario");
    let environment = scenario.decode_environment(sink).expect("an environment");
    let stack = load_stack(files, &environment.stack, sink)?;
    Some(work(&Request {
        stack: &stack,
        scenario: ScenarioNames {
            id,
            title: &scenario.title.value,
            label: "Scenario 3 — Lost parcels",
            folder: FOLDER,
        },
        environment: &environment,
        metrics: &scenario.metrics,
        panels: &scenario.dashboard,
        loadtests: &scenario.loadtests,
        rehearsal: &scenario.rehearsal,
        dropped_stages: &[],
        extra_packages: &Entries::default(),
        origin: environment.span,
        compose_root: None,
        devcontainer: None,
    }))
}

fn every_variant() -> Vec<(&'static str, Made)> {
    let made = VARIANTS.map(|(name, environment)| (name, render(environment)));
    for (name, made) in &made {
        assert!(made.findings.is_empty(), "{name}: {:#?}", made.messages());
    }
    made.into()
}

fn texts(rendered: &Rendered) -> Vec<(String, String)> {
    let files = rendered.files.iter().chain(&rendered.devcontainer);
    files.map(|file| (file.path.to_string(), file.text.to_string())).collect()
}

#[test]
fn what_one_renderer_makes_of_many_requests_is_what_each_has_of_its_own() {
    let mut files = stack_files();
    let scenarios: Vec<(FileId, &str)> = VARIANTS
        .iter()
        .flat_map(|(name, environment)| {
            ["parcels", "letters"].map(|id| {
                let path = format!("content/scenarios/{id}-{name}/scenario.yml");
                (files.add_text(path, &scenario_yml(environment, "")), id)
            })
        })
        .collect();
    let (shared, sink) = (Renderer::new(&files), Sink::default());
    for (file, id) in scenarios.iter().chain(&scenarios) {
        with_request(&files, *file, id, &sink, |request| {
            let own = Renderer::new(&files).render(request, &sink);
            let rendered = shared.render(request, &sink);
            assert_eq!(texts(&rendered), texts(&own));
            // Under other names.
            let scenario = ScenarioNames { id, title: "It is \"late\"", label: id, folder: id };
            let request = Request { scenario, ..*request };
            let own: Vec<(String, String)> = texts(&Renderer::new(&files).render(&request, &sink));
            let renamed = shared.rename(&request, &rendered).into_iter();
            let renamed: Vec<_> = renamed.map(|(path, text)| (path.to_string(), text.to_string())).collect();
            assert_eq!(renamed, own[..renamed.len()]);
            assert_eq!(renamed.len(), rendered.files.len());
        });
    }
    assert!(!sink.has_errors());
}

/// A test that cannot run here says so; on the build server that is a failure.
fn skip(name: &str, reason: &str) {
    assert!(std::env::var_os("CI").is_none(), "{name} cannot be skipped on the build server: {reason}");
    eprintln!("SKIP {name}: {reason}");
}

fn schema(name: &str, file: &str) -> Option<Value> {
    let folder = std::env::var_os("SCENARIST_SCHEMAS")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/schemas"), PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join(file)) else {
        let reason = format!(
            "no {file}; name its folder in SCENARIST_SCHEMAS (the PyPI package check-jsonschema brings \
             compose-spec.json, the devcontainers specification devContainer.base.schema.json)"
        );
        skip(name, &reason);
        return None;
    };
    Some(serde_json::from_str(&text).expect("a schema is JSON"))
}

fn assert_valid(schema: &Value, value: &Value, what: &str) {
    let validator = jsonschema::validator_for(schema).expect("a schema");
    let faults: Vec<String> =
        validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{what}: {faults:#?}");
}

fn has_program(name: &str, program: &str, package: &str) -> bool {
    let found = Command::new(program).arg("--version").output().is_ok()
        || Command::new(program).arg("-v").output().is_ok();
    if !found {
        skip(name, &format!("`{program}` is not installed (Debian package {package})"));
    }
    found
}

/// Writes the learner's folder as it will be.
fn write_tree(made: &Made) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for file in &made.rendered.files {
        let path = folder.path().join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, file.text.as_bytes()).expect("a file");
    }
    folder
}

#[test]
fn every_variant_renders_without_findings() {
    for (name, made) in every_variant() {
        assert!(made.rendered.devcontainer.is_some(), "{name}");
        for file in &made.rendered.files {
            assert!(!file.text.contains("[="), "{name}: {}", file.path);
            assert!(!file.text.contains("\n\n\n"), "{name}: {} has a hole:\n{}", file.path, file.text);
            assert!(file.text.ends_with('\n'), "{name}: {}", file.path);
            assert!(!file.text.lines().any(|line| line.ends_with(' ')), "{name}: {}", file.path);
        }
    }
}

#[test]
fn rendering_twice_gives_the_same_bytes() {
    let texts = |made: &Made| -> Vec<String> {
        made.rendered.files.iter().map(|file| file.text.to_string()).collect()
    };
    for (_, environment) in VARIANTS {
        assert_eq!(texts(&render(environment)), texts(&render(environment)));
    }
}

#[test]
fn compose_files_follow_the_compose_specification() {
    let Some(schema) = schema("compose specification", "compose-spec.json") else { return };
    for (name, made) in every_variant() {
        assert_valid(&schema, &made.yaml("docker-compose.yml"), name);
    }
}

/// Compose's own parser, where its second version is installed. It needs no engine.
#[test]
fn compose_accepts_its_files() {
    let version = Command::new("docker").args(["compose", "version"]).output();
    if !version.is_ok_and(|output| output.status.success()) {
        skip("docker compose config", "the compose plugin of Docker is not installed");
        return;
    }
    for (name, made) in every_variant() {
        let folder = write_tree(&made);
        let file = folder.path().join("docker-compose.yml");
        let mut compose = Command::new("docker");
        let output =
            compose.args(["compose", "-f"]).arg(file).args(["config", "-q"]).output().expect("docker");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn devcontainers_follow_their_specification() {
    let Some(schema) = schema("devcontainer specification", "devContainer.base.schema.json") else { return };
    for (name, made) in every_variant() {
        assert_valid(&schema, &made.devcontainer(), name);
    }
}

#[test]
fn prometheus_accepts_its_configuration() {
    if !has_program("promtool", "promtool", "prometheus") {
        return;
    }
    for (name, made) in every_variant() {
        let folder = write_tree(&made);
        let path = folder.path().join("dashboard/prometheus.yml");
        let output = Command::new("promtool").args(["check", "config"]).arg(path).output().expect("promtool");
        assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn nginx_accepts_its_configuration() {
    if !has_program("nginx -t", "nginx", "nginx") {
        return;
    }
    let environment = "  services: [{id: nginx}]\n";
    let scenario =
        scenario_yml(environment, "").replace("database: parcels}", "database: parcels, copies: 3}");
    let made = render_with(stack_files(), &scenario, None);
    assert!(made.findings.is_empty(), "{:#?}", made.messages());
    let folder = write_tree(&made);
    let path = folder.path().join("config/nginx.conf");
    let text = std::fs::read_to_string(&path).expect("nginx.conf");
    for server in ["server app:3000;", "server app2:3000;", "server app3:3000;", "listen 8080;"] {
        assert!(text.contains(server), "{server}:\n{text}");
    }
    // The names of containers mean nothing here, and nginx looks them up when it reads the file.
    let local = ["app2:", "app3:", "app:"].iter().fold(text, |text, name| text.replace(name, "127.0.0.1:"));
    std::fs::write(&path, format!("pid {}/nginx.pid;\n{local}", folder.path().display())).expect("written");
    let output = Command::new("nginx").arg("-t").arg("-c").arg(&path).output().expect("nginx");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn shell_scripts_are_shell() {
    let made = render("");
    let folder = write_tree(&made);
    let output =
        Command::new("sh").arg("-n").arg(folder.path().join("scripts/start.sh")).output().expect("sh");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let start = made.rendered.files.iter().find(|file| file.path == "scripts/start.sh").expect("start.sh");
    assert!(start.executable);
}

/// What a container sees: the files of the mounted folder, and the programs of its image.
struct View {
    files: BTreeSet<String>,
    programs: BTreeSet<String>,
    scripts: BTreeMap<String, String>,
}

impl View {
    fn of_app(made: &Made) -> Self {
        let compose = made.yaml("docker-compose.yml");
        let mounts = compose["services"]["app"]["volumes"].as_array().expect("volumes").clone();
        let mounts_folder =
            mounts.iter().any(|mount| mount.as_str().is_some_and(|text| text.ends_with(":/app")));
        assert!(mounts_folder, "the scenario's folder is mounted on /app: {mounts:?}");
        let mut files: BTreeSet<String> =
            made.rendered.files.iter().map(|file| file.path.to_string()).collect();
        // What the scenario itself brings, and the page.
        files.extend(
            ["src/server.js", "src/worker.js", "src/mailer.js", "db/seed.js", "SCENARIO.md"]
                .map(str::to_owned),
        );
        // What every Debian image has, and what the Node image and the editor add.
        let mut programs: BTreeSet<String> =
            ["sh", "cd", "true", "tee", "npm", "npx", "node", "code"].map(str::to_owned).into();
        let packages: Value = serde_json::from_str(made.text("package.json")).expect("package.json");
        for list in ["dependencies", "devDependencies"] {
            programs.extend(packages[list].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
        }
        let dockerfile = made.text("Dockerfile");
        let installs = [("postgresql-client", "psql"), ("curl", "curl"), ("git", "git"), ("procps", "ps")];
        for (package, program) in installs {
            if dockerfile.contains(package) {
                programs.insert(program.to_owned());
            }
        }
        let scripts = packages["scripts"].as_object().into_iter().flatten();
        let scripts =
            scripts.map(|(name, command)| (name.clone(), command.as_str().unwrap_or("").to_owned()));
        Self { files, programs, scripts: scripts.collect() }
    }

    /// Looks up every program, script and path that a command line names.
    fn check(&self, command: &str) {
        for part in command.split("&&").flat_map(|part| part.split("||")) {
            let words: Vec<&str> = part.split_whitespace().collect();
            assert!(self.programs.contains(words[0]), "no program `{}` for `{command}`", words[0]);
            if let ["npm", "run", script, ..] = words[..] {
                let inner = self.scripts.get(script).unwrap_or_else(|| panic!("no script `{script}`"));
                self.check(inner);
            }
            if words[0] == "npx" {
                assert!(self.programs.contains(words[1]), "no package `{}` for `{command}`", words[1]);
            }
            for word in &words[1..] {
                let is_file = [".js", ".sh", ".md", ".yml"].iter().any(|ending| word.ends_with(ending));
                assert!(!is_file || self.files.contains(*word), "no file `{word}` for `{command}`");
            }
        }
    }
}

#[test]
fn every_path_and_program_of_a_command_is_there() {
    for (_, made) in every_variant() {
        let view = View::of_app(&made);
        let devcontainer = made.devcontainer();
        for key in ["onCreateCommand", "postStartCommand", "postAttachCommand"] {
            let command = devcontainer[key].as_str().expect("a command");
            assert!(command.starts_with("cd /app && "), "{command}");
            view.check(command);
        }
        view.scripts.values().for_each(|command| view.check(command));
        for tool in &made.rendered.tools {
            assert!(view.programs.contains(tool), "the image has no `{tool}`");
        }
        for (_, command) in &made.rendered.commands {
            view.check(command);
        }
        let compose = made.yaml("docker-compose.yml");
        for (name, service) in compose["services"].as_object().expect("services") {
            if service["build"].is_null() {
                continue;
            }
            let words: Vec<&str> =
                service["command"].as_array().expect("words").iter().filter_map(Value::as_str).collect();
            assert_eq!(words[..2], ["sh", "scripts/start.sh"], "{name}");
            assert!(view.files.contains(words[1]));
            // start.sh takes a name for the log, then the command; nodemon takes one in a word.
            view.check(
                &words[3..].iter().filter(|word| !word.contains(' ')).copied().collect::<Vec<_>>().join(" "),
            );
            words.iter().filter(|word| word.contains(' ')).for_each(|command| view.check(command));
        }
        for service in compose["services"].as_object().expect("services").values() {
            for mount in service["volumes"].as_array().into_iter().flatten().filter_map(Value::as_str) {
                let source = mount.replace("${SCENARIO_DIR:-.}", ".");
                let source = source.split(':').next().expect("a source").trim_start_matches("./");
                assert!(source == "." || view.files.contains(source), "no file `{source}` to mount");
            }
        }
    }
}

#[test]
fn names_ports_databases_and_metrics_agree_across_files() {
    for (name, made) in every_variant() {
        let compose = made.yaml("docker-compose.yml");
        let services = compose["services"].as_object().expect("services");
        let devcontainer = made.devcontainer();
        let listed: BTreeSet<&str> =
            made.rendered.services.iter().map(|service| service.id.as_str()).collect();
        assert_eq!(listed, services.keys().map(String::as_str).collect(), "{name}");

        let forwarded: BTreeSet<u64> = devcontainer["forwardPorts"]
            .as_array()
            .expect("ports")
            .iter()
            .filter_map(Value::as_u64)
            .collect();
        let published: BTreeSet<u64> = services
            .values()
            .flat_map(|service| service["ports"].as_array().into_iter().flatten())
            .map(|port| {
                let (outside, inside) = port.as_str().expect("quoted").split_once(':').expect("two ports");
                assert_eq!(outside, inside, "{name}: one number for one service");
                outside.parse().expect("a number")
            })
            .collect();
        assert_eq!(forwarded, published, "{name}");
        for port in &forwarded {
            assert!(devcontainer["portsAttributes"][port.to_string()]["label"].is_string(), "{name}: {port}");
        }

        let url = services["app"]["environment"]["DATABASE_URL"].as_str().expect("a database");
        let database = services["postgres"]["environment"]["POSTGRES_DB"].as_str().expect("a database");
        assert!(url.ends_with(&format!("@postgres:5432/{database}")), "{name}: {url}");
        assert!(made.text("scripts/wait-and-seed.js").contains(url));
        assert!(made.rendered.commands.iter().any(|(_, command)| command.ends_with(url)));

        let prometheus = made.yaml("dashboard/prometheus.yml");
        for target in
            prometheus["scrape_configs"][0]["static_configs"][0]["targets"].as_array().expect("targets")
        {
            let (host, port) = target.as_str().expect("text").split_once(':').expect("a port");
            let own = services[host]["environment"]["PORT"].as_str().expect("a port");
            assert_eq!(port, own, "{name}: {host}");
        }
        let datasource = made.yaml("dashboard/grafana-datasource.yml");
        assert_eq!(datasource["datasources"][0]["uid"], DATASOURCE_UID);
        assert_eq!(datasource["datasources"][0]["name"], "Prometheus");

        let provider = made.yaml("dashboard/grafana-dashboard.yml");
        let path = provider["providers"][0]["options"]["path"].as_str().expect("a path");
        let home = services["grafana"]["environment"]["GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH"].as_str();
        let home = home.expect("a home dashboard");
        assert!(home.starts_with(path), "{name}");
        let mounts = services["grafana"]["volumes"].as_array().expect("mounts");
        assert!(
            mounts.iter().any(|mount| mount.as_str().is_some_and(|text| text.contains(&format!(":{home}"))))
        );

        for service in services.values() {
            let Some(image) = service["image"].as_str() else { continue };
            let (_, tag) = image.split_once(':').expect("a tag");
            assert!(tag.contains('.') && tag != "latest", "{image} is pinned");
        }
        for (id, service) in services {
            for (need, condition) in service["depends_on"].as_object().into_iter().flatten() {
                assert!(services.contains_key(need), "{name}: {id} needs {need}");
                let healthy = condition["condition"] == "service_healthy";
                assert_eq!(healthy, services[need]["healthcheck"].is_object(), "{name}: {id} needs {need}");
            }
        }
    }
}

#[test]
fn what_is_known_about_codespaces_is_honoured() {
    let made = render("");
    let devcontainer = made.devcontainer();
    assert_eq!(devcontainer["name"], "Scenario 3 — Lost parcels");
    assert_eq!(devcontainer["dockerComposeFile"], format!("../../{FOLDER}/docker-compose.yml"));
    assert_eq!(devcontainer["service"], "app");
    assert_eq!(devcontainer["workspaceFolder"], "/app");
    assert_eq!(devcontainer["onCreateCommand"], "cd /app && npm ci");
    assert_eq!(devcontainer["postStartCommand"], "cd /app && node scripts/wait-and-seed.js");
    assert_eq!(devcontainer["waitFor"], "postStartCommand");
    assert_eq!(devcontainer["postAttachCommand"], "cd /app && code SCENARIO.md || true");
    assert_eq!(devcontainer["forwardPorts"], json!([3000, 3001, 9090]));
    assert_eq!(devcontainer["portsAttributes"]["3001"]["onAutoForward"], "notify");
    assert_eq!(devcontainer["customizations"]["codespaces"]["openFiles"], json!(["SCENARIO.md"]));
    assert!(!devcontainer.to_string().contains("openBrowser"));
    assert!(devcontainer["features"].is_null());

    let compose = made.yaml("docker-compose.yml");
    let grafana = &compose["services"]["grafana"]["environment"];
    assert_eq!(grafana["GF_AUTH_ANONYMOUS_ENABLED"], "true");
    assert_eq!(grafana["GF_AUTH_ANONYMOUS_ORG_ROLE"], "Viewer");
    assert_eq!(grafana["GF_SERVER_HTTP_PORT"], "3001");
    assert!(
        grafana["GF_SECURITY_CSRF_TRUSTED_ORIGINS"]
            .as_str()
            .is_some_and(|all| all.contains("*.app.github.dev"))
    );
    assert_eq!(compose["name"], FOLDER);
    assert!(made.text("Dockerfile").contains("bookworm-slim"));
}

#[test]
fn docker_from_inside_uses_the_paths_of_the_machine() {
    let made = render(VARIANTS[4].1);
    let devcontainer = made.devcontainer();
    assert!(devcontainer["features"].to_string().contains("docker-outside-of-docker"));
    assert_eq!(devcontainer["remoteEnv"]["SCENARIO_DIR"], format!("${{localWorkspaceFolder}}/{FOLDER}"));
    assert_eq!(devcontainer["hostRequirements"]["cpus"], 4);
    let compose = made.yaml("docker-compose.yml");
    assert_eq!(compose["services"]["app"]["volumes"], json!(["${SCENARIO_DIR:-.}:/app"]));
    assert!(compose["services"]["postgres"]["command"].to_string().contains("max_connections=200"));
}

#[test]
fn a_solutions_compose_file_finds_the_scenario_folder() {
    let made = render_with(stack_files(), &scenario_yml("", ""), Some("../.."));
    let compose = made.yaml("docker-compose.yml");
    assert_eq!(compose["services"]["app"]["build"], "../..");
    assert_eq!(compose["services"]["app"]["volumes"], json!(["../..:/app"]));
    let prometheus = compose["services"]["prometheus"]["volumes"][0].as_str().expect("a mount");
    assert!(prometheus.starts_with("../../dashboard/prometheus.yml:"));
}

#[test]
fn processes_of_the_app_get_their_settings() {
    let made = render(VARIANTS[3].1);
    let compose = made.yaml("docker-compose.yml");
    let worker = &compose["services"]["worker"];
    assert_eq!(worker["environment"]["PORT"], "9100");
    assert_eq!(worker["environment"]["DRY"], "true");
    assert_eq!(worker["environment"]["REDIS_URL"], "redis://redis:6379");
    assert_eq!(worker["cpus"], 0.5);
    assert_eq!(worker["depends_on"]["redis"]["condition"], "service_healthy");
    assert!(worker["command"].to_string().contains("node src/worker.js"));
    let targets = &made.yaml("dashboard/prometheus.yml")["scrape_configs"][0]["static_configs"][0]["targets"];
    assert_eq!(*targets, json!(["app:3000", "worker:9100"]));
}

#[test]
fn the_dashboard_draws_every_metric_without_overlaps() {
    let made = render("");
    let dashboard: Value = serde_json::from_str(made.text("dashboard/grafana-dashboard.json")).expect("JSON");
    assert_eq!(dashboard["uid"], "parcels");
    assert_eq!(dashboard["refresh"], "5s");
    assert_eq!(dashboard["time"], json!({ "from": "now-15m", "to": "now" }));
    let panels = dashboard["panels"].as_array().expect("panels");
    assert_eq!(panels.len(), 4);
    let mut cells = BTreeSet::new();
    for panel in panels {
        assert_eq!(panel["datasource"]["uid"], DATASOURCE_UID);
        assert!(panel["description"].as_str().is_some_and(|text| !text.is_empty()));
        for target in panel["targets"].as_array().expect("targets") {
            assert_eq!(target["datasource"]["uid"], DATASOURCE_UID);
            let expression = target["expr"].as_str().expect("PromQL");
            assert!(promql_parser::parser::parse(expression).is_ok(), "{expression}");
        }
        let place = |key: &str| panel["gridPos"][key].as_u64().expect("a number");
        for x in place("x")..place("x") + place("w") {
            assert!(x < 24);
            for y in place("y")..place("y") + place("h") {
                assert!(cells.insert((x, y)), "{} overlaps", panel["title"]);
            }
        }
    }
    let all = made.text("dashboard/grafana-dashboard.json");
    for metric in ["http_requests_total", "http_request_duration_ms_bucket", "parcels_waiting"] {
        assert!(all.contains(metric), "{metric}");
    }
}

#[test]
fn dashboards_follow_grafanas_schema() {
    let Some(schema) = schema("grafana dashboard schema", "grafana-dashboard.jsonschema.json") else {
        return;
    };
    let made = render("");
    let dashboard: Value = serde_json::from_str(made.text("dashboard/grafana-dashboard.json")).expect("JSON");
    assert_valid(&schema, &dashboard, "dashboard");
}

#[test]
fn package_and_lockfile_fit_each_other() {
    let made = render("");
    let package: Value = serde_json::from_str(made.text("package.json")).expect("JSON");
    let lock: Value = serde_json::from_str(made.text("package-lock.json")).expect("JSON");
    assert_eq!(package["name"], "parcels");
    assert_eq!(lock["name"], "parcels");
    assert_eq!(lock["packages"][""]["name"], "parcels");
    assert_eq!(lock["packages"][""]["dependencies"], package["dependencies"]);
    assert_eq!(lock["packages"][""]["devDependencies"], package["devDependencies"]);
    assert!(package["type"].is_null());
    for (path, entry) in lock["packages"].as_object().expect("packages") {
        assert!(entry["resolved"].is_null(), "{path} carries a download address");
    }
}

#[test]
fn a_scenario_with_its_own_packages_needs_its_own_lockfile() {
    let made = render("  packages: {ioredis: ^5.0.0}\n");
    assert!(
        made.messages().iter().any(|message| message.contains("`ioredis` differs")),
        "{:?}",
        made.messages()
    );
}

#[test]
fn the_load_test_knows_its_requests_and_when_the_app_is_healthy() {
    let made = render("");
    let script = made.text("scripts/loadtest.js");
    assert!(script.contains("url: 'http://app:3000'"), "{script}");
    assert!(script.contains("healthy: 95"));
    assert!(script.contains(r#"body: { to: 'it\'s "here"' }"#), "{script}");
    assert!(script.contains("weight: 2"));
}

#[test]
fn a_stack_that_does_not_exist_is_reported_with_a_suggestion() {
    let scenario = scenario_yml("", "").replace("stack: node-postgres", "stack: node-postgre");
    let made = render_with(stack_files(), &scenario, None);
    assert_eq!(made.findings.len(), 1, "{:?}", made.messages());
    assert_eq!(made.findings[0].spec.code, "source/unresolved-reference");
    assert_eq!(made.findings[0].help.as_deref(), Some("did you mean `node-postgres`?"));
}

#[test]
fn stacks_that_extend_each_other_in_a_circle_are_reported() {
    let mut files = stack_files();
    for (one, other) in [("a", "b"), ("b", "a")] {
        let text = format!("title: {one}\nextends: {other}\ndevcontainer: d.j2\n");
        files.add_text(format!("devcontainers/{one}/stack.yml"), &text);
        files.add_text(format!("devcontainers/{one}/d.j2"), "{}");
    }
    let made = render_with(files, &scenario_yml("", "").replace("stack: node-postgres", "stack: a"), None);
    assert!(
        made.findings.iter().any(|finding| finding.spec.code == "source/cyclic-reference"),
        "{:?}",
        made.messages()
    );
}

#[test]
fn a_stack_can_extend_another_and_change_one_file() {
    let mut files = stack_files();
    let text = "title: Larger\nextends: node-postgres\nparameters: {max-connections: 300}\n";
    files.add_text("devcontainers/larger/stack.yml", text);
    files.add_text("devcontainers/larger/gitignore", "node_modules/\n");
    let made =
        render_with(files, &scenario_yml("", "").replace("stack: node-postgres", "stack: larger"), None);
    assert!(made.findings.is_empty(), "{:?}", made.messages());
    assert_eq!(made.text(".gitignore"), "node_modules/\n");
    assert!(made.text("docker-compose.yml").contains("max_connections=300"));
}

#[test]
fn faults_of_templates_are_reported_where_they_stand() {
    let template = |text: &str| {
        let mut files = Files::default();
        files.add_text("devcontainers/node-postgres/docker-compose.yml.j2", text);
        builtin_files(&mut files);
        render_with(files, &scenario_yml("", ""), None)
    };
    let made = template("name: x\nservices:\n  [= nobody =]: {}\n");
    let messages = made.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(
        messages[0].starts_with("devcontainers/node-postgres/docker-compose.yml.j2:3: source/template-error"),
        "{messages:?}"
    );

    let made = template("name: x\nservices: {}\nname: y\n");
    let messages = made.messages();
    assert_eq!(messages.len(), 1, "{messages:?}");
    assert!(
        messages[0].starts_with("devcontainers/node-postgres/docker-compose.yml.j2:3: source/invalid-output"),
        "{messages:?}"
    );

    let made = template("[% if %]\n");
    assert_eq!(made.messages().len(), 1, "{:?}", made.messages());
}

#[test]
fn names_that_nothing_has_are_reported_with_suggestions() {
    let cases = [
        ("  services: [{id: cache, from: rediss}]\n", "did you mean `redis`?"),
        ("  services: [{id: worker, from: app, needs: [postgress]}]\n", "did you mean `postgres`?"),
        ("  parameters: {max-conections: 5}\n", "did you mean `max-connections`?"),
    ];
    for (environment, help) in cases {
        let made = render(environment);
        assert_eq!(made.findings.len(), 1, "{:?}", made.messages());
        assert_eq!(made.findings[0].help.as_deref(), Some(help));
    }
}

#[test]
fn panels_that_draw_nothing_or_twice_are_reported() {
    let rest = "dashboard:\n  - {id: none, title: None, series: [{legend: x}]}\n  - {id: two, title: Two, series: [{gauge: a, promql: b}]}\n";
    let made = render_with(stack_files(), &scenario_yml("", rest), None);
    assert_eq!(made.findings.len(), 2, "{:?}", made.messages());
}

#[test]
fn the_scenarios_of_this_repository_render_without_findings() {
    let root = camino::Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut files, _) = read_dir(root);
    builtin_files(&mut files);
    for id in files.folders_in("content/scenarios".into()) {
        let Some(file) = files.find(format!("content/scenarios/{id}/scenario.yml")) else { continue };
        // Challenges and case studies have no environment.
        if !files.text(file).is_ok_and(|text| text.lines().any(|line| line.starts_with("environment:"))) {
            continue;
        }
        let (rendered, sink) = render_scenario(&files, file, &id, None);
        let findings = sink.into_sorted(&files);
        assert!(findings.is_empty(), "{id}: {findings:#?}");
        let sink = Sink::default();
        let node = parse_yaml(&files, file, &sink).expect("YAML");
        let scenario = Scenario::decode(&node, &sink).expect("a scenario");
        for expression in scenario.dashboard.iter().flat_map(panel_expressions) {
            assert!(promql_parser::parser::parse(&expression).is_ok(), "{id}: {expression}");
        }
        if let Some(folder) = std::env::var_os("SCENARIST_RENDER_TO") {
            write_rendered(&rendered, &Path::new(&folder).join(&id));
        }
    }
}

/// For a look at the result: `SCENARIST_RENDER_TO=<folder> cargo test --test environment`.
fn write_rendered(rendered: &Rendered, folder: &Path) {
    for file in rendered.files.iter().chain(&rendered.devcontainer) {
        let path = folder.join(&file.path);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, file.text.as_bytes()).expect("a file");
    }
}
