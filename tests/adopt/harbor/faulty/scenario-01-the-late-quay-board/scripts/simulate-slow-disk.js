// The harbor's own table has forty million rows and lies on a slow disk. The one in this exercise is
// small and fits into memory. This file plays the difference; there is nothing to repair in it.

const WAIT_MS = 80;
const CHECK_EVERY_MS = 1000;

let checkedAt = 0;
let playing = true;

// Looks into PostgreSQL's catalog once a second, so that the check itself costs nothing.
async function isPlaying(db) {
  if (Date.now() - checkedAt > CHECK_EVERY_MS) {
    checkedAt = Date.now();
    const found = await db.query(
      "SELECT 1 FROM pg_indexes WHERE tablename = 'containers' AND indexname = 'idx_containers_ship_id'",
    );
    playing = found.rowCount === 0;
  }
  return playing;
}

async function slowDisk(db) {
  if (await isPlaying(db)) {
    // Stands for the time that the harbor's disk takes; it is not part of the exercise.
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  }
}

module.exports = { slowDisk };
