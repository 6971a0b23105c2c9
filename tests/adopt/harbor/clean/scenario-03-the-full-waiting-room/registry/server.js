// The registry of insured people, run by the insurance companies. It is not yours to repair.
const http = require('node:http');

const DESKS = Number(process.env.DESKS);
const WORK_MS = 60;

let busy = 0;
const waiting = [];

// Takes the next question if a desk is free.
function work() {
  if (busy >= DESKS || waiting.length === 0) return;
  busy += 1;
  const answer = waiting.shift();
  // Stands for the search in the companies' own files, which takes this long.
  setTimeout(() => {
    answer();
    busy -= 1;
    work();
  }, WORK_MS);
}

const server = http.createServer((req, res) => {
  waiting.push(() => {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify({ number: req.url.split('/').pop(), valid: true }));
  });
  work();
});

server.listen(process.env.PORT);
