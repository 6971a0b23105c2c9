//! The containers, as emitted.

// Sound services, of which the examples change one: an example is a whole compose file, since
// every rule of this group looks at all of it.
macro_rules! app {
    () => {
        "  app:\n    build: .\n    command: [\"sh\", \"scripts/start.sh\", \"app\", \"npm\", \"run\", \"dev\"]\n    volumes:\n      - .:/app\n    environment:\n      PORT: \"3000\"\n      DATABASE_URL: postgresql://postgres:postgres@postgres:5432/feed\n    ports:\n      - \"3000:3000\"\n    depends_on:\n      postgres:\n        condition: service_healthy\n"
    };
}
macro_rules! postgres {
    () => {
        "  postgres:\n    image: postgres:15.18-bookworm\n    environment:\n      POSTGRES_PASSWORD: postgres\n      POSTGRES_DB: feed\n    healthcheck:\n      test: [\"CMD\", \"pg_isready\", \"-U\", \"postgres\", \"-d\", \"feed\"]\n      interval: 2s\n      retries: 30\n"
    };
}
macro_rules! grafana {
    () => {
        "  grafana:\n    image: grafana/grafana:12.4.0\n    environment:\n      GF_SERVER_HTTP_PORT: \"3001\"\n      GF_AUTH_ANONYMOUS_ENABLED: \"true\"\n      GF_AUTH_ANONYMOUS_ORG_ROLE: Viewer\n      GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH: /etc/grafana/dashboards/grafana-dashboard.json\n      GF_SECURITY_CSRF_TRUSTED_ORIGINS: \"*.app.github.dev localhost\"\n    volumes:\n      - ./dashboard/grafana-datasource.yml:/etc/grafana/provisioning/datasources/datasource.yml:ro\n      - ./dashboard/grafana-dashboard.yml:/etc/grafana/provisioning/dashboards/dashboard.yml:ro\n      - ./dashboard/grafana-dashboard.json:/etc/grafana/dashboards/grafana-dashboard.json:ro\n    ports:\n      - \"3001:3001\"\n"
    };
}
macro_rules! prometheus {
    () => {
        "  prometheus:\n    image: prom/prometheus:v3.5.0\n    volumes:\n      - ./dashboard/prometheus.yml:/etc/prometheus/prometheus.yml:ro\n    ports:\n      - \"9090:9090\"\n"
    };
}
/// An example that stands in for the stack's compose file.
macro_rules! compose_example {
    ($($part:expr),* $(,)?) => {
        $crate::diag::Example::file(&[(
            "devcontainers/node-postgres/docker-compose.yml.j2",
            concat!("services:\n", $($part),*),
        )])
    };
}

rules! {
    database_name_mismatch,
    unreachable_localhost;
    blind to pages:
    app_not_mounted,
    bind_source_missing,
    port_collision,
    secret_in_file,
    unhealthy_dependency,
    unknown_key,
    unpinned_image,
    unquoted_boolean,
}

mod containers;
mod keys;
