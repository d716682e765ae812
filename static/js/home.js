/** Pages with the search. Where it is not the script of a page (in Node, imported) only the rules are there. */

import { filesFor, readPlaces, search } from "./search.js";
import { loadScript, startSearch } from "./search-form.js";

const LATER = 4000;

/** What every page has (page.js) must not slow down the first answer: it comes later, or now if villages were saved. */
function start({ page }) {
  let waiting = 0;
  const load = () => {
    if (page) loadScript(page);
    page = "";
  };
  startSearch();
  for (const event of ["load", "input"]) {
    addEventListener(event, () => {
      clearTimeout(waiting);
      waiting = setTimeout(load, LATER);
    });
  }
  try {
    if (localStorage.length) load();
  } catch {
    // Storage is forbidden here, so nothing is saved.
  }
}

globalThis.papanTps = { filesFor, readPlaces, search };
if (globalThis.document?.currentScript) start(document.currentScript.dataset);
