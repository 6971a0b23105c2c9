// Counts what was checked and prints a line for each. The last line is the one that the test
// command of the project adds to its own count.

// The scenario needs something that a run without containers does not have.
export class Unsupported extends Error {}

export class Checks {
  passed = 0;
  failed = 0;
  skipped = 0;

  // With --record, standard output belongs to the record.
  constructor(write) {
    this.write = (text) => write(`${text}\n`);
  }

  that(holds, what, why = '') {
    if (holds) {
      this.passed += 1;
      this.write(`  ok    ${what}`);
    } else {
      this.failed += 1;
      this.write(`  FAIL  ${what}${why && `\n          ${why.replaceAll('\n', '\n          ')}`}`);
    }
    return holds;
  }

  skip(what, why) {
    this.skipped += 1;
    this.write(`  skip  ${what}: ${why}`);
  }

  note(text) {
    this.write(`        ${text}`);
  }

  heading(text) {
    this.write(`\n${text}`);
  }

  // Zero if everything is as it should be. On CI everything is installed, so that a skip is a fault.
  finish() {
    const bad = this.failed > 0 || (process.env.CI === 'true' && this.skipped > 0);
    this.write(`\n${this.passed} passed, ${this.failed} failed, ${this.skipped} skipped`);
    return bad ? 1 : 0;
  }
}
