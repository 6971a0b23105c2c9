// What must be there before the page is drawn: the reader's colour scheme. And what a page needs that
// is read from a folder, where browsers load no modules. Everything works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  try {
    const scheme = localStorage.getItem("scheme");
    if (scheme === "light" || scheme === "dark") root.dataset.theme = scheme;
  } catch {
    // Storage is blocked: the system's scheme it is.
  }
  if (location.protocol !== "file:") return;

  // Here an address that ends with a slash shows a list of files.
  document.addEventListener("DOMContentLoaded", () => {
    const tools = document.getElementById("tools");
    if (tools && !tools.hasChildNodes()) tools.textContent = tools.dataset.fromFolder;
    for (const link of document.querySelectorAll("a[href]")) {
      const [page, anchor] = link.getAttribute("href").split("#");
      if (page.endsWith("/") && !/^[a-z]+:/.test(page)) {
        link.setAttribute("href", `${page}index.html${anchor ? `#${anchor}` : ""}`);
      }
    }
  });
})();
