//: require() fetches a package that was installed with npm. Express answers HTTP requests.
const express = require('express');
//: pg is the driver for PostgreSQL. The braces take only Pool out of it (destructuring).
const { Pool } = require('pg');
//: prom-client counts and times things, in the form that Prometheus reads.
const prom = require('prom-client');

const app = express();

// ============================================================================
// METRICS
// ============================================================================

prom.collectDefaultMetrics();

const answers = new prom.Counter({
  name: 'http_requests_total',
  help: 'Answers that the API has sent',
  labelNames: ['method', 'route', 'status_code'],
});

const waits = new prom.Histogram({
  name: 'http_request_duration_ms',
  help: 'How long a reader waited for an answer, in milliseconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [2, 5, 10, 20, 40, 80, 150, 300, 600, 1000, 1500, 2000, 3000, 4500, 7000, 10000],
});

const queriesRunning = new prom.Gauge({
  name: 'db_queries_running',
  help: 'Queries that are not answered yet',
});

//: Express calls this middleware for every request. next() passes the request on to the routes below.
app.use((req, res, next) => {
  const arrived = Date.now();
  //: The event 'finish' comes when the answer has been sent; the arrow makes a function without a name.
  res.on('finish', () => {
    //: req.route is the matching route, or undefined. `? :` picks one of two values.
    const route = req.route ? req.route.path : 'none';
    const labels = { method: req.method, route, status_code: res.statusCode };
    answers.inc(labels);
    waits.observe(labels, Date.now() - arrived);
  });
  next();
});

// ============================================================================
// DATABASE CONNECTION
// ============================================================================

// All routes share this pool, which opens ten connections at most.
//: process.env holds environment variables.
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });

//: A lost connection is reported as an event; without a listener it would end the program.
pool.on('error', (error) => console.error(`lost a connection: ${error.message}`));

//: The values go to the database separately and take the places of $1 and $2.
async function ask(sql, values) {
  queriesRunning.inc();
  try {
    //: await waits for the result and lets other requests run meanwhile.
    const result = await pool.query(sql, values);
    return result.rows;
  } finally {
    queriesRunning.dec();
  }
}

// ============================================================================
// ROUTES
// ============================================================================

const PAGE_SIZE = 20;

function sorry(req, res, error) {
  //: `${…}` between backticks puts a value into a text.
  console.error(`${req.method} ${req.path} failed: ${error.message}`);
  res.status(500).json({ error: 'The catalogue is not available' });
}

app.get('/health', (req, res) => {
  res.json({ open: true });
});

app.get('/metrics', async (req, res) => {
  res.type(prom.register.contentType).send(await prom.register.metrics());
});

// #region list-route
app.get('/books', async (req, res) => {
  //: req.query holds what follows the question mark: ?after=MK-000019 gives { after: 'MK-000019' }.
  const after = String(req.query.after || '');

  try {
    const books = await ask(
      'SELECT shelf_mark, title, author FROM books WHERE shelf_mark > $1 ORDER BY shelf_mark LIMIT $2',
      [after, PAGE_SIZE]
    );
    //: at(-1) is the last entry of a list; `?.` gives undefined if there is none.
    res.json({ books, after: books.at(-1)?.shelf_mark });
  } catch (error) {
    sorry(req, res, error);
  }
});
// #endregion list-route

//: A colon in a path stands for any text. /books/7 is answered with req.params.id = '7'.
app.get('/books/:id', async (req, res) => {
  const id = Number(req.params.id);
  if (!Number.isInteger(id)) return res.status(400).json({ error: 'id is a whole number' });

  try {
    const found = await ask('SELECT * FROM books WHERE id = $1', [id]);
    if (found.length === 0) return res.status(404).json({ error: 'no such book' });
    res.json(found[0]);
  } catch (error) {
    sorry(req, res, error);
  }
});

// ============================================================================
// START SERVER
// ============================================================================

const port = process.env.PORT || 3000;
app.listen(port, () => console.log(`Library catalogue API on port ${port}`));
