// Where the scripts of a page begin: what every page has, and by the page's kind what it needs besides.
import { addCopyButtons } from "./page/copy.js";
import { addSchemeButton } from "./page/scheme-button.js";
import { openOutline } from "./page/outline.js";
import { addSearch } from "./search/open.js";

addSchemeButton();
addCopyButtons();
openOutline();
addSearch();
if (document.documentElement.dataset.kind === "catalogue") import("./catalogue/filter.js");
