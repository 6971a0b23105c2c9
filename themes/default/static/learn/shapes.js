// What may be kept: the name of each thing and the shape of its value. The store trusts nothing
// that it reads, and a file that is imported is checked by the same shapes.

const isText = (value) => typeof value === "string" && value.length <= 200_000;
const isFlag = (value) => value === true || value === false;
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isFieldName = (name) => /^[a-z0-9][\w.-]{0,40}$/i.test(name);

const TEXT = { is: isText, want: "text" };
const FLAG = { is: isFlag, want: "flag" };
const COUNT = { is: isCount, want: "count" };
const FIELD = { is: (value) => isText(value) || value === true, want: "field" };
const mapOf = (each) => ({ each });

const SHAPES = {
  question: { fields: mapOf(FIELD), checked: TEXT, shown: FLAG, ratings: mapOf(TEXT) },
  rubric: { ratings: mapOf(TEXT) },
  option: { chosen: TEXT, why: TEXT, open: FLAG },
  step: { open: FLAG },
  hint: { opened: COUNT },
  result: { value: TEXT },
  view: { choice: TEXT },
};

const NAME = /^(@site|[a-z0-9-]+|tutorial:[a-z0-9-]+\/[a-z0-9-]+)\/([a-z]+)\/([\w:@.-]+(?:\/[\w:@.-]+)*)$/;

// `first/question/why` in its parts; nothing for a name that is none.
export function parseName(name) {
  const found = NAME.exec(name);
  if (!found || !Object.hasOwn(SHAPES, found[2])) return null;
  return { place: found[1], kind: found[2], id: found[3] };
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// The part of a value that fits its kind, and where the rest does not: `[path, what is wanted]`.
export function checkValue(kind, value) {
  const clean = {};
  const faults = [];
  if (!isObject(value)) return { clean, faults: [["", "object"]] };
  const shape = SHAPES[kind];
  for (const [name, inner] of Object.entries(value)) {
    if (name === "at") {
      if (isCount(inner)) clean.at = inner;
      else faults.push([name, "time"]);
    } else if (!Object.hasOwn(shape, name)) {
      faults.push([name, "known"]);
    } else if (shape[name].each) {
      clean[name] = checkMap(shape[name].each, name, inner, faults);
    } else if (shape[name].is(inner)) {
      clean[name] = inner;
    } else {
      faults.push([name, shape[name].want]);
    }
  }
  return { clean, faults };
}

function checkMap(each, path, value, faults) {
  const clean = {};
  if (!isObject(value)) {
    faults.push([path, "object"]);
    return clean;
  }
  for (const [name, inner] of Object.entries(value)) {
    if (isFieldName(name) && each.is(inner)) clean[name] = inner;
    else faults.push([`${path}.${name}`, isFieldName(name) ? each.want : "known"]);
  }
  return clean;
}

// Whether a value says anything besides when it was written.
export function isEmpty(value) {
  return Object.entries(value).every(([name, inner]) => {
    if (name === "at") return true;
    return isObject(inner) ? Object.keys(inner).length === 0 : inner === "" || inner === false || inner === 0;
  });
}
