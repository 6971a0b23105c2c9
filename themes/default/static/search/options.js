// How the index is read and asked. The fields and what is stored are those of src/emit/site/search.
import { terms } from "./terms.js";

export const INDEX = {
  fields: ["title", "heading", "question", "text"],
  storeFields: ["kind", "label", "status", "title", "heading", "question", "text"],
  tokenize: terms,
  processTerm: (term) => term,
};

// A name weighs more than a heading, a heading more than a question, a question more than the text.
const BOOST = { title: 20, heading: 8, question: 3.5, text: 1 };

// How many letters of a word may be wrong: more in a long one, and none where it would become any
// other. A number is what it is.
function mistakes(short, long) {
  return (term) => {
    if (term.length < short || /\p{N}/u.test(term)) return false;
    return term.length < long ? 1 : 2;
  };
}

export const QUERY = {
  boost: BOOST,
  // A single letter begins half of all words; it counts only while the word is being typed.
  prefix: (term, at, all) => term.length > 1 || at === all.length - 1,
  fuzzy: mistakes(3, 8),
  weights: { prefix: 0.6, fuzzy: 0.25 },
};

// For what is not found so: two letters that changed places are two mistakes.
export const LOOSE = { ...QUERY, fuzzy: mistakes(3, 4) };
