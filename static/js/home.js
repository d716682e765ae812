/** Pages with the search. Without a document (in Node) only its rules are there. */

import { filesFor, readings, readPlaces, readTexts, search, searchTexts, wordsOf } from "./search.js";
import { startSearch } from "./search-form.js";

globalThis.papanTps = { filesFor, readings, readPlaces, readTexts, search, searchTexts, wordsOf };
if (typeof document !== "undefined") startSearch();
