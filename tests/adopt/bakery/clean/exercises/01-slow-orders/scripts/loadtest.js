// npm run loadtest: many customers look up their orders at the same time.
// autocannon sends the requests and measures how long each answer takes.
const autocannon = require('autocannon');

const CONNECTIONS = 40;
const SECONDS = 20;
const CUSTOMERS = 2000;

async function main() {
  console.log(CONNECTIONS + ' customers at once, for ' + SECONDS + ' seconds ...');
  const result = await autocannon({
    url: 'http://localhost:3000',
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [
      {
        // Each request is for another customer, as in the shop.
        setupRequest: (request) => {
          const customer = 1 + Math.floor(Math.random() * CUSTOMERS);
          return { ...request, path: '/customers/' + customer + '/orders' };
        },
      },
    ],
  });
  const all = result['2xx'] + result.non2xx + result.errors;
  console.log('Answered:  ' + ((100 * result['2xx']) / Math.max(all, 1)).toFixed(1) + ' %');
  console.log('Per second: ' + result.requests.average.toFixed(0));
  console.log('p50:       ' + result.latency.p50 + ' ms');
  console.log('p99:       ' + result.latency.p99 + ' ms');
}

main();
