// Figures of load tests: reading what is typed or printed, and writing it for people.

const PRINTED = ["success", "rps", "p50", "p99"];
const LINE = /^\s*\|\s*([\d.,]+\s*%)\s*\|\s*([\d.,]+)\s*\|\s*([\d.,]+\s*ms|[–-])\s*\|\s*([\d.,]+\s*ms|[–-])\s*\|\s*$/;

// The lines of a load test in a text, each as values by measure.
export function parseLines(text) {
  const found = text.split(/\r?\n/).map((line) => LINE.exec(line)).filter(Boolean);
  return found.map((match) => Object.fromEntries(PRINTED.map((measure, at) => [measure, match[at + 1]])));
}

// `main/broken/p99@feed` in its parts.
export function parseKey(key) {
  const [test, stage, ...rest] = key.split("/");
  const [measure, request = ""] = rest.join("/").split("@");
  return { test, stage, measure, request };
}

// The number that somebody meant: `1,257 ms`, `98,2 %`, `1.2 s`. Nothing if there is none.
export function parseFigure(text, measure) {
  const found = /^[^\d-]*(-?\d[\d.,\u00a0\u202f ]*)\s*([a-zµ%]*)/iu.exec(text.trim());
  if (!found) return null;
  let digits = found[1].replace(/[\s\u00a0\u202f]/g, "");
  const isThousands = measure !== "success" && /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(digits);
  digits = isThousands ? digits.replaceAll(",", "") : digits.replace(",", ".").replace(/[.,]$/, "");
  const value = Number(digits);
  if (!Number.isFinite(value)) return null;
  return isLatency(measure) && /^s(?:ec|econds?)?$/i.test(found[2]) ? value * 1000 : value;
}

function isLatency(measure) {
  return measure === "p50" || measure === "p99";
}

function number(value, digits) {
  const { lang } = document.documentElement;
  return new Intl.NumberFormat(lang || "en", { maximumFractionDigits: digits }).format(value);
}

// "1.3 %", "2,623", "238 ms".
export function showFigure(value, measure) {
  if (measure === "success") return `${number(value, 1)} %`;
  const text = number(value, value < 10 ? 1 : 0);
  return isLatency(measure) ? `${text} ms` : text;
}

// How a value stands to the first one: points for shares, else how many times as much.
export function changeOf(value, first, measure, points) {
  if (measure === "success") {
    const change = value - first;
    return `${change < 0 ? "−" : "+"}${number(Math.abs(change), 1)} ${points}`;
  }
  if (first === 0) return "";
  const factor = value / first;
  return `× ${number(factor, factor < 0.1 ? 3 : factor < 10 ? 2 : 0)}`;
}
