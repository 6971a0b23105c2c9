//! Pieces of the examples of this group.

/// A scenario whose dashboard has one panel; the page refers to its id.
macro_rules! panel {
    ($keys:literal) => {
        Example::file(&[(
            "content/scenarios/first/scenario.yml",
            concat!(
                "…\ndashboard:\n  - id: http-request-duration-ms-p50\n    title: Half of the answers\n    unit: ms\n    help: Half of the answers are faster.\n    series:\n      - ",
                $keys,
                "\n"
            ),
        )])
    };
}

/// A scenario that brings its own dashboard.
macro_rules! own_dashboard {
    ($json:expr) => {
        Example::files(&[
            ("content/scenarios/first/app/dashboard/grafana-dashboard.json", $json),
            OWN_DASHBOARD,
        ])
    };
}

/// A panel of a dashboard of one's own.
macro_rules! board {
    ($panels:expr) => {
        concat!(
            "{\n  \"uid\": \"first\",\n  \"title\": \"First\",\n  \"schemaVersion\": 41,\n  \"panels\": [\n",
            $panels,
            "\n  ]\n}\n"
        )
    };
}

/// The manifest of the small course with a dashboard of its own.
pub const OWN_DASHBOARD: (&str, &str) = (
    "content/scenarios/first/scenario.yml",
    r"title: A slow answer
status: ready
minutes: 20
about: A small feed
introduces: [busy-loop]
facts: {posts: {value: 500, in: db/seed.js}}
environment:
  stack: node-postgres
  app: {title: A small feed, port: 3000, database: feed}
  ready: {table: posts, rows: 500}
  replaces: [dashboard/grafana-dashboard.json]
metrics:
  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}
  - name: http_request_duration_ms
    type: histogram
    labels: [method, route, status_code]
    unit: ms
    help: Time to the end of an answer.
    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]
loadtests:
  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}
fixes: [{id: fast}]
",
);

/// A compose file of one's own: the mounts of the provider and the dashboard, and the home dashboard.
macro_rules! own_compose {
    ($provider:literal, $dashboard:literal, $home:literal) => {
        Example::files(&[
            (
                "devcontainers/node-postgres/docker-compose.yml.j2",
                concat!(
                    "name: [= scenario.folder =]\n\nservices:\n  app:\n    build: .\n    init: true\n    command: [\"sh\", \"scripts/start.sh\", \"app\", \"npm\", \"run\", \"dev\"]\n    volumes:\n      - ./:/app\n",
                    "    environment:\n      PORT: \"3000\"\n      DATABASE_URL: postgresql://postgres:postgres@postgres:5432/feed\n    ports:\n      - \"3000:3000\"\n    depends_on:\n      postgres:\n        condition: service_healthy\n\n",
                    "  postgres:\n    image: postgres:15.18-bookworm\n    environment:\n      POSTGRES_PASSWORD: postgres\n      POSTGRES_DB: feed\n    healthcheck:\n      test: [\"CMD\", \"pg_isready\", \"-U\", \"postgres\", \"-d\", \"feed\"]\n      interval: 2s\n      timeout: 3s\n      retries: 30\n\n",
                    "  prometheus:\n    image: prom/prometheus:v3.5.0\n    volumes:\n      - ./dashboard/prometheus.yml:/etc/prometheus/prometheus.yml:ro\n    ports:\n      - \"9090:9090\"\n\n",
                    "  grafana:\n    image: grafana/grafana:12.4.0\n    environment:\n      GF_SERVER_HTTP_PORT: \"3001\"\n      GF_AUTH_ANONYMOUS_ENABLED: \"true\"\n      GF_AUTH_ANONYMOUS_ORG_ROLE: Viewer\n      GF_SECURITY_CSRF_TRUSTED_ORIGINS: \"*.app.github.dev localhost\"\n      GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: ",
                    $home,
                    "\n    volumes:\n      - ./dashboard/grafana-datasource.yml:/etc/grafana/provisioning/datasources/datasource.yml:ro\n",
                    $provider,
                    $dashboard,
                    "    ports:\n      - \"3001:3001\"\n"
                ),
            ),
        ])
    };
}
