// Where the scripts of a page begin: what every page has, and by the page's kind what it needs besides.
import { addCopyButtons } from "./page/copy.js";
import { addSchemeButton } from "./page/scheme-button.js";
import { openOutline } from "./page/outline.js";
import { addSearch } from "./search/open.js";

const { kind, review } = document.documentElement.dataset;

addSchemeButton();
addCopyButtons();
openOutline();
addSearch();
if (kind === "catalogue") import("./catalogue/filter.js");

// Who reviews a course sees everything open and keeps nothing.
if (review === undefined && (kind === "scenario" || kind === "tutorial-page")) import("./learn/page.js");
if (kind === "work") import("./learn/work.js");
if (review === undefined && ["home", "track", "catalogue", "tutorials", "tutorial", "tutorial-page"].includes(kind)) import("./learn/progress.js").then(({ showProgress }) => showProgress());
if (document.querySelector("a.concept")) import("./learn/glossary.js").then(({ startGlossary }) => startGlossary());
if (document.querySelector("figure.figure img")) import("./learn/figures.js").then(({ startFigures }) => startFigures());
