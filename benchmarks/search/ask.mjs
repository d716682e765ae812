/**
 * Asks the search every query and counts. Reads from standard input {script, folder, root, sets}: the published
 * script, the folder with the files of an index, its first file, and lists of [query, address of the village].
 * Writes for each set how often the village came first, among the first five, or not at all.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

const { script, folder, root, sets } = JSON.parse(readFileSync(0, "utf8"));
await import(pathToFileURL(script));
const { filesFor, readPlaces, search } = globalThis.papanTps;

const sizes = {};
const places = {};

async function load(file) {
  if (!globalThis.papanData?.[file]) {
    await import(pathToFileURL(join(folder, file)));
    sizes[file] = gzipSync(readFileSync(join(folder, file)), { level: 6 }).length;
  }
  return globalThis.papanData[file];
}

async function placesIn(files) {
  const found = {};
  for (const file of files) {
    places[file] ??= readPlaces((await load(file)).places);
    for (const one of places[file]) found[one.url] = one;
  }
  return Object.values(found);
}

/** As the form does it: `files` are those that had to be there for the first answer, `all` those for the last. */
async function answer(text) {
  const index = await load(root);
  const { first, then } = filesFor({ ...index, root }, text);
  const all = [...new Set([...first, ...then])];
  const inside = await placesIn(first);
  const started = performance.now();
  const found = search(inside, text);
  const milliseconds = performance.now() - started;
  if (!then.length || found.isFull) return { ...found, files: first, all: first, milliseconds };
  return { ...search(await placesIn(all), text), files: found.units.length ? first : all, all, milliseconds };
}

const quantile = (values, share) => values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const results = {};
for (const [name, queries] of Object.entries(sets)) {
  const tally = { queries: queries.length, first: 0, five: 0, none: 0, wrong: 0, alone: 0, missed: [] };
  const times = [];
  const bytes = [];
  for (const [text, url, isAlone] of queries) {
    const { units, files, milliseconds } = await answer(text);
    times.push(milliseconds);
    bytes.push([...new Set([root, ...files])].reduce((sum, file) => sum + sizes[file], 0));
    const at = units.findIndex((unit) => unit.some((one) => one.url === url));
    tally.first += at === 0;
    tally.five += at >= 0 && at < 5;
    tally.none += at < 0;
    tally.alone += isAlone;
    tally.wrong += isAlone && at !== 0 && units.length > 0;
    if (at < 0 || at >= 5) tally.missed.push([text, url, at]);
  }
  results[name] = { ...tally, milliseconds: quantile(times, 0.5), slow: quantile(times, 0.95), bytes: quantile(bytes, 0.5), most: Math.max(...bytes) };
}

/** Every key press while names are typed. */
const keys = [];
for (const [text] of (sets.exact ?? []).slice(0, 300)) {
  for (let end = 1; end <= text.length; end += 1) keys.push((await answer(text.slice(0, end))).milliseconds);
}
console.log(JSON.stringify({ results, keys: { median: quantile(keys, 0.5), slow: quantile(keys, 0.95) } }));
