/** Pages with the search. Where it is not the script of a page (in Node, imported) only the rules are there. */

import { fold, readIndex, search } from "./search.js";
import { startSearch } from "./search-form.js";
import { loaded, startOffline } from "./offline.js";
import { showSaved } from "./saved-list.js";

globalThis.papanTps = { fold, readIndex, search };
if (globalThis.document?.currentScript) start(document.currentScript);

function start({ src, dataset }) {
  const root = new URL("..", src).href;
  startSearch();
  showSaved(root);
  startOffline(root, "worker" in dataset, firstAnswer());
}

/** What is kept for later must not slow down the first answer. */
function firstAnswer() {
  return new Promise((resolve) => {
    addEventListener("answered", resolve);
    loaded.then(() => setTimeout(resolve, 4000));
  });
}
