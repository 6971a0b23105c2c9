//! Pieces of the examples of this group.

/// The manifest of the small course up to its metrics.
macro_rules! manifest {
    () => {
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
"
    };
}

/// The small course with another first metric and other buckets of the second.
macro_rules! declared {
    ($counter:literal, $buckets:literal) => {
        Example::file(&[(
            "content/scenarios/first/scenario.yml",
            concat!(
                manifest!(),
                "metrics:\n",
                $counter,
                "  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: ",
                $buckets,
                "\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n"
            ),
        )])
    };
}

/// The app with another value for the label `route`.
macro_rules! labelled {
    ($route:literal) => {
        server!(
            concat!(
                head!(),
                metrics!(),
                "//: next() hands the request on. `?.` and `??`: if there is none, use the other. req.params and req.query come from the address.\napp.use((req, res, next) => {\n  const start = performance.now();\n  res.on('finish', () => {\n    const labels = { method: req.method, route: ",
                $route,
                ", status_code: res.statusCode };\n    requestsTotal.inc(labels);\n    requestDuration.observe(labels, performance.now() - start);\n  });\n  next();\n});\n\n",
                database!(),
                routes_header!(),
                metrics_route!(),
                feed_route!()
            ),
            concat!(feed_end!(), start!())
        )
    };
}

/// A recorded run with these latencies, and these buckets in scenario.yml and in the code.
macro_rules! recorded {
    ($p50:literal, $p99:literal, $declared:literal, $buckets:literal) => {
        Example::files(&[
            (
                "content/scenarios/first/scenario.yml",
                concat!(
                    manifest!(),
                    "metrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n",
                    "  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: ",
                    $declared,
                    "\nloadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n"
                ),
            ),
            (
                "content/scenarios/first/recorded/run.yml",
                concat!(
                    "recorded: {on: 2026-11-20, driver: native, cores: 2}\ninputs: (current)\nstages:\n  broken:\n    loadtests:\n      main: {success: 100, p50: ",
                    $p50,
                    ", p99: ",
                    $p99,
                    "}\n"
                ),
            ),
            (
                "content/scenarios/first/app/src/server.js",
                bucketed!($buckets, "  // Intentional problem: who waits while this line runs?\n  for (let i = 0; i < 1e9; i++);\n"),
            ),
            ("content/scenarios/first/solution/fast/src/server.js", bucketed!($buckets, "")),
        ])
    };
}

/// The app with other buckets.
macro_rules! bucketed {
    ($buckets:literal, $loop:literal) => {
        concat!(
            head!(),
            "// METRICS\nconst requestsTotal = new prometheus.Counter({\n  name: 'http_requests_total',\n  help: 'Answered requests',\n  labelNames: ['method', 'route', 'status_code'],\n});\n\n",
            "const requestDuration = new prometheus.Histogram({\n  name: 'http_request_duration_ms',\n  help: 'Time to the end of an answer',\n  labelNames: ['method', 'route', 'status_code'],\n  buckets: ",
            $buckets,
            ",\n});\n\n",
            middleware!(),
            database!(),
            routes_header!(),
            metrics_route!(),
            feed_route!(),
            $loop,
            feed_end!(),
            start!()
        )
    };
}

/// The manifest of the small course with a second process, `src/jobs.js`.
macro_rules! with_jobs {
    () => {
        (
            "content/scenarios/first/scenario.yml",
            concat!(
                "title: A slow answer\nstatus: ready\nminutes: 20\nabout: A small feed\nintroduces: [busy-loop]\n",
                "facts: {posts: {value: 500, in: db/seed.js}}\nenvironment:\n  stack: node-postgres\n",
                "  app: {title: A small feed, port: 3000, database: feed}\n  ready: {table: posts, rows: 500}\n",
                "  services: [{id: jobs, from: app, command: node src/jobs.js, port: 9100, scrape: true}]\n",
                "metrics:\n  - {name: http_requests_total, type: counter, labels: [method, route, status_code], help: Answered requests.}\n",
                "  - name: http_request_duration_ms\n    type: histogram\n    labels: [method, route, status_code]\n    unit: ms\n    help: Time to the end of an answer.\n    buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000]\n",
                "loadtests:\n  - {id: main, requests: [{id: feed, path: /feed}], connections: 20, seconds: 5}\nfixes: [{id: fast}]\n"
            ),
        )
    };
}

/// What such a process starts with and ends with.
macro_rules! jobs {
    ($body:literal) => {
        (
            "content/scenarios/first/app/src/jobs.js",
            concat!(
                "const http = require('http');\n//: prom-client keeps numbers.\nconst client = require('prom-client');\n",
                $body,
                "\n//: `await` waits for a result; a function that does so is marked `async`.\nhttp.createServer(async (req, res) => res.end(await client.register.metrics())).listen(9100);\n"
            ),
        )
    };
}
