//! What a Codespace starts, as emitted.

/// An example that stands in for the stack's devcontainer.json: how it begins is the same in all.
macro_rules! devcontainer_example {
    ($($part:expr),* $(,)?) => {
        $crate::diag::Example::file(&[(
            "devcontainers/node-postgres/devcontainer.json.j2",
            concat!("{\n  \"name\": [= scenario.label =],\n", $($part),*, "}\n"),
        )])
    };
}
macro_rules! opened {
    () => {
        "  \"dockerComposeFile\": \"../../scenario-01-first/docker-compose.yml\",\n  \"service\": \"app\",\n  \"workspaceFolder\": \"/app\",\n"
    };
}
macro_rules! commands {
    () => {
        "  \"onCreateCommand\": \"cd /app && npm ci\",\n  \"postStartCommand\": \"cd /app && node scripts/wait-and-seed.js\",\n  \"waitFor\": \"postStartCommand\",\n"
    };
}
macro_rules! ports {
    () => {
        "  \"forwardPorts\": [3000, 3001, 9090],\n  \"portsAttributes\": {\n    \"3000\": {\"label\": \"A small feed\"},\n    \"3001\": {\"label\": \"Grafana\", \"onAutoForward\": \"notify\"},\n    \"9090\": {\"label\": \"Prometheus\"}\n  }\n"
    };
}
/// An example whose scenario.yml lays something over the stack's devcontainer.json.
macro_rules! patch_example {
    ($patch:expr) => {
        $crate::diag::Example::file(&[(
            "content/scenarios/first/scenario.yml",
            concat!(
                "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop]\nfacts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\n  devcontainer:\n",
                $patch,
                "metrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n",
            ),
        )])
    };
}

rules! {
    ;
    blind to pages:
    command_outside_workspace,
    compose_path,
    editor_before_seed,
    host_port_forward,
    opens_browser,
    port_not_forwarded,
    port_not_labelled,
    seed_script_missing,
    unknown_key,
    unknown_service,
    wrong_workspace,
}

mod emitted;
