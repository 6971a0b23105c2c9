/** Numbers that look random and are the same for the same seed (mulberry32). */
export class Dice {
  #state;

  constructor(seed) {
    this.#state = (seed * 2654435761 + 1) >>> 0;
  }

  /** A number from 0 up to, and without, 1. */
  roll() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A whole number of a range, its ends included. */
  between(low, high) {
    return low + Math.floor(this.roll() * (high - low + 1));
  }

  /** One of a list. */
  of(list) {
    return list[Math.floor(this.roll() * list.length)];
  }
}
