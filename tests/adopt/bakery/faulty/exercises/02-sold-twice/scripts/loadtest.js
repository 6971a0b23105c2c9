// npm run loadtest: the minute in which the sale for a premiere begins.
// autocannon plays many buyers side by side.
const autocannon = require('autocannon');

const BUYERS = 30;
const REQUESTS = 1500;
const ROWS = 'ABCDEFGHIJKLMNO';
const SEATS_PER_ROW = 20;

const anySeat = () =>
  ROWS[Math.floor(Math.random() * ROWS.length)] + (1 + Math.floor(Math.random() * SEATS_PER_ROW));

// `await` waits for a result, `async` marks the function; `?.` and `??` give 0 if there is none.
async function main() {
  const result = await autocannon({
    url: 'http://localhost:3000',
    connections: BUYERS,
    amount: REQUESTS,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    requests: [
      {
        setupRequest: (request) => ({
          ...request,
          path: '/shows/1/seats/' + anySeat(),
          body: JSON.stringify({ customer: 'guest ' + Math.floor(Math.random() * 1e6) }),
        }),
      },
    ],
  });
  const answered = (status) => result.statusCodeStats[status]?.count ?? 0;
  const check = await (await fetch('http://localhost:3000/shows/1/check')).json();

  console.log('Sold:             ' + answered('201'));
  console.log('Refused:          ' + answered('409'));
  console.log('Failed:           ' + (result['5xx'] + result.errors));
  console.log('p50:              ' + result.latency.p50 + ' ms');
  console.log('Tickets:          ' + check.tickets);
  console.log('Seats sold twice: ' + check.soldTwice);
}

main();
