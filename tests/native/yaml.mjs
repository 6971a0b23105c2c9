// Reads the part of YAML that this project's own files use: block and flow mappings and lists,
// plain and quoted scalars, block scalars, comments. No anchors, tags, or several documents. What
// it does not know is an error with its line, never a guess. The compiler has a real parser; this
// one exists so that the test needs nothing but Node.

const KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s"'[\]{}&*!|>%@`#,-][^#]*?|-[^\s#][^#]*?)\s*:(?=\s|$)/;

export function readYaml(text) {
  const reader = new Reader(text);
  const value = reader.block(-1);
  reader.skipEmpty();
  if (reader.at < reader.lines.length) reader.fail('this line belongs to nothing above it');
  return value;
}

class Reader {
  constructor(text) {
    this.lines = text.replace(/\r\n?/g, '\n').split('\n');
    this.at = 0;
  }

  fail(message) {
    throw new Error(`YAML line ${this.at + 1}: ${message}`);
  }

  skipEmpty() {
    while (this.at < this.lines.length && /^\s*(#.*)?$/.test(this.lines[this.at])) this.at += 1;
  }

  // The indentation of the next line that says something; -1 at the end.
  indent() {
    this.skipEmpty();
    return this.at < this.lines.length ? this.lines[this.at].search(/\S/) : -1;
  }

  // The value that stands deeper than `parent`; null if there is none.
  block(parent) {
    const indent = this.indent();
    if (indent <= parent) return null;
    const text = this.lines[this.at].slice(indent);
    if (/^-(\s|$)/.test(text)) return this.list(indent);
    if (KEY.test(text)) return this.mapping(indent);
    this.at += 1;
    return this.inline(text, parent);
  }

  list(indent) {
    const items = [];
    while (this.indent() === indent && /^-(\s|$)/.test(this.lines[this.at].slice(indent))) {
      const line = this.lines[this.at];
      // What follows the dash is read as if the dash were a blank, so that `- id: x` is a mapping.
      this.lines[this.at] = `${line.slice(0, indent)} ${line.slice(indent + 1)}`;
      if (/^\s*(#.*)?$/.test(this.lines[this.at])) {
        items.push(this.block(indent));
      } else {
        const text = this.lines[this.at].trimStart();
        if (/^[|>]/.test(text)) {
          this.at += 1;
          items.push(this.inline(text, indent));
        } else {
          items.push(this.block(indent));
        }
      }
    }
    return items;
  }

  mapping(indent) {
    const entries = {};
    while (this.indent() === indent) {
      const text = this.lines[this.at].slice(indent);
      const found = KEY.exec(text);
      if (!found) this.fail('expected `key: value`');
      const key = String(scalar(found[1]));
      if (Object.hasOwn(entries, key)) this.fail(`the key "${key}" stands twice`);
      const rest = text.slice(found[0].length).trim();
      this.at += 1;
      if (rest === '' || rest.startsWith('#')) {
        // A list may stand as deep as the key it belongs to.
        const dash = this.indent() === indent && /^-(\s|$)/.test(this.lines[this.at].slice(indent));
        entries[key] = dash ? this.list(indent) : this.block(indent);
      } else {
        entries[key] = this.inline(rest, indent);
      }
    }
    if (this.indent() > indent) this.fail('this line is indented deeper than its neighbors');
    return entries;
  }

  // A value that begins on a line of its key; `this.at` is already the line after it.
  inline(text, parent) {
    if (/^[|>]/.test(text)) return this.blockScalar(text, parent);
    if (/^[&*!]/.test(text)) {
      this.at -= 1;
      this.fail('anchors and tags are not read here');
    }
    let whole = text;
    const flow = /^[[{"']/.test(text);
    // Flow collections, quoted and plain scalars may run on over deeper lines.
    for (;;) {
      const read = flow ? readFlow(whole) : undefined;
      if (read) return read.value;
      const more = this.at < this.lines.length && this.lines[this.at].search(/\S/) > parent;
      if (!more || (!flow && /^\s*#/.test(this.lines[this.at]))) break;
      whole += ` ${this.lines[this.at].trim()}`;
      this.at += 1;
    }
    if (flow) {
      this.at -= 1;
      this.fail('a bracket or a quotation mark is not closed');
    }
    return scalar(withoutComment(whole));
  }

  blockScalar(head, parent) {
    const [, style, options] = /^([|>])([-+0-9]*)\s*(?:#.*)?$/.exec(head) ?? this.fail('unknown block scalar');
    const given = /[0-9]/.exec(options);
    const lines = [];
    let indent = given ? Math.max(parent, 0) + Number(given[0]) : 0;
    for (; this.at < this.lines.length; this.at += 1) {
      const line = this.lines[this.at];
      const depth = line.search(/\S/);
      if (depth === -1) {
        lines.push(indent > 0 ? line.slice(indent) : '');
        continue;
      }
      if (indent === 0) indent = depth;
      if (depth < indent || depth <= parent) break;
      lines.push(line.slice(indent));
    }
    while (lines.at(-1) === '') lines.pop();
    const text = style === '|' ? lines.join('\n') : fold(lines);
    return options.includes('-') || text === '' ? text : `${text}\n`;
  }
}

// A single line break is a blank, an empty line is a line break.
function fold(lines) {
  return lines.join('\n').replace(/([^\n])\n(?=[^\n ])/g, '$1 ').replace(/\n\n/g, '\n');
}

function withoutComment(text) {
  return text.replace(/\s+#.*$/, '').trim();
}

function scalar(text) {
  if (text.startsWith('"')) return JSON.parse(text);
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (text === '' || text === '~' || text === 'null') return null;
  if (text === 'true' || text === 'false') return text === 'true';
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text);
  return text;
}

// Reads a flow value at the start of a text. Undefined if it is not closed yet.
function readFlow(text) {
  let at = 0;
  const blanks = () => {
    while (at < text.length && /\s/.test(text[at])) at += 1;
  };

  function quoted(mark) {
    const pattern = mark === '"' ? /"(?:[^"\\]|\\.)*"/y : /'(?:[^']|'')*'/y;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) return undefined;
    at = pattern.lastIndex;
    return { value: scalar(found[0]) };
  }

  function collection(close, add) {
    at += 1;
    for (;;) {
      blanks();
      if (at >= text.length) return false;
      if (text[at] === close) {
        at += 1;
        return true;
      }
      if (!add()) return false;
      blanks();
      if (text[at] === ',') at += 1;
      else if (text[at] !== close) return false;
    }
  }

  function value() {
    blanks();
    if (at >= text.length) return undefined;
    const mark = text[at];
    if (mark === '"' || mark === "'") return quoted(mark);
    if (mark === '[') {
      const items = [];
      const add = () => {
        const item = value();
        if (item) items.push(item.value);
        return item !== undefined;
      };
      return collection(']', add) ? { value: items } : undefined;
    }
    if (mark === '{') {
      const entries = {};
      const add = () => {
        const key = value();
        blanks();
        if (!key || text[at] !== ':') return false;
        at += 1;
        blanks();
        const empty = text[at] === ',' || text[at] === '}';
        const found = empty ? { value: null } : value();
        if (found) entries[String(key.value)] = found.value;
        return found !== undefined;
      };
      return collection('}', add) ? { value: entries } : undefined;
    }
    // A colon belongs to a plain scalar unless a blank or a bracket follows it.
    const pattern = /(?:[^,[\]{}:]|:(?=[^\s,[\]{}]))+/y;
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) return undefined;
    at = pattern.lastIndex;
    return { value: scalar(found[0].trim()) };
  }

  const read = value();
  if (!read) return undefined;
  return /^\s*(#.*)?$/.test(text.slice(at)) ? read : undefined;
}
