// Changes a page that the site's scripts have worked on into a newer one, without undoing their work.
// It keeps a copy of the page as it came, compares that with the page as it comes now, and makes the
// same changes to the copy and to what is shown. What it cannot be sure of it leaves to a reload.

// What is read only once: when the page is loaded.
const HARD = 'script:not([type="application/ld+json"]), style, link:not([rel="canonical"], [rel="alternate"]), '
  + 'meta[http-equiv], base, template, iframe, object, embed, noscript';

// What scripts look for, besides what has `data-` attributes: a new one would stay without them.
const SCRIPTED = 'section, figure, table, details, dialog, form, input, textarea, select, button, video, audio, '
  + '[popover], [contenteditable], [aria-controls]';

// What scripts show again elsewhere, so that changing the original is not enough.
const SHOWN_AGAIN = '.change, table.results, [data-reload]';

// Comparing lists takes time by the product of their lengths.
const MOST = 4_000_000;

// To be called before other scripts run. `own` selects what the server has put into the page.
export function copyPage(own) {
  const live = new Map();
  const take = (node) => {
    const copy = node.cloneNode(node.nodeName === 'TEMPLATE');
    live.set(copy, node);
    for (const child of node.childNodes) {
      if (child.nodeType !== Node.ELEMENT_NODE || !child.matches(own)) copy.append(take(child));
    }
    return copy;
  };
  const head = take(document.head);
  const body = take(document.body);

  // Whether the page is now like `next`.
  function patch(next) {
    const edits = [];
    const isSure = sameRoot(next.documentElement)
      && compare(head, next.head, edits) && compare(body, next.body, edits)
      && edits.every(({ isSure }) => isSure());
    if (!isSure) return false;
    keepInView(() => edits.forEach(({ make }) => make()));
    return true;
  }

  function compare(old, wanted, edits) {
    if (isSame(old, wanted)) return true;
    // Where scripts run, what is in it is text.
    if (old.nodeName === 'NOSCRIPT') return old.outerHTML === wanted.outerHTML;
    if (old.nodeType !== Node.ELEMENT_NODE) return compareText(old, wanted, edits);
    if (old.matches(HARD) || old.closest(SHOWN_AGAIN)) return false;
    return compareAttributes(old, wanted, edits) && compareChildren(old, wanted, edits);
  }

  function compareText(old, wanted, edits) {
    edits.push({
      // What a script has written itself is not ours to change.
      isSure: () => live.get(old).isConnected && live.get(old).data === old.data,
      make: () => {
        live.get(old).data = wanted.data;
        old.data = wanted.data;
      },
    });
    return true;
  }

  function compareAttributes(old, wanted, edits) {
    const names = new Set([...old.getAttributeNames(), ...wanted.getAttributeNames()]);
    for (const name of names) {
      const [before, after] = [old.getAttribute(name), wanted.getAttribute(name)];
      if (before === after) continue;
      // Scripts have read these and go by them.
      if (/^(?:data-.*|id|name|type|value|for)$/.test(name)) return false;
      edits.push(name === 'class' ? classEdit(old, before, after) : attributeEdit(old, name, before, after));
    }
    return true;
  }

  function attributeEdit(old, name, before, after) {
    return {
      isSure: () => live.get(old).getAttribute(name) === before,
      make: () => {
        for (const node of [old, live.get(old)]) {
          if (after === null) node.removeAttribute(name);
          else node.setAttribute(name, after);
        }
      },
    };
  }

  // Scripts add classes; these stay.
  function classEdit(old, before, after) {
    const words = (text) => (text ?? '').split(/\s+/).filter(Boolean);
    return {
      isSure: () => true,
      make: () => {
        for (const node of [old, live.get(old)]) {
          node.classList.remove(...words(before));
          node.classList.add(...words(after));
        }
      },
    };
  }

  function compareChildren(old, wanted, edits) {
    const pairs = align([...old.childNodes], [...wanted.childNodes]);
    if (!pairs) return false;
    let next = null;
    // From the end, so that what comes behind a new node is there already.
    for (const [before, after] of pairs.reverse()) {
      if (before && after) {
        if (!compare(before, after, edits)) return false;
        next = () => before;
      } else {
        const node = before ?? after;
        if (!isPlain(node)) return false;
        if (before) edits.push(removal(before));
        else {
          const { edit, made } = insertion(old, after, next);
          edits.push(edit);
          next = made;
        }
      }
    }
    return true;
  }

  function removal(old) {
    return {
      isSure: () => live.get(old).isConnected,
      make: () => {
        live.get(old).remove();
        old.remove();
      },
    };
  }

  function insertion(parent, wanted, next) {
    const node = document.importNode(wanted, true);
    const copy = take(node);
    return {
      made: () => copy,
      edit: {
        isSure: () => [parent, ...parent.childNodes].every((known) => live.get(known).isConnected),
        make: () => {
          const behind = next?.() ?? null;
          parent.insertBefore(copy, behind);
          const before = copy.previousSibling;
          if (behind && live.get(behind).parentNode) live.get(behind).before(node);
          else if (before && live.get(before).parentNode) live.get(before).after(node);
          else live.get(parent).append(node);
        },
      },
    };
  }

  return { patch };
}

// What the page's scripts have set on the root they may have read from it, too.
function sameRoot(root) {
  const live = document.documentElement;
  return root.getAttributeNames().every((name) => live.getAttribute(name) === root.getAttribute(name));
}

function isSame(a, b) {
  if (!a.isEqualNode(b)) return false;
  // This is not compared above.
  const templates = (node) => (node.querySelectorAll ? [...node.querySelectorAll('template')] : []).map((found) => found.innerHTML).join();
  return a.nodeName === 'TEMPLATE' ? a.innerHTML === b.innerHTML : templates(a) === templates(b);
}

// Whether a node can come and go without any script.
function isPlain(node) {
  if (node.nodeType !== Node.ELEMENT_NODE) return true;
  return [node, ...node.querySelectorAll('*')].every((element) => !element.matches(HARD)
    && !element.matches(SCRIPTED)
    && !element.localName.includes('-')
    && !element.getAttributeNames().some((name) => name.startsWith('data-')));
}

// Pairs of nodes that belong together, and nodes alone with `undefined` for the other, in order. What is
// equal belongs together; between that, what is of the same kind.
function align(old, wanted) {
  let start = 0;
  while (start < old.length && start < wanted.length && isSame(old[start], wanted[start])) start += 1;
  let end = 0;
  while (end < Math.min(old.length, wanted.length) - start && isSame(old.at(-1 - end), wanted.at(-1 - end))) end += 1;
  const [left, right] = [old.slice(start, old.length - end), wanted.slice(start, wanted.length - end)];
  if (left.length * right.length > MOST) return null;
  const middle = [];
  for (const { gap, pair } of common(left, right, whole)) {
    for (const found of common(...gap, kind)) {
      middle.push(...found.gap[0].map((node) => [node, undefined]), ...found.gap[1].map((node) => [undefined, node]));
      if (found.pair) middle.push(found.pair);
    }
    if (pair) middle.push(pair);
  }
  return [
    ...old.slice(0, start).map((node, at) => [node, wanted[at]]),
    ...middle,
    ...old.slice(old.length - end).map((node, at) => [node, wanted[wanted.length - end + at]]),
  ];
}

function whole(node) {
  return node.outerHTML ?? `${node.nodeType} ${node.data}`;
}

function kind(node) {
  return `${node.nodeName}#${node.id ?? ''}`;
}

// The longest common run by a key: each pair with what lies before it on both sides; what lies behind
// the last one has no pair.
function common(a, b, keyOf) {
  const [keys, others] = [a.map(keyOf), b.map(keyOf)];
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = keys[i] === others[j]
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const found = [];
  let gap = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (keys[i] === others[j]) {
      found.push({ gap, pair: [a[i], b[j]] });
      gap = [[], []];
      i += 1;
      j += 1;
    } else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) gap[0].push(a[i++]);
    else gap[1].push(b[j++]);
  }
  gap[0].push(...a.slice(i));
  gap[1].push(...b.slice(j));
  return [...found, { gap }];
}

// Most browsers keep what is read in its place when something above it grows. For the others: what stands
// at the top of the window stands there afterwards.
function keepInView(change) {
  const first = CSS.supports('overflow-anchor', 'auto') ? null : document.elementFromPoint(innerWidth / 2, innerHeight / 4);
  const top = first?.getBoundingClientRect().top;
  change();
  if (first?.isConnected) scrollBy({ top: first.getBoundingClientRect().top - top, behavior: 'instant' });
}
