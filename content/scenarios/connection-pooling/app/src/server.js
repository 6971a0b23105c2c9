//: require() loads a package, or with './' a file of this project.
const express = require('express');
//: pg talks to PostgreSQL. `{ Pool }` takes the one thing called Pool out of the package (destructuring).
const { Pool } = require('pg');
//: prom-client keeps the numbers that Prometheus collects from GET /metrics.
const prometheus = require('prom-client');
const { prepareInput } = require('./storage');

const app = express();
app.use(express.json()); //: turns a JSON request body into the object req.body

// ----------------------------------------------------------------------------
// DATABASE CONNECTION
// ----------------------------------------------------------------------------

// #region pool
const pool = new Pool({
  //: process.env holds the environment variables; docker-compose.yml sets DATABASE_URL.
  connectionString: process.env.DATABASE_URL,
  // How many connections there may be, and how long a request waits for one.
  max: 8,
  connectionTimeoutMillis: 500,
});
// #endregion

// How many connections requests have borrowed at this moment.
let lent = 0;
//: A pool reports what happens to it as events; on() says what to do then.
pool.on('acquire', () => { lent += 1; });
pool.on('release', () => { lent -= 1; });
pool.on('error', (error) => console.error(`idle connection lost: ${error.message}`));

// #region transaction
// Borrows a connection, does the work on it between BEGIN and COMMIT, and gives it back.
//: `work` is a function that the caller hands in. `await` waits without stopping the other requests.
async function transaction(work) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
// #endregion

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
  buckets: [2, 5, 10, 25, 50, 100, 200, 300, 400, 500, 550, 600, 700, 800, 850, 900, 1000, 1500, 2000, 3000, 4000, 5000, 6000, 8000, 10000],
});

//: collect() runs whenever Prometheus asks. Inside it, `this` is the gauge.
new prometheus.Gauge({
  name: 'db_pool_lent',
  help: 'Connections that a request has borrowed at this moment',
  collect() {
    this.set(lent);
  },
});

new prometheus.Gauge({
  name: 'db_pool_idle',
  help: 'Open connections that nobody has borrowed at this moment',
  collect() {
    this.set(pool.idleCount);
  },
});

new prometheus.Gauge({
  name: 'db_pool_waiting',
  help: 'Requests that wait for a connection at this moment',
  collect() {
    this.set(pool.waitingCount);
  },
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
      //: The pattern, such as /jobs/:id. `?.` and `??`: if no route matched, use 'unmatched'.
      route: req.route?.path ?? 'unmatched',
      status_code: res.statusCode,
    };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

// ----------------------------------------------------------------------------
// JOBS
// ----------------------------------------------------------------------------

const KINDS = ['resize', 'mail', 'report'];

async function addJob(kind, input) {
  //: $1 and $2 stand for the values in the list. `.rows` are the rows that come back.
  const result = await pool.query(
    'INSERT INTO jobs (kind, input) VALUES ($1, $2) RETURNING id, kind, status',
    [kind, input]
  );
  return result.rows[0];
}

// #region claim
// Hands out the oldest job that waits, together with a link to its input.
async function claimJob() {
  //: The function between the parentheses is handed to transaction() as `work`.
  return transaction(async (client) => {
    const result = await client.query(
      `SELECT id, kind, input
       FROM jobs
       WHERE status = 'queued'
       ORDER BY id
       LIMIT 1
       FOR UPDATE SKIP LOCKED`
    );
    const job = result.rows[0];
    if (!job) return null;

    // A job leaves the queue only when its input is there. If the storage fails, it stays queued.
    // How long is the connection away meanwhile?
    const link = await prepareInput(job.input);
    await client.query("UPDATE jobs SET status = 'running', started_at = now() WHERE id = $1", [job.id]);
    //: A copy of job with one more property, link.
    return { ...job, link };
  });
}
// #endregion

async function finishJob(id) {
  const result = await pool.query(
    "UPDATE jobs SET status = 'done', finished_at = now() WHERE id = $1 AND status = 'running' RETURNING id, status",
    [id]
  );
  return result.rows[0];
}

async function findJob(id) {
  const result = await pool.query(
    'SELECT id, kind, input, status, created_at, started_at, finished_at FROM jobs WHERE id = $1',
    [id]
  );
  return result.rows[0];
}

// ----------------------------------------------------------------------------
// ROUTES
// ----------------------------------------------------------------------------

// One line per failed request, so that the messages can be counted in the log.
function fail(req, res, error) {
  //: Between backticks, ${…} puts a value into the text.
  console.error(`${req.method} ${req.path} failed: ${error.message}`);
  res.status(503).json({ error: 'Not now, please try again' });
}

app.get('/health', (req, res) => {
  res.json({ status: 'ok' });
});

app.get('/metrics', async (req, res) => {
  res.set('Content-Type', prometheus.register.contentType);
  res.send(await prometheus.register.metrics());
});

// Any of our programs may put work into the queue.
app.post('/jobs', async (req, res) => {
  //: Takes kind and input out of the request body (destructuring); `?? {}` allows for an empty body.
  const { kind, input } = req.body ?? {};
  if (!KINDS.includes(kind) || typeof input !== 'string' || input === '') {
    return res.status(400).json({ error: `kind (${KINDS.join(', ')}) and input (a path) are needed` });
  }

  try {
    res.status(201).json(await addJob(kind, input));
  } catch (error) {
    fail(req, res, error);
  }
});

// A worker asks for its next job here. 204 means that there is none.
app.post('/jobs/claim', async (req, res) => {
  try {
    const job = await claimJob();
    if (!job) return res.status(204).end();
    res.json(job);
  } catch (error) {
    fail(req, res, error);
  }
});

//: /jobs/:id matches /jobs/7; req.params.id is then the text '7'.
app.post('/jobs/:id/done', async (req, res) => {
  const id = req.params.id;
  if (!/^\d{1,9}$/.test(id)) return res.status(400).json({ error: 'id must be a whole number' });

  try {
    const job = await finishJob(id);
    if (!job) return res.status(409).json({ error: 'This job is not running' });
    res.json(job);
  } catch (error) {
    fail(req, res, error);
  }
});

app.get('/jobs/:id', async (req, res) => {
  const id = req.params.id;
  if (!/^\d{1,9}$/.test(id)) return res.status(400).json({ error: 'id must be a whole number' });

  try {
    const job = await findJob(id);
    if (!job) return res.status(404).json({ error: 'No such job' });
    res.json(job);
  } catch (error) {
    fail(req, res, error);
  }
});

// ----------------------------------------------------------------------------
// START SERVER
// ----------------------------------------------------------------------------

const port = process.env.PORT || 3000;
app.listen(port, () => console.log(`Job queue API is listening on port ${port}`));
