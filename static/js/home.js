/** Pages with the search. Without a document (in Node) only its rules are there. */

import { filesFor, readPlaces, readTexts, search, searchTexts } from "./search.js";
import { startSearch } from "./search-form.js";

globalThis.papanTps = { filesFor, readPlaces, readTexts, search, searchTexts };
if (typeof document !== "undefined") startSearch();
