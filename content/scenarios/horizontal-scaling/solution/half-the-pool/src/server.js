//: require() loads a package that npm has installed, or with './' a file of our own.
const express = require('express');
//: pg talks to PostgreSQL. `{ Pool }` takes the one thing called Pool out of the package (destructuring).
const { Pool } = require('pg');
//: prom-client keeps the numbers that Prometheus collects from GET /metrics.
const prometheus = require('prom-client');
const { salesReport } = require('./report');

const app = express();

// ----------------------------------------------------------------------------
// DATABASE CONNECTION
// ----------------------------------------------------------------------------

// #region pool
// The database accepts 20 connections. Two servers take 8 each; four are left for psql and the backup.
const db = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 8,
});
// #endregion

//: A pool announces what happens to its connections as events; on() says what to do then.
db.on('error', (error) => console.error(`idle connection lost: ${error.message}`));

// ----------------------------------------------------------------------------
// METRICS
// ----------------------------------------------------------------------------

//: Among these are process_cpu_seconds_total, the processor time that this process has used.
prometheus.collectDefaultMetrics();

const requestsTotal = new prometheus.Counter({
  name: 'http_requests_total',
  help: 'Answered HTTP requests',
  labelNames: ['method', 'route', 'status_code'],
});

const requestDuration = new prometheus.Histogram({
  name: 'http_request_duration_ms',
  help: 'Time from the moment this app begins with a request to the end of its answer, in milliseconds',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [5, 10, 25, 50, 75, 100, 150, 250, 500, 750, 1000, 1500, 2000, 3000, 5000, 7500, 10000],
});

//: A gauge that asks for its value when Prometheus comes by: collect() is called then.
new prometheus.Gauge({
  name: 'db_connections_open',
  help: 'Connections to PostgreSQL that this app has open or is just opening',
  collect() {
    this.set(db.totalCount);
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
      //: The pattern, such as /products/:id. `?.` and `??`: if no route matched, use 'unmatched'.
      route: req.route?.path ?? 'unmatched',
      status_code: res.statusCode,
    };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

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

// #region product-routes
app.get('/products', async (req, res) => {
  //: ?category=brakes at the end of an address arrives as req.query.category.
  const category = req.query.category;
  if (typeof category !== 'string') return res.status(400).json({ error: 'category is needed' });

  try {
    const result = await db.query(
      'SELECT id, sku, name, price_cents FROM products WHERE category = $1 ORDER BY id LIMIT 20',
      [category]
    );
    res.json(result.rows);
  } catch (error) {
    fail(req, res, error);
  }
});

//: /products/:id matches /products/7; req.params.id is then the text '7'.
app.get('/products/:id', async (req, res) => {
  const id = req.params.id;
  if (!/^\d{1,9}$/.test(id)) return res.status(400).json({ error: 'id must be a whole number' });

  try {
    const result = await db.query(
      'SELECT id, sku, name, category, price_cents FROM products WHERE id = $1',
      [id]
    );
    if (result.rows.length === 0) return res.status(404).json({ error: 'No such product' });
    res.json(result.rows[0]);
  } catch (error) {
    fail(req, res, error);
  }
});
// #endregion

// #region report-route
app.get('/report', async (req, res) => {
  try {
    const result = await db.query(
      `SELECT order_lines.order_id, order_lines.pieces, order_lines.price_cents,
              products.name, products.category
       FROM order_lines
       JOIN products ON products.id = order_lines.product_id`
    );
    // What else can this process do while the next line runs?
    const report = salesReport(result.rows);
    res.type('text/plain').send(report);
  } catch (error) {
    fail(req, res, error);
  }
});
// #endregion

// ----------------------------------------------------------------------------
// START SERVER
// ----------------------------------------------------------------------------

const port = process.env.PORT || 3000;
app.listen(port, () => console.log(`Product catalog API is listening on port ${port}`));
