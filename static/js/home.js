/** Pages with the search. Without a document (in Node) only the rules are there. */

import { fold, readIndex, search } from "./search.js";
import { startSearch } from "./search-form.js";

globalThis.papanTps = { fold, readIndex, search };
if (typeof document !== "undefined") startSearch();
