/**
 * The service worker: what was read once stays readable when the network does not answer. docs/offline.md tells how
 * it behaves and why.
 *
 * Published as sw.js at the site's root. The build writes PUBLICATION before this text, all paths relative to the root:
 *   version    changes with every publication
 *   files      scripts, styles and search index, named by their content
 *   pages      home and the page that says what is there without a network, in every language
 *   rest       pages that are fetched after these: guides, the list of kecamatan
 *   languages  folders of the languages, the root ("") last, and what a copy says of itself
 */

const PATIENCE = 3000;
const SCOPE = registration.scope;
/** Other sites may lie on the same origin: only names that begin so are ours. */
const OURS = `papan-tps ${SCOPE} `;
/** Every page that was opened, whatever publication it is from. */
const PAGES = `${OURS}pages`;
/** Files of this publication, and notes on what was fetched for it. */
const FILES = OURS + PUBLICATION.version;
const NAMED_BY_CONTENT = /\?v=|^search\//;
const GONE = [404, 410];

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => event.waitUntil(follow(event.data)));
addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || !url.startsWith(SCOPE) || url.startsWith(`${SCOPE}admin/`)) return;
  if (mode === "navigate") event.respondWith(showPage(event));
  else if (NAMED_BY_CONTENT.test(url.slice(SCOPE.length))) event.respondWith(findFile(event.request));
});

/* Life */

/** Keep what home and search need, and the pages that are open now: the browser has most of that already. */
async function install() {
  const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const opened = new Map(windows.map(({ url }) => [keyOf(url), url]));
  const needed = PUBLICATION.pages.map(address);
  const others = [...opened.keys()].filter((key) => key.startsWith(SCOPE) && !needed.includes(key));
  // An address without "index.html" may be the one that the browser has.
  await Promise.all([...PUBLICATION.files.map(keepFile), ...needed.map((key) => keepPage(opened.get(key) ?? key))]);
  await Promise.allSettled(others.map((key) => keepPage(opened.get(key))));
  await skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== PAGES && name !== FILES);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

/** Later, when nobody waits: the rest unless the reader saves data, and the villages that the reader saved. */
async function follow({ rest, saved }) {
  if (rest) await once("rest", () => keepPages(PUBLICATION.rest.map(address)));
  for (const url of saved) await once(`${url}?saved`, () => keepVillage(url));
}

/** Do something once for every publication; if it fails, the next page tries again. */
async function once(name, task) {
  const notes = await caches.open(FILES);
  if (await notes.match(address(name))) return;
  await task();
  await notes.put(address(name), new Response());
}

/* Keeping */

const address = (path) => new URL(path, SCOPE).href;

/** The address that a page is kept under: hosts answer `/` and `/x` with `/index.html` and `/x.html`. */
function keyOf(url) {
  const { origin, pathname } = new URL(url);
  const path = pathname.replace(/\/$/, "/index.html");
  return origin + (/\.[^/]*$/.test(path) ? path : `${path}.html`);
}

async function keepFile(path) {
  const url = address(path);
  const known = await caches.match(url);
  await (await caches.open(FILES)).put(url, known ?? (await fetched(url)));
}

async function keepPage(url) {
  const found = await fetched(url, { cache: "no-cache" });
  if (isPage(found)) await keep(PAGES, keyOf(url), found);
  return found;
}

/** A village and all its TPS. */
async function keepVillage(url) {
  const html = await (await keepPage(url)).text();
  const stations = new Set(html.match(/[^"]+\/tps-\d+\.html(?=")/g));
  await keepPages([...stations].map((path) => new URL(path, url).href));
}

/** One after the other, so that there is room for what the reader does meanwhile. */
async function keepPages(urls) {
  for (const url of urls) await keepPage(url);
}

async function fetched(url, options) {
  const found = await fetch(url, options);
  if (!found.ok) throw new Error(`${found.status} ${url}`);
  return found;
}

const isPage = (found) => found.ok && found.headers.get("Content-Type")?.startsWith("text/html");

/** Keep a copy of a whole answer. One that breaks off fails here. */
async function keep(name, key, found) {
  const body = await found.clone().blob();
  try {
    await (await caches.open(name)).put(key, new Response(body));
  } catch {
    // No room, or not allowed: the reader has the page all the same.
  }
}

/** A copy, whatever publication it is from; none where the browser keeps nothing. */
const copyOf = (key, options) => caches.match(key, options).catch(() => undefined);

/* Answering */

/** A file named by its content never changes: the copy first. */
async function findFile(request) {
  const copy = await copyOf(request);
  if (copy) return copy;
  try {
    const found = await fetch(request);
    if (found.ok) await keep(FILES, request, found);
    return found;
  } catch (error) {
    // A page kept from an earlier publication asks for a style of that time: today's is better than none.
    const other = await copyOf(request, { ignoreSearch: true });
    if (other) return other;
    throw error;
  }
}

/** A page can change: the network first, a copy if it does not answer soon. */
async function showPage(event) {
  const key = keyOf(event.request.url);
  const network = askNetwork(event.request, key).catch(() => null);
  event.waitUntil(network); // a late answer is kept for the next time
  const copy = await copyOf(key);
  const found = copy ? await Promise.race([network, patience()]) : await network;
  if (found && (!copy || isAnswer(found))) return found;
  return copy ? marked(copy, key, found === null ? "offline" : "slow") : notHere(key);
}

const patience = () => new Promise((resolve) => setTimeout(resolve, PATIENCE));

/** Whether the site has spoken: a page, a redirect, or the word that there is none. An error of the server is no answer. */
const isAnswer = (found) => found.ok || found.type === "opaqueredirect" || GONE.includes(found.status);

/** The browser's own cache may be ten minutes old: "no-cache" makes it ask whether that is still right. */
async function askNetwork(request, key) {
  const found = await fetch(request, { cache: "no-cache" });
  if (isPage(found)) await keep(PAGES, key, found);
  if (GONE.includes(found.status)) await (await caches.open(PAGES)).delete(key);
  return found;
}

/** The copy with a bar that says from when it is, in the words of that very page; `reason` is "offline" or "slow". */
async function marked(copy, key, reason) {
  const html = await copy.text();
  const [, asOf] = /data-as-of="([^"]*)"/.exec(html) ?? [];
  const texts = languageOf(key);
  const bar = `<aside class="notice copy"><div class="wrap"><p><b>${texts[reason]}</b> ${asOf} <a href="">${texts.again}</a></p></div></aside>`;
  return page(asOf ? html.replace("<main", `${bar}\n$&`) : html, 200);
}

const languageOf = (key) => PUBLICATION.languages.find(({ folder }) => key.startsWith(SCOPE + folder));

/** The page that says what can be read. It is shown at any depth, so its addresses are made absolute. */
async function notHere(key) {
  const root = SCOPE + languageOf(key).folder;
  const copy = await copyOf(`${root}luring.html`);
  if (!copy) return Response.error();
  const html = await copy.text();
  return page(html.replace(/(href|src)="(?![a-z]+:|[#"])/g, (_, name) => `${name}="${root}`), 503);
}

const page = (html, status) => new Response(html, { status, headers: { "Content-Type": "text/html; charset=utf-8" } });
