//: require() loads a package that npm has installed.
const express = require('express');
//: pg talks to PostgreSQL. `{ Pool }` takes the one thing called Pool out of the package (destructuring).
const { Pool } = require('pg');
//: prom-client keeps the numbers that Prometheus collects from GET /metrics.
const prometheus = require('prom-client');

const app = express();
app.use(express.json()); //: turns a JSON request body into the object req.body

// ----------------------------------------------------------------------------
// METRICS
// ----------------------------------------------------------------------------

prometheus.collectDefaultMetrics();

const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Answered HTTP requests',
  labelNames: ['method', 'route', 'status_code'],
});

const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time from the arrival of a request to the end of its answer, in milliseconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [5, 10, 25, 50, 75, 100, 150, 250, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10000],
});

const connectionsOpen = new prometheus.Gauge({
  name: 'db_connections_open',
  help: 'Connections to PostgreSQL that this app holds open',
});

//: Middleware: a function that sees every request first. next() hands the request on.
//: `(req, res) => { … }` is a function without a name.
app.use((req, res, next) => {
  // Prometheus asking for the numbers is not traffic.
  if (req.path === '/metrics') return next();

  const start = performance.now();
  //: 'finish' fires once the whole answer has been sent.
  res.on('finish', () => {
    const labels = {
      method: req.method,
      //: The pattern, such as /posts/:id. `?.` and `??`: if no route matched, use 'unmatched'.
      route: req.route?.path ?? 'unmatched',
      status_code: res.statusCode,
    };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

//: A pool announces what happens to its connections as events; on() says what to do then.
function watch(pool) {
  pool.on('connect', () => connectionsOpen.inc());
  pool.on('remove', () => connectionsOpen.dec());
  pool.on('error', (error) => console.error(`idle connection lost: ${error.message}`));
}

// ----------------------------------------------------------------------------
// DATABASE CONNECTION
// ----------------------------------------------------------------------------

// #region pool
//: process.env holds the environment variables; docker-compose.yml sets DATABASE_URL.
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
watch(pool);

// Every route that needs the database calls query().
function query(text, values) {
  //: Takes a connection from the pool, runs the SQL on it, puts it back. $1, $2 … stand for the values.
  return pool.query(text, values);
}
// #endregion

// ----------------------------------------------------------------------------
// ROUTES
// ----------------------------------------------------------------------------

// One line per failed request, so that the messages can be counted in the log.
function fail(req, res, error) {
  //: Between backticks, ${…} puts a value into the text.
  console.error(`${req.method} ${req.path} failed: ${error.message}`);
  res.status(500).json({ error: 'Something went wrong' });
}

app.get('/health', (req, res) => {
  res.json({ status: 'ok' });
});

//: `await` waits for a result without stopping the other requests; a function that does so is marked `async`.
app.get('/metrics', async (req, res) => {
  res.set('Content-Type', prometheus.register.contentType);
  res.send(await prometheus.register.metrics());
});

// #region feed-route
app.get('/feed', async (req, res) => {
  try {
    const result = await query(
      `SELECT posts.id, posts.content, posts.created_at, users.name AS author
       FROM posts
       JOIN users ON users.id = posts.user_id
       ORDER BY posts.created_at DESC
       LIMIT 20`
    );
    res.json(result.rows);
  } catch (error) {
    fail(req, res, error);
  }
});
// #endregion

//: /posts/:id matches /posts/7; req.params.id is then the text '7'.
app.get('/posts/:id', async (req, res) => {
  const id = req.params.id;
  if (!/^\d{1,9}$/.test(id)) return res.status(400).json({ error: 'id must be a whole number' });

  try {
    const result = await query('SELECT id, user_id, content, created_at FROM posts WHERE id = $1', [id]);
    if (result.rows.length === 0) return res.status(404).json({ error: 'No such post' });
    res.json(result.rows[0]);
  } catch (error) {
    fail(req, res, error);
  }
});

app.post('/posts', async (req, res) => {
  //: Takes userId and content out of the request body (destructuring); `?? {}` allows for an empty body.
  const { userId, content } = req.body ?? {};
  if (!Number.isInteger(userId) || typeof content !== 'string' || content === '') {
    return res.status(400).json({ error: 'userId (a whole number) and content (a text) are needed' });
  }

  try {
    const result = await query(
      'INSERT INTO posts (user_id, content) VALUES ($1, $2) RETURNING id, user_id, content, created_at',
      [userId, content]
    );
    res.status(201).json(result.rows[0]);
  } catch (error) {
    // PostgreSQL's code for a reference to a row that does not exist.
    if (error.code === '23503') return res.status(404).json({ error: 'No such user' });
    fail(req, res, error);
  }
});

// ----------------------------------------------------------------------------
// START SERVER
// ----------------------------------------------------------------------------

const port = process.env.PORT || 3000;
app.listen(port, () => console.log(`Social feed API is listening on port ${port}`));
