// Eight o'clock: all nurses scan letters.
const autocannon = require('autocannon'); // autocannon sends requests on many connections

const CONNECTIONS = 60;
const SECONDS = 15;
const APPOINTMENTS = 9000;

const instance = autocannon(
  {
    url: 'http://localhost:3000',
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: Array.from({ length: 500 }, (_, n) => ({ path: `/appointments/${1 + ((n * 17) % APPOINTMENTS)}` })),
  },
  (error, result) => {
    if (error) throw error;
    const total = result['2xx'] + result.non2xx + result.errors;
    const share = total === 0 ? 0 : (result['2xx'] / total) * 100;
    console.log(`Success rate  ${share.toFixed(1)} %`);
    console.log(`Good answers  ${(result['2xx'] / SECONDS).toFixed(0)} per second`);
    console.log(`p50           ${result.latency.p50} ms`);
    console.log(`p99           ${result.latency.p99} ms`);
  },
);

process.once('SIGINT', () => instance.stop());
