// The index in the browser: the first shard with all pages, then the others with the texts. Shards are
// put together before they are asked, so that a word weighs the same wherever it was found.
import MiniSearch from "./vendor/minisearch.js";
import { INDEX, LOOSE, QUERY } from "./options.js";

const LIST = "search/index.json";

// Puts a shard into what is there already, in the serialized format of the library. Of a document a shard
// says its place in it; the whole index has numbers for all.
export function merge(whole, { first, documents, words }) {
  whole ??= { documentIds: {}, fieldLength: {}, storedFields: {}, index: new Map() };
  for (const [place, { id, lengths, ...shown }] of documents.entries()) {
    const number = first + place;
    whole.documentIds[number] = id;
    whole.fieldLength[number] = lengths;
    whole.storedFields[number] = shown;
  }
  for (const [field, found] of words.entries()) {
    for (const [word, ...places] of found) {
      if (!whole.index.has(word)) whole.index.set(word, {});
      const counts = (whole.index.get(word)[field] ??= {});
      for (const place of places) counts[first + place] = (counts[first + place] ?? 0) + 1;
    }
  }
  return whole;
}

// `list` is that of the shards: it says how many documents there are in all, and how long their fields are.
export function read(whole, { documentCount, averageFieldLength }) {
  const fieldIds = Object.fromEntries(INDEX.fields.map((name, number) => [name, number]));
  const counts = { documentCount, nextId: documentCount, fieldIds, averageFieldLength, serializationVersion: 2 };
  return MiniSearch.loadJSAsync({ ...whole, ...counts, index: [...whole.index] }, INDEX);
}

// What has every word; if nothing has, with more mistakes; if nothing has even so, what has some. A word
// that is there as it was typed is not taken for another one.
export function ask(index, query) {
  const isThere = (term) => index.search(term, { tokenize: (whole) => [whole] }).length > 0;
  const careful = { ...QUERY, fuzzy: (term) => !isThere(term) && QUERY.fuzzy(term) };
  for (const way of [careful, LOOSE]) {
    const found = index.search(query, { ...way, combineWith: "AND" });
    if (found.length > 0) return found;
  }
  return index.search(query, LOOSE);
}

async function fetchJson(address, settings) {
  const answer = await fetch(address, settings);
  if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
  return answer.json();
}

export class Engine {
  #root;
  #list;
  #shards;
  #whole;
  #index;
  #rest;

  // `root` leads to the site.
  constructor(root) {
    this.#root = new URL(root, location.href);
  }

  // Loads the first shard. The list is asked for anew, so that it never names shards of another build.
  async open() {
    const list = new URL(LIST, this.#root);
    this.#list = await fetchJson(list, { cache: "no-cache" });
    this.#shards = this.#list.shards.map((name) => new URL(name, list));
    await this.#take(await fetchJson(this.#shards[0]));
  }

  // Loads the other shards, once. They are read as they arrive; those that arrive while others are
  // being read are read together.
  openAll(changed) {
    this.#rest ??= this.#openRest(changed).catch((error) => {
      this.#rest = undefined;
      throw error;
    });
    return this.#rest;
  }

  async #openRest(changed) {
    const arrived = [];
    let reading = Promise.resolve();
    const readArrived = async () => {
      if (arrived.length === 0) return;
      await this.#take(...arrived.splice(0));
      changed();
    };
    await Promise.all(this.#shards.slice(1).map(async (address) => {
      arrived.push(await fetchJson(address));
      reading = reading.then(readArrived);
      await reading;
    }));
  }

  async #take(...shards) {
    for (const shard of shards) this.#whole = merge(this.#whole, shard);
    this.#index = await read(this.#whole, this.#list);
  }

  // Documents that fit, the best first, each with its page.
  search(query) {
    const found = ask(this.#index, query).map((hit) => {
      const [page, anchor] = hit.id.split("#");
      return { ...hit, page, anchor, of: this.#index.getStoredFields(page) };
    });
    return foldPages(found);
  }
}

// What stands on a page without a heading is the page itself: one result for both.
function foldPages(found) {
  const seen = new Set();
  return found.filter((hit) => {
    const address = hit.anchor === "main" ? hit.page : hit.id;
    if (seen.has(address)) return false;
    seen.add(address);
    return true;
  });
}
