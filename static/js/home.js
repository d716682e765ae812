/** Pages with the search. Without a document (in Node) only its rules are there. */

import { filesFor, readings, readPlaces, readTexts, search, searchTexts, wordsOf } from "./search.js";
import { startSearch } from "./search-form.js";

const LATER = 4000;

/** What every page has (page.js) must not slow down the first answer: it comes later, or now if villages were saved. */
function start({ src, dataset }) {
  let waiting = 0;
  const load = () => {
    if (!dataset.page) return;
    const script = document.createElement("script");
    script.src = new URL(dataset.page, src).href;
    if ("worker" in dataset) script.dataset.worker = "";
    dataset.page = "";
    document.head.append(script);
  };
  const wait = () => {
    clearTimeout(waiting);
    waiting = setTimeout(load, LATER);
  };
  startSearch();
  addEventListener("load", wait);
  addEventListener("answered", wait);
  try {
    if (localStorage.length) load();
  } catch {
    // Storage is forbidden here, so nothing is saved.
  }
}

globalThis.papanTps = { filesFor, readings, readPlaces, readTexts, search, searchTexts, wordsOf };
if (typeof document !== "undefined") start(document.currentScript);
