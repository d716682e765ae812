/** Pages without the search. */

import { loaded, startOffline } from "./offline.js";
import { startSaveButton } from "./saved-button.js";

const { src, dataset } = document.currentScript;
const root = new URL("..", src).href;
const idle = () => new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
startSaveButton(root);
startOffline(root, "worker" in dataset, loaded.then(idle));
