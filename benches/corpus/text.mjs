// Sentences without a meaning, from words that such courses use, and from 3,000 invented ones, so
// that an index of them grows as an index of real text does.

import { Dice } from './dice.mjs';

const COMMON = `the a of to and in is that it for on with as this you are be when one each can not will from at by or an
server queue cache index table row page lock log disk node worker request answer reader writer count limit load test
figure graph panel step error timeout retry wait thread pool client key value token shard copy leader event message
batch buffer cost rate share spread delay window bucket branch merge order user product price stock cart feed post
slow quick cold warm large small empty full broken healthy busy idle first last early late again never always mostly
read write send take keep drop split join count measure compare guess explain change start stop open close find lose
because while until before after between under over without about against through instead therefore however`.split(/\s+/);

const INVENTED = invent(3000);

function invent(count) {
  const dice = new Dice(424242);
  const syllable = () => dice.of([...'bdfgklmnprstvz']) + dice.of([...'aeiou']);
  return Array.from({ length: count }, () => Array.from({ length: dice.between(2, 4) }, syllable).join(''));
}

/** An invented word. */
export const invented = (dice) => dice.of(INVENTED);

const word = (dice) => (dice.roll() < 0.9 ? dice.of(COMMON) : invented(dice));

/** Words of which no two neighbors are the same, and no two pairs of neighbors: rules look for both. */
function series(dice, count) {
  const out = [];
  while (out.length < count) {
    const next = word(dice);
    const repeats = next === out.at(-2) && out.at(-1) === out.at(-3);
    if (next !== out.at(-1) && !repeats) out.push(next);
  }
  return out;
}

/** Some words with spaces between them. */
export const words = (dice, count) => series(dice, count).join(' ');

/** A sentence; every third has something bold, slanted or of code in it. */
export function sentence(dice) {
  const parts = series(dice, dice.between(9, 20));
  const middle = Math.floor(parts.length / 2);
  const chance = dice.roll();
  if (chance < 0.15) parts[middle] = `**${parts[middle]}**`;
  else if (chance < 0.3) parts[middle] = `\`${parts[middle]}_${dice.between(1, 99)}\``;
  else if (chance < 0.4) parts[middle] = `*${parts[middle]}*`;
  const text = parts.join(' ');
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** Sentences of at least so many words. */
export function paragraph(dice, atLeast) {
  const out = [];
  for (let count = 0; count < atLeast; ) {
    const next = sentence(dice);
    out.push(next);
    count += next.split(' ').length;
  }
  return out.join(' ');
}
