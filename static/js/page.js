/** Pages without the search. */

import { startCoverage } from "./coverage.js";

startCoverage();
for (const button of document.querySelectorAll("[data-print]")) button.onclick = () => print();
