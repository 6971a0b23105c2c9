// src/server.js, explained for readers who do not write JavaScript every day.

// The front desk: who has an appointment, and who pays for it?

// express takes HTTP requests and finds the route for them.
const express = require('express');
// pg speaks to PostgreSQL. The braces take Client out of it.
const { Client } = require('pg');
// prom-client keeps numbers until Prometheus asks for them.
const metrics = require('prom-client');

// An Express app is a list of functions. A request walks along the list until one of them answers.
const app = express();

// -----------------------------------------------------------------------------
// METRICS
// -----------------------------------------------------------------------------

// Counters go up and never down. Grafana shows how quickly they go up.
const requestsTotal = new metrics.Counter({
  name: 'http_requests_total',
  help: 'Requests that got an answer, good or bad',
  labelNames: ['method', 'route', 'status_code'],
});

// A histogram sorts answers into buckets by their time. From the buckets come p50 and p99.
const requestDuration = new metrics.Histogram({
  name: 'http_request_duration_ms',
  help: 'How long a visitor waits for the whole answer',
  labelNames: ['method', 'route', 'status_code'],
  buckets: [5, 10, 25, 50, 100, 250, 500, 750, 1000, 1500, 2500, 5000, 10000],
});

// A gauge goes up and down, like a thermometer.
const clientsOpen = new metrics.Gauge({
  name: 'db_clients_open',
  help: 'Database clients that a request holds at this moment',
});

// next() hands over to the route. `a?.b` is undefined if a is, and `a ?? b` is b if there is no a.
app.use((req, res, next) => {
  const start = performance.now();
  // Runs when the answer has left the building, so that its status is known.
  res.on('finish', () => {
    const labels = { method: req.method, route: req.route?.path ?? 'unmatched', status_code: res.statusCode };
    requestsTotal.inc(labels);
    requestDuration.observe(labels, performance.now() - start);
  });
  next();
});

// -----------------------------------------------------------------------------
// DATABASE CONNECTION
// -----------------------------------------------------------------------------

// `await` waits without stopping the other requests; only a function marked `async` may use it.
// What does each visitor of the desk cost the database here?
// `work` is a function; it gets the client as its argument.
async function withClient(work) {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  clientsOpen.inc();
  try {
    return await work(client);
  } finally {
    // Also when `work` has failed.
    clientsOpen.dec();
    await client.end();
  }
}

// -----------------------------------------------------------------------------
// ROUTES
// -----------------------------------------------------------------------------

app.get('/metrics', async (req, res) => {
  res.set('Content-Type', metrics.register.contentType);
  res.send(metrics.register.metrics());
});

// Asks the registry whether somebody is insured. Between backticks, ${…} puts a value into the text.
async function askRegistry(insuranceNo) {
  const answer = await fetch(`${process.env.REGISTRY_URL}/insured/${insuranceNo}`);
  // Reads the body of the answer and makes an object of it.
  return answer.json();
}

const APPOINTMENT = `
  SELECT appointments.id, appointments.starts_at, appointments.room, patients.name, patients.insurance_no
  FROM appointments JOIN patients ON patients.id = appointments.patient_id
  WHERE appointments.id = $1`;

// The nurse scans the letter of a patient. req.params.id is the number on it.
app.get('/appointments/:id', async (req, res) => {
  // Who is waiting for whom in here, and what do they hold in their hands meanwhile?
  const appointment = await withClient(async (client) => {
    const found = await client.query(APPOINTMENT, [req.params.id]);
    if (found.rowCount === 0) return null;
    const insured = await askRegistry(found.rows[0].insurance_no);
    // All fields of the row, and one more.
    return { ...found.rows[0], insured: insured.valid };
  });
  if (appointment === null) return res.status(404).json({ error: 'no such appointment' });
  res.json(appointment);
});

// Express comes here when a route throws.
// Four arguments tell Express that this is for errors.
app.use((error, req, res, next) => {
  console.error(error.message);
  res.status(500).json({ error: error.message });
});

// -----------------------------------------------------------------------------
// START SERVER
// -----------------------------------------------------------------------------

app.listen(process.env.PORT || 3000, () => console.log('The front desk is open.'));
