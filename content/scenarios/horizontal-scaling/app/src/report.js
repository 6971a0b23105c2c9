// The sales report: what sold, in which category, and what workshops order together.
// It asks nobody for anything. Everything it needs is handed to it; the rest is adding and sorting.

//: Intl belongs to JavaScript itself and knows how people write money and percentages.
const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });
const percent = new Intl.NumberFormat('en-US', { style: 'percent', maximumFractionDigits: 1 });

const PAIRS_SHOWN = 25;

// #region report
//: A Map keeps a value for each key. `?? 0` is for the first time a key comes up.
function add(sums, key, amount) {
  sums.set(key, (sums.get(key) ?? 0) + amount);
}

function sumUp(lines) {
  const orders = new Map();
  const byProduct = new Map();
  const byCategory = new Map();
  let total = 0;
  for (const line of lines) {
    const cents = line.pieces * line.price_cents;
    total += cents;
    add(byProduct, line.name, cents);
    add(byCategory, line.category, cents);
    if (!orders.has(line.order_id)) orders.set(line.order_id, []);
    orders.get(line.order_id).push(line.name);
  }
  return { orders, byProduct, byCategory, total };
}

// How often any two products stand in the same order.
function countPairs(orders) {
  const pairs = new Map();
  for (const names of orders.values()) {
    names.sort();
    for (let a = 0; a < names.length; a++) {
      for (let b = a + 1; b < names.length; b++) add(pairs, `${names[a]} + ${names[b]}`, 1);
    }
  }
  return pairs;
}
// #endregion

//: sort() arranges an array by what the function returns: below zero means that a comes first.
//: Each entry of a Map is a pair of key and value; `([, a], [, b])` takes the two values only (destructuring).
function largestFirst(sums) {
  return [...sums].sort(([, a], [, b]) => b - a);
}

function salesReport(lines) {
  const { orders, byProduct, byCategory, total } = sumUp(lines);
  const pairs = largestFirst(countPairs(orders));

  const text = [`Sales this month: ${money.format(total / 100)} in ${orders.size} orders`, '', 'By category'];
  for (const [category, cents] of largestFirst(byCategory)) {
    text.push(`${category}\t${money.format(cents / 100)}\t${percent.format(cents / total)}`);
  }

  text.push('', 'By product');
  let soFar = 0;
  for (const [name, cents] of largestFirst(byProduct)) {
    soFar += cents;
    text.push(`${name}\t${money.format(cents / 100)}\t${percent.format(soFar / total)}`);
  }

  text.push('', 'Often ordered together');
  for (const [names, times] of pairs.slice(0, PAIRS_SHOWN)) text.push(`${names}\t${times}`);
  return text.join('\n');
}

//: What other files get when they require() this one.
module.exports = { salesReport };
