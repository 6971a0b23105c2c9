// The reader's colour scheme and copy buttons. Loaded before the page is drawn, so that a chosen
// scheme is there from the first moment. Everything works without this file.
(() => {
  "use strict";
  const root = document.documentElement;
  const schemes = ["auto", "light", "dark"];
  const key = "scheme";

  // Storage may be blocked; then the choice lasts for this page.
  let scheme = "auto";
  try {
    scheme = localStorage.getItem(key) ?? "auto";
  } catch {}
  if (!schemes.includes(scheme)) scheme = "auto";

  function applyScheme() {
    if (scheme === "auto") delete root.dataset.theme;
    else root.dataset.theme = scheme;
  }
  applyScheme();

  function addSchemeButton() {
    const tools = document.getElementById("tools");
    if (!tools) return;
    const words = document.body.dataset;
    const names = { auto: words.themeAuto, light: words.themeLight, dark: words.themeDark };
    const button = document.createElement("button");
    button.type = "button";
    const show = () => { button.textContent = `${words.themeWord}: ${names[scheme]}`; };
    button.addEventListener("click", () => {
      scheme = schemes[(schemes.indexOf(scheme) + 1) % schemes.length];
      try {
        localStorage.setItem(key, scheme);
      } catch {}
      applyScheme();
      show();
    });
    show();
    tools.append(button);
  }

  function addCopyButtons() {
    const words = document.body.dataset;
    for (const box of document.querySelectorAll("[data-copy].code")) {
      const code = box.querySelector("code");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "copy";
      button.textContent = words.copy;
      button.addEventListener("click", async () => {
        try {
          await navigator.clipboard.writeText(code.textContent.trimEnd());
          button.textContent = words.copied;
        } catch {
          // Without permission the text is selected, so that the keyboard can copy it.
          getSelection().selectAllChildren(code);
          button.textContent = words.copyFailed;
        }
        setTimeout(() => { button.textContent = words.copy; }, 2000);
      });
      box.append(button);
    }
  }

  // Beside the text there is room for the outline; above it, it waits until it is asked for.
  function openOutline() {
    const outline = document.querySelector(".outline details");
    if (outline && matchMedia("(min-width: 66rem)").matches) outline.open = true;
  }

  // Read from a folder, an address that ends with a slash shows a list of files.
  function nameFiles() {
    if (location.protocol !== "file:") return;
    for (const link of document.querySelectorAll("a[href]")) {
      const [page, anchor] = link.getAttribute("href").split("#");
      if (page.endsWith("/") && !/^[a-z]+:/.test(page)) {
        link.setAttribute("href", `${page}index.html${anchor ? `#${anchor}` : ""}`);
      }
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    addSchemeButton();
    addCopyButtons();
    openOutline();
    nameFiles();
  });
})();
