// Puts the same <<thing>>s into the catalogue every time. Does nothing if they are there already.

//: readFileSync reads a whole file; join builds a path. Braces on the left pick single things out of a package.
const { readFileSync } = require('fs');
const { join } = require('path');
//: pg is the driver for PostgreSQL.
const { Client } = require('pg');

const ROWS = 100000;
const CRATE = 2000;

const FIRST_WORDS = ['Silent', 'Borrowed', 'Northern', 'Patient', 'Glass', 'Hidden', 'Early'];
const SECOND_WORDS = ['Harbour', 'Orchard', 'Letters', 'Winter', 'Machines', 'Rivers', 'Lanterns', 'Maps', 'Clocks'];
const AUTHORS = ['M. Okafor', 'S. Lindqvist', 'T. Marchetti', 'R. Banerjee', 'J. Whitfield', 'A. Novak'];

//: padStart fills a text up with zeros on its left side.
function shelfMark(number) {
  return `MK-${String(number).padStart(6, '0')}`;
}

// The crates were unpacked in no order at all. A prime as the stride reaches each number once.
function numberOf(position) {
  return (position * 10007) % ROWS;
}

function rowAt(position) {
  const number = numberOf(position);
  return {
    shelf_mark: shelfMark(number),
    title: `${FIRST_WORDS[number % 7]} ${SECOND_WORDS[number % 9]}, volume ${1 + (number % 40)}`,
    author: AUTHORS[number % 6],
    year: 1950 + (number % 75),
  };
}

//: An async function may use await, which waits for an answer.
async function unpack(db) {
  for (let first = 0; first < ROWS; first += CRATE) {
    //: Array.from with a length and a function calls that function once for each place.
    const crate = Array.from({ length: CRATE }, (_, offset) => rowAt(first + offset));
    await db.query(
      `INSERT INTO <<thing>>s (shelf_mark, title, author, year)
       SELECT shelf_mark, title, author, year
       FROM json_to_recordset($1) AS crate(shelf_mark TEXT, title TEXT, author TEXT, year INTEGER)`,
      [JSON.stringify(crate)]
    );
  }
}

async function main() {
  const db = new Client(process.env.DATABASE_URL);
  await db.connect();
  try {
    await db.query(readFileSync(join(__dirname, 'schema.sql'), 'utf8'));
    const counted = await db.query('SELECT count(*)::int AS <<thing>>s FROM <<thing>>s');
    if (counted.rows[0].<<thing>>s === ROWS) {
      console.log('The <<thing>>s are on their shelves already.');
      return;
    }
    await db.query('TRUNCATE <<thing>>s RESTART IDENTITY');
    await unpack(db);
    await db.query('VACUUM ANALYZE <<thing>>s');
    console.log(`Unpacked ${ROWS} <<thing>>s.`);
  } finally {
    await db.end();
  }
}

//: catch() is called if anything in main() has failed.
main().catch((error) => {
  console.error(`No <<thing>>s today: ${error.message}`);
  process.exit(1);
});
