// Monday morning: every librarian prints the overdue list.
const autocannon = require('autocannon'); // autocannon asks again and again, on many connections

const options = {
  url: 'http://localhost:3000/overdue',
  connections: 20,
  duration: 15,
  timeout: 20,
};

autocannon(options).then((result) => {
  const all = result['2xx'] + result.non2xx + result.errors;
  console.log('Success:       ', all ? ((result['2xx'] / all) * 100).toFixed(1) : 0, '%');
  console.log('Requests/s:    ', result.requests.average);
  console.log('p50:           ', result.latency.p50, 'ms');
  console.log('p99:           ', result.latency.p99, 'ms');
});
