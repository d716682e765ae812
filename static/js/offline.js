/** Starts the service worker (worker.js), or takes it back where the site does without. */

import { readSaved } from "./saved.js";

/**
 * At `moment`, a promise: ask the browser to keep the site under `root`, and the worker to fetch the rest and what
 * the reader saved.
 */
export async function startOffline(root, wanted, moment) {
  const workers = navigator.serviceWorker;
  if (!workers) return;
  await moment;
  try {
    await (wanted ? keepUp(workers, root) : takeBack(workers, root));
  } catch {
    // Private windows refuse, and `file:`, where everything is on the device already. The site works without.
  }
}

async function keepUp(workers, root) {
  const ask = () =>
    askWorker({ rest: !navigator.connection?.saveData, saved: readSaved(root).map(([url]) => root + url) });
  workers.addEventListener("controllerchange", ask); // the first worker, or that of a new publication
  await workers.register(`${root}sw.js`);
  ask();
}

/**
 * Send the worker away and delete what it kept. For this page it still answers, and may keep something: the next page
 * deletes that.
 */
async function takeBack(workers, root) {
  await (await workers.getRegistration(root))?.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`papan-tps ${root} `)).map((name) => caches.delete(name)));
}

/** Tell the worker, if there is one already. */
export const askWorker = (message) => navigator.serviceWorker?.controller?.postMessage(message);

export const loaded = new Promise((resolve) => {
  if (document.readyState === "complete") resolve();
  else addEventListener("load", resolve);
});
