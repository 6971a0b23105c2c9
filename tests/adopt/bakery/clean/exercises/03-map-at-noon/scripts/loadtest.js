// npm run loadtest: noon, when everybody looks for a bike.
// autocannon keeps many phones asking for the map at once.
const autocannon = require('autocannon');

const connections = 60;
const duration = 15;

// How often the app has counted bikes since it started.
// `?.` and `??`: 0 if the line is not there yet.
async function counts() {
  const text = await (await fetch('http://localhost:3000/metrics')).text();
  return Number(/^station_counts_total (\d+)/m.exec(text)?.[1] ?? 0);
}

async function main() {
  const before = await counts();
  const result = await autocannon({ url: 'http://nginx:8080/stations', connections, duration });
  const after = await counts();

  const all = result['2xx'] + result.non2xx + result.errors;
  console.log('Success rate:        ' + ((100 * result['2xx']) / Math.max(all, 1)).toFixed(1) + ' %');
  console.log('Requests per second: ' + result.requests.average.toFixed(0));
  console.log('p50:                 ' + result.latency.p50 + ' ms');
  console.log('p99:                 ' + result.latency.p99 + ' ms');
  console.log('Bikes were counted:  ' + (after - before) + ' times');
}

main();
