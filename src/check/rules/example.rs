//! Pieces of the small course's app, so that an example can say in one place what differs from it.
//! They are macros because the text of an example is a constant.

/// Packages.
macro_rules! head {
    () => {
        r#"//: require() loads a package that npm has installed.
const express = require('express');
//: prom-client keeps the numbers that Prometheus collects from GET /metrics.
const prometheus = require('prom-client');
const app = express();

"#
    };
}

/// The section METRICS, without what fills them.
macro_rules! metrics {
    () => {
        r#"// ----------------------------------------------------------------------------
// METRICS
// ----------------------------------------------------------------------------

const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Answered requests',
  labelNames: ['method', 'route', 'status_code'],
});

const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time to the end of an answer, in milliseconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],
});

"#
    };
}

/// What counts and times requests.
macro_rules! middleware {
    () => {
        r#"//: Middleware: a function that sees every request first. next() hands the request on.
app.use((req, res, next) => {
  const start = performance.now();
  //: 'finish' fires once the whole answer has been sent.
  res.on('finish', () => {
    //: `?.` and `??`: if no route matched, use 'unmatched'.
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

"#
    };
}

/// The section DATABASE CONNECTION.
macro_rules! database {
    () => {
        r#"// ----------------------------------------------------------------------------
// DATABASE CONNECTION
// ----------------------------------------------------------------------------

//: pg talks to PostgreSQL. `{ Pool }` takes the one thing called Pool out of the package (destructuring).
const { Pool } = require('pg');
const db = new Pool({ connectionString: process.env.DATABASE_URL });

"#
    };
}

/// The header of the section ROUTES.
macro_rules! routes_header {
    () => {
        r#"// ----------------------------------------------------------------------------
// ROUTES
// ----------------------------------------------------------------------------

//: `await` waits for a result without stopping the other requests; a function that does so is marked `async`.
"#
    };
}

/// What Prometheus asks.
macro_rules! metrics_route {
    () => {
        r#"app.get('/metrics', async (req, res) => {
  res.set('Content-Type', prometheus.register.contentType);
  res.send(await prometheus.register.metrics());
});

"#
    };
}

/// The route of the load test, down to the line that the fix takes away.
macro_rules! feed_start {
    () => {
        r#"app.get('/feed', async (req, res) => {
  const posts = await db.query('SELECT id, title FROM posts ORDER BY id LIMIT 20');
  // #region answer
"#
    };
}

/// The same with the clue that stands before that line.
macro_rules! feed_route {
    () => {
        feed_start!()
    };
}

/// The rest of the route.
macro_rules! feed_end {
    () => {
        r#"  res.json(posts.rows);
  // #endregion
});

"#
    };
}

/// The section START SERVER.
macro_rules! start {
    () => {
        r#"// ----------------------------------------------------------------------------
// START SERVER
// ----------------------------------------------------------------------------

app.listen(3000);
"#
    };
}

/// The app as found and as fixed, made of what stands before and behind the line that the fix takes away.
macro_rules! server {
    ($before:expr, $behind:expr) => {
        Example::files(&[
            (
                "content/scenarios/first/app/src/server.js",
                concat!(
                    $before,
                    "  // Intentional problem: who waits while this line runs?\n  for (let i = 0; i < 1e9; i++);\n",
                    $behind
                ),
            ),
            ("content/scenarios/first/solution/fast/src/server.js", concat!($before, $behind)),
        ])
    };
}

/// A file of the app with this comment.
macro_rules! commented {
    ($comment:literal) => {
        Example::file(&[(
            "content/scenarios/first/app/src/worker.js",
            concat!($comment, "\nconst waiting = [];\n\nmodule.exports = waiting;\n"),
        )])
    };
}

/// A route in a file of its own that takes its time.
macro_rules! delayed {
    ($line:literal) => {
        Example::file(&[(
            "content/scenarios/first/app/src/slow.js",
            concat!(
                "const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));\n\n//: `await` waits for a result; a function that does so is marked `async`.\nmodule.exports = (app, db, until) => {\n  app.get('/slow', async (req, res) => {\n",
                $line,
                "    res.json([]);\n  });\n};\n"
            ),
        )])
    };
}

/// The page with one more paragraph.
macro_rules! paragraph {
    ($text:literal) => {
        Example::file(&[("content/scenarios/first/scenario.md", concat!("…\n\n", $text, "\n"))])
    };
}
