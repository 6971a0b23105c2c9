//! Pieces of the examples of this group.

/// Prometheus with these targets.
macro_rules! scraped {
    ($targets:literal) => {
        Example::file(&[(
            "devcontainers/node-postgres/dashboard/prometheus.yml.j2",
            concat!(
                "global:\n  scrape_interval: 5s\n\nscrape_configs:\n  - job_name: app\n    static_configs:\n      - targets: [",
                $targets,
                "]\n"
            ),
        )])
    };
}
