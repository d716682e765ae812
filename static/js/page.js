/** What every page has: copies for a time without a network, villages that the reader saved. */

import { showByClock } from "./clock.js";
import { loaded, startOffline } from "./offline.js";
import { startSaveButton } from "./saved-button.js";
import { showSaved } from "./saved-list.js";

const { src } = document.currentScript;
const root = new URL("..", src).href;
const idle = () => new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
showByClock();
startSaveButton(root);
showSaved(root);
startOffline(root, document.querySelector("[data-worker]") !== null, loaded.then(idle));
