/**
 * The search form: what is typed, shown, spoken and opened.
 *
 * A page has one, so what it knows stands at the top of the module: names of functions and variables are made short
 * when it is published, those of methods and fields are not.
 */

import { filesFor, readPlaces, search } from "./search.js";

const PAUSE = 700;

/** The form, its field, and the elements with `data-part`. */
let form, input, parts;
/** Texts to show; they have `{names}` in braces for what is filled in. */
let phrases;
/** The timer of what is to happen when typing pauses. */
let pause;
/** Files of the index that are loading or there, and the places in them. */
const scripts = {};
const placesOf = {};

/** Make the search form of the page work. */
export function startSearch() {
  form = document.querySelector("form");
  input = form.q;
  parts = Object.fromEntries([...form.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
  phrases = JSON.parse(form.dataset.texts);
  input.onfocus = enter;
  input.oninput = () => show();
  form.onsubmit = submit;
  form.onkeydown = moveFocus;
  addEventListener("pageshow", resume);
  resume();
}

/** Search what is in the field already (typed early, kept by the browser) or in the address. */
function resume() {
  input.value ||= new URLSearchParams(location.search).get("q") ?? "";
  if (input.value) show();
}

async function enter() {
  // The keyboard takes half of a phone's screen: leave the other half to the results.
  if (matchMedia("(max-width: 40rem)").matches) form.scrollIntoView();
  await show();
  // What a browser does only the first time, no key should wait for: answer something while the keyboard comes.
  const [places] = Object.values(placesOf);
  if (places) rowsOf(search(places, "tj tnjng"));
}

/** Answer what stands in the field now; when typing pauses, look further and speak. */
async function show(isPause = false) {
  const text = input.value;
  const empty = (state) => ({ ...search([], ""), state });
  const late = text && setTimeout(() => {
    paint(empty("loading"));
    wait(speak);
  });
  const found = await answer(text, isPause).catch(() => empty(text ? "failed" : "short"));
  clearTimeout(late);
  if (text !== input.value) return found;
  // Whoever went on into the results keeps the link under the finger.
  if (!parts.results.contains(document.activeElement)) paint(found);
  wait(() => show(true));
  if (isPause) speak();
  return found;
}

/** Do something when typing has paused, and nothing else then. */
function wait(task) {
  clearTimeout(pause);
  pause = setTimeout(task, PAUSE);
}

function paint(found) {
  const { results, onward, ways, list, status } = parts;
  results.replaceChildren(...rowsOf(found));
  const isEmpty = (results.hidden = onward.hidden = !results.firstChild);
  ways.hidden = !isEmpty || !["none", "failed"].includes(found.state);
  if (list) list.hidden = !isEmpty || !ways.hidden;
  status.textContent = message(found);
}

function speak() {
  clearTimeout(pause);
  parts.spoken.textContent = parts.status.textContent;
}

/** Enter and the button: open the page if there is no doubt which, otherwise say what was found. */
async function submit(event) {
  event.preventDefault();
  const { open, state } = await show(true);
  if (open) location.assign(form.dataset.root + open);
  if (state === "short") {
    parts.status.textContent = phrases.short;
    speak();
  }
  if (matchMedia("(pointer: coarse)").matches) input.blur();
}

/** Arrow down from the field into the links, up and down among them, up or Escape back. */
function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1, Escape: -99 }[event.key];
  if (!step) return;
  const stops = [input, ...form.querySelectorAll("a")].filter((stop) => stop.offsetParent);
  const at = stops.indexOf(document.activeElement);
  const next = stops[at < 0 ? at : Math.max(0, at + step)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/* The index, fetched piece by piece; each piece once, and again after a failure */

/** A file of the index. It is a script: browsers load nothing else from `file://`. */
async function load(file) {
  try {
    await (scripts[file] ??= loadScript(form.dataset.files + file));
    return papanData[file];
  } catch (error) {
    delete scripts[file];
    throw error;
  }
}

/** The answer to `text`. Looking `further` costs more of a cut index, and news and guides where no place is sure. */
async function answer(text, further) {
  const root = form.dataset.index;
  const index = await load(root);
  const { first, then } = filesFor({ ...index, root }, text);
  let found = search(await placesIn(first), text);
  if (found.state === "short") return found;
  const isNone = found.state === "none";
  if (then[0] && (isNone || (further && !found.isFull))) found = search(await placesIn([...first, ...then]), text);
  const isGuess = found.units[0]?.[0].guess;
  const articles = isNone || (further && isGuess) ? search(await placesIn([index.texts]), text, 3).units : [];
  return { ...found, texts: articles.flat().filter(({ guess }) => !guess) };
}

/** The places in some files, each once: a name may stand in several. */
async function placesIn(files) {
  for (const file of files) placesOf[file] ??= readPlaces((await load(file)).places);
  const all = files.flatMap((file) => placesOf[file]);
  return files[1] ? [...new Map(all.map((one) => [one.url, one])).values()] : all;
}

/* Texts and elements of an answer */

function message({ state, name, units, shown, total, texts }) {
  if (state === "short") return "";
  if (["loading", "failed", "nik"].includes(state)) return phrases[state];
  const isGuess = units[0]?.[0].guess;
  const none = phrase("none", { query: name });
  if (isGuess || texts[0]) return `${none} ${phrases.perhaps}`;
  if (state === "none") return none;
  if (!total) return phrases.kecamatan;
  return phrase(shown < total ? "many" : "found", { shown: number(shown), total: number(total) });
}

const phrase = (id, values) => fill("p", phrases[id], values).textContent;

/** Places, with a line before the first that is only a guess, then news and guides. */
function rowsOf({ units, texts }) {
  const guess = units.findIndex(([one]) => one.guess);
  const rows = units.map((unit) => (unit.isFolded ? folded(unit) : unit[1] ? group(unit) : row(unit[0])));
  if (guess > 0) rows.splice(guess, 0, create("li", "search-perhaps", phrases.perhaps));
  return [...rows, ...texts.map(({ place, url }) => link(url, place.name, phrases.kinds[place.kind]))];
}

function group(results) {
  return create("li", "search-group", create("p", "search-perhaps", namesakes(results)), create("ol", "", ...results.map(row)));
}

/** Too many namesakes for one row more: the name leads to all of them. */
function folded(results) {
  const { name } = results[0].place;
  return link(`cek-tps.html?q=${encodeURIComponent(name)}`, name, namesakes(results));
}

const namesakes = (results) => phrase("namesakes", { count: number(results.length), name: results[0].place.name });

function row(one) {
  const { place, tps, url } = one;
  const pattern = !place.kecamatan ? phrases.kec : tps ? phrases.station : "{name}";
  const name = fill("span", pattern, { name: marked(place.name, one.marks), number: tps });
  return link(url, name, place.kecamatan ? villageMeta(one) : kecamatanMeta(place));
}

/** A row is one link, so that whoever hears only the link can tell namesakes apart. */
function link(url, name, meta) {
  const made = create("a", "search-link", create("b", "", name), " ", meta);
  made.href = form.dataset.root + url;
  return create("li", "", made);
}

const kecamatanMeta = (place) => fill("span", phrases.district, { villages: number(place.villages), tps: countOf(place) });

function villageMeta(one) {
  const { kecamatan, kind } = one.place;
  const name = create("b", "", kecamatan.name + (kecamatan.region && `, ${kecamatan.region}`));
  const meta = fill("span", phrases.village, { kind: phrases.kinds[kind], kecamatan: name, tps: countOf(one.place) });
  for (const note of notes(one)) meta.append(" · ", note);
  return meta;
}

const countOf = ({ tpsCount }) => (tpsCount ? phrase("count", { count: number(tpsCount) }) : phrases.zero);

const notes = ({ place, alias, tps, missing }) =>
  [
    alias && phrase("alias", { name: alias }),
    missing && phrase("missing", { number: missing }),
    place.changed.includes(tps) && phrases.changed,
    !tps && place.changed[0] && phrase("changes", { count: number(place.changed.length) }),
  ].filter(Boolean);

export function loadScript(src) {
  return new Promise((onload, onerror) => {
    document.head.append(Object.assign(create("script"), { src, onload, onerror }));
  });
}

/** A number as the page's language writes it; asking for that is slow, and small ones are written alike. */
const number = (value) => (value < 1000 ? value : value.toLocaleString(document.documentElement.lang));

function create(tag, className = "", ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

/** An element with `text` and its values, strings or nodes. */
function fill(tag, text, values) {
  const element = create(tag, "", ...text.split(/\{(\w+)\}/).map((piece, i) => (i % 2 ? values[piece] : piece)));
  // A space that is a text of its own is not read: "TPS 3Jua-jua".
  element.normalize();
  return element;
}

/** The name with the typed stretches in `mark`. */
function marked(name, stretches) {
  const pieces = [];
  let done = 0;
  for (const [start, end] of stretches) {
    pieces.push(name.slice(done, start), create("mark", "", name.slice(start, end)));
    done = end;
  }
  return create("span", "", ...pieces, name.slice(done));
}
