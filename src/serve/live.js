// Runs only under `scenarist serve`: reloads the page when the course was compiled again, and
// shows the findings in a box of its own that the theme's styles cannot reach.
(() => {
  const version = Number(document.currentScript.dataset.version);
  const news = new EventSource('/.scenarist/events');

  news.onmessage = (message) => {
    const notice = JSON.parse(message.data);
    if (notice.version !== version) {
      location.reload();
      return;
    }
    if (notice.items.length > 0) show(notice);
  };
  // A page that is left must not keep one of the few connections a browser has for a host.
  addEventListener('pagehide', () => news.close());

  const style = `
    :host { all: initial; }
    details { position: fixed; right: 1rem; bottom: 1rem; z-index: 2147483647; max-width: min(44rem, calc(100vw - 2rem));
      font: 14px/1.45 system-ui, sans-serif; color: #1f2937; background: #fffbeb; border: 2px solid #b45309;
      border-radius: 8px; box-shadow: 0 4px 24px #0005; }
    details.errors { background: #fef2f2; border-color: #b91c1c; }
    summary { padding: .4rem .8rem; cursor: pointer; font-weight: 600; }
    ol { margin: 0; padding: 0 .8rem .6rem; list-style: none; max-height: 50vh; overflow-y: auto; }
    li { padding: .5rem 0; border-top: 1px solid #0002; overflow-wrap: anywhere; }
    code { font: 12.5px ui-monospace, monospace; }
    .error { color: #b91c1c; } .warning { color: #92400e; } .info { color: #1d4ed8; }
    p { margin: .15rem 0 0; }
    @media print { details { display: none; } }
  `;

  function show(notice) {
    const host = document.createElement('scenarist-findings');
    const root = host.attachShadow({ mode: 'open' });
    // A style element would be against the page's content security policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    const box = document.createElement('details');
    box.open = notice.errors > 0;
    box.className = notice.errors > 0 ? 'errors' : '';
    box.append(element('summary', notice.summary), list(notice.items));
    root.append(box);
    document.body.append(host);
  }

  function list(items) {
    const all = document.createElement('ol');
    for (const item of items) {
      const entry = document.createElement('li');
      const title = document.createElement('strong');
      title.append(element('span', item.severity, item.severity), ` ${item.message}`);
      entry.append(title, element('p', ''));
      entry.lastChild.append(element('code', item.place), ' · ', element('code', item.code));
      if (item.help) entry.append(element('p', `help: ${item.help}`));
      all.append(entry);
    }
    return all;
  }

  function element(name, text, className = '') {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }
})();
