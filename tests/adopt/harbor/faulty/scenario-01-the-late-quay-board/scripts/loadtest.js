// A morning at the quay: many crane drivers ask for the list of their ship.
const autocannon = require('autocannon'); // autocannon sends many requests side by side

const CONNECTIONS = 40;
const SECONDS = 20;
const SHIPS = 600;

const requests = [];
for (let id = 1; id <= SHIPS; id++) {
  requests.push({ method: 'GET', path: `/ships/${id}/containers` });
}

async function main() {
  console.log(`${CONNECTIONS} crane drivers, ${SECONDS} seconds …`);
  const result = await autocannon({
    url: process.env.APP_URL || 'http://localhost:3000',
    connections: CONNECTIONS,
    duration: SECONDS,
    requests,
  });
  const answered = result['2xx'] + result.non2xx + result.errors;
  const success = answered === 0 ? 0 : (100 * result['2xx']) / answered;
  console.log(`success     ${success.toFixed(1)} %`);
  console.log(`requests/s  ${result.requests.average.toFixed(0)}`);
  console.log(`p50         ${result.latency.p50} ms`);
  console.log(`p99         ${result.latency.p99} ms`);
}

main();
