// Stands for the disk of the bakery's old computer; it is not part of the
// exercise. Your machine keeps all orders in memory and finds them fast. The
// old computer took this long whenever a search had to go through everything.

let askedAt = 0;
let isShort = false;

// An async function can wait with `await`, and meanwhile others go on.
async function readFromDisk(pool) {
  if (Date.now() - askedAt > 2000) {
    askedAt = Date.now();
    const found = await pool.query(
      "SELECT 1 FROM pg_indexes WHERE tablename = 'orders' AND indexname = 'orders_customer_id_idx'",
    );
    isShort = found.rowCount > 0;
  }
  if (!isShort) {
    // Stands for the slow disk, see above.
    await pool.query('SELECT pg_sleep(0.15)');
  }
}

module.exports = { readFromDisk };
