// How a text is cut into the words by which it is found. src/emit/site/search/terms.rs cuts the index
// in the same way; tests/browser/terms.json holds both to it.
const WORD = /[\p{Alphabetic}\p{N}]+/gu;

export function terms(text) {
  return (text.match(WORD) ?? []).map((word) => word.toLowerCase());
}

// The same with their places: [start, end, word].
export function places(text) {
  return [...text.matchAll(WORD)].map(({ index, 0: word }) => [index, index + word.length, word.toLowerCase()]);
}
