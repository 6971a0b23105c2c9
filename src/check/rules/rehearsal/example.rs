//! Pieces of the examples of this group.

/// The small course's manifest: what stands for its title, its fixes, and what follows.
macro_rules! exercise {
    ($title:literal, $fixes:literal, $rest:literal) => {
        (
            "content/scenarios/first/scenario.yml",
            concat!(
                "title: ",
                $title,
                "\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop]\nfacts: {posts: {value: 500, in: db/seed.js}}\n",
                "environment:\n  stack: node-postgres\n  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\n",
                "metrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n",
                "  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\n",
                "loadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [",
                $fixes,
                "]\n",
                $rest
            ),
        )
    };
}

/// A recorded run of the small course: what it showed at `broken` and at its fix.
macro_rules! run {
    ($broken:literal, $fast:literal) => {
        (
            "content/scenarios/first/recorded/run.yml",
            concat!(
                "recorded: {on: 2026-11-20, driver: native, cores: 2}\ninputs: (current)\nstages:\n  broken:\n    loadtests:\n      main: {",
                $broken,
                "}\n  fast:\n    loadtests:\n      main: {",
                $fast,
                "}\n"
            ),
        )
    };
}
