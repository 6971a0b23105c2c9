// Where the scripts of a page begin: what every page has, and by the page's kind what it needs besides.
import { addCopyButtons } from "./page/copy.js";
import { addSchemeButton } from "./page/scheme-button.js";
import { openOutline } from "./page/outline.js";

addSchemeButton();
addCopyButtons();
openOutline();
