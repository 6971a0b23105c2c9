//: A timer that can be awaited: setTimeout(800) is done after 800 milliseconds. `{ setTimeout }` takes
//: that one thing out of the package (destructuring).
const { setTimeout } = require('timers/promises');

// The inputs of jobs lie with a storage company. It brings a file out of its archive when we ask for
// it and answers with a link, which takes the company 800 ms however much we pay.
// This stands in for the company: it waits just as long and keeps no processor busy meanwhile.
const ARCHIVE_MS = 800;

async function prepareInput(path) {
  await setTimeout(ARCHIVE_MS);
  return `https://storage.example/${path}`;
}

//: What other files get from require('./storage').
module.exports = { prepareInput };
