//: prom-client counts and times things, in the form that Prometheus reads.
const prom = require('prom-client');

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

//: Express calls this middleware for every request. next() passes the request on to the routes.
function countAnswers(req, res, next) {
  // Prometheus asking for the counts is no reader.
  if (req.path === '/metrics') return next();

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
}

//: `async` marks a function that may wait with `await`, which lets other requests run meanwhile.
async function showMetrics(req, res) {
  res.type(prom.register.contentType).send(await prom.register.metrics());
}

//: What other files get from require('./metrics').
module.exports = { countAnswers, queriesRunning, showMetrics };
