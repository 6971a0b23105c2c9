//: pg is the driver for PostgreSQL. The braces take only Pool out of it (destructuring).
const { Pool } = require('pg');
const { queriesRunning } = require('./metrics');

// ============================================================================
// DATABASE CONNECTION
// ============================================================================

// #region pool
// All routes share this pool, which opens ten connections at most.
//: process.env holds environment variables.
const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 10 });
// #endregion pool

//: A lost connection is reported as an event; without a listener it would end the program.
pool.on('error', (error) => console.error(`lost a connection: ${error.message}`));

//: The values go to the database separately and take the places of $1 and $2.
async function ask(sql, values) {
  queriesRunning.inc();
  try {
    //: await waits for the result and lets other requests run meanwhile.
    const result = await pool.query(sql, values);
    return result.rows;
  } finally {
    queriesRunning.dec();
  }
}

//: What other files get from require('./database').
module.exports = { ask };
