/**
 * The place search: a village's name leads to its page, a number of a TPS to that TPS.
 *
 * The first part is pure: no document, no network; Node can import it. `connect` at the end ties it to
 * the form of templates/components/search.html. Rules and the format of the index: docs/search.md.
 */

export const FORMAT = 1;
export const LIMIT = 8;

/** How well a name fits; smaller is better. */
export const RANK = { exact: 0, prefix: 1, word: 2, inside: 3 };

const VILLAGE_WORDS = ["desa", "ds", "kelurahan", "kel"];
const KECAMATAN_WORDS = ["kecamatan", "kec"];
const PLACE_WORDS = [...VILLAGE_WORDS, ...KECAMATAN_WORDS];
const TPS_NUMBER = /(?:^|[^\p{L}\p{N}])tps[^\p{L}\p{N}]*0*(\d{1,3})(?!\d)/iu;
const RT_RW = /(?:^|[^\p{L}\p{N}])(?:rt[\s./]*rw|rt|rw)[^\p{L}\p{N}]*\d{1,3}(?:\s*\/\s*\d{1,3})?(?!\d)/giu;
const QUOTES = /['’‘`´ʼʻ"“”\p{M}]/u;
const KIND_DESA = 2;

/* Names */

/**
 * A name as it is compared: small letters and digits only. `starts` are the positions in `key` where
 * words begin; `from` and `to` lead from a position in `key` back to the written text.
 */
export function fold(text) {
  const folded = { text, key: "", starts: [], from: [], to: [] };
  let offset = 0;
  let between = true;
  for (const sign of text) {
    const letters = sign.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
    if (letters && between) folded.starts.push(folded.key.length);
    if (letters) between = false;
    else if (!QUOTES.test(sign)) between = true;
    for (let unit = 0; unit < letters.length; unit += 1) {
      folded.from.push(offset);
      folded.to.push(offset + sign.length);
    }
    folded.key += letters;
    offset += sign.length;
  }
  return folded;
}

/** The words of a text, folded. */
export function wordsOf(text) {
  const { key, starts } = fold(text);
  return starts.map((start, i) => key.slice(start, starts[i + 1]));
}

/**
 * How `words` fit the folded `name`: `{rank, marks}` with the stretches of the written name that were
 * typed, or null.
 */
export function fit(name, words) {
  const typed = words.join("");
  if (!typed) return null;
  if (name.key === typed) return { rank: RANK.exact, marks: marks(name, [[0, typed.length]]) };
  const start = name.starts.find((at) => name.key.startsWith(typed, at));
  if (start !== undefined) {
    return { rank: start ? RANK.word : RANK.prefix, marks: marks(name, [[start, start + typed.length]]) };
  }
  const beginnings = fitWords(name, words);
  if (beginnings) return { rank: RANK.word, marks: marks(name, beginnings) };
  const inside = name.key.indexOf(typed);
  return inside < 0 ? null : { rank: RANK.inside, marks: marks(name, [[inside, inside + typed.length]]) };
}

/** Every one of `words` begins a word of the name, in the same order: "simp sakti", Simpang Tiga Sakti. */
function fitWords(name, words) {
  const found = [];
  let next = 0;
  for (const word of words) {
    const start = name.starts.find((at) => at >= next && name.key.startsWith(word, at));
    if (start === undefined) return null;
    next = start + word.length;
    found.push([start, next]);
  }
  return found;
}

function marks(name, stretches) {
  return stretches.map(([start, end]) => [name.from[start], name.to[end - 1]]);
}

/* Index */

/** "1-3,901" or 3 as runs: [[1, 3], [901, 901]]. */
export function runs(numbers) {
  if (!numbers) return [];
  if (typeof numbers === "number") return [[1, numbers]];
  return numbers.split(",").map((run) => {
    const [low, high = low] = run.split("-").map(Number);
    return [low, high];
  });
}

export const has = (numbers, one) => numbers.some(([low, high]) => low <= one && one <= high);
export const count = (numbers) => numbers.reduce((sum, [low, high]) => sum + high - low + 1, 0);

const slug = (name) => name.toLowerCase().replace(/[ -]+/g, "-");

/** The places of an index, ready to be compared. Throws if the format is not the one read here. */
export function readIndex(index) {
  if (index.format !== FORMAT) throw new Error(`search index of format ${index.format}`);
  return index.kecamatan.flatMap((row) => readKecamatan(row, index.path));
}

function readKecamatan([name, rows, others, ownSlug], path) {
  const base = path + (ownSlug || slug(name));
  const kecamatan = { ...place(name, others, base), isKecamatan: true };
  const villages = (rows || []).map((row) => readVillage(row, base, kecamatan));
  kecamatan.villages = villages.length;
  kecamatan.tpsCount = villages.reduce((sum, village) => sum + village.tpsCount, 0);
  return [kecamatan, ...villages];
}

function readVillage([name, numbers, kind, others, ownSlug, moved], kecamatanBase, kecamatan) {
  const tps = runs(numbers);
  return {
    ...place(name, others, `${kecamatanBase}/${ownSlug || slug(name)}`),
    isKecamatan: false,
    kind: kind || KIND_DESA,
    kecamatan,
    tps,
    tpsCount: count(tps),
    moved: runs(moved),
  };
}

function place(name, others, base) {
  return { name, names: [name, ...(others || [])].map(fold), base, url: `${base}.html` };
}

/* Query */

/**
 * What a person typed: the `words` of the name without "Desa", "Kec." and the like (`all` has them too,
 * some villages are called Desa Baru), the number of a TPS if there is one, which kind of place was
 * named. RT and RW are understood and left out: they lead to the village.
 */
export function readQuery(text) {
  const tps = TPS_NUMBER.exec(text);
  const all = wordsOf(text.replace(TPS_NUMBER, " ").replace(RT_RW, " "));
  const names = all.filter((word) => !PLACE_WORDS.includes(word));
  return {
    words: names.length ? names : all,
    all,
    hasName: names.length > 0,
    tps: tps && Number(tps[1]),
    villagesOnly: tps !== null || all.some((word) => VILLAGE_WORDS.includes(word)),
    kecamatanFirst: all.some((word) => KECAMATAN_WORDS.includes(word)),
  };
}

/** The query without a last word that is only the beginning of "tps", "rt" or "kec", or null. */
function withoutUnfinished(query) {
  const last = query.words.at(-1);
  const unfinished = query.words.length > 1 && ["tps", "rt", "rw", ...PLACE_WORDS].some((word) => word.startsWith(last));
  return unfinished ? { ...query, words: query.words.slice(0, -1), all: query.all.slice(0, -1) } : null;
}

/* Hits */

/**
 * All places that fit, best first: `{place, rank, marks, alias, exact}`. `alias` is the other name that
 * fitted better than the official one; `exact` says that nothing more could be typed.
 */
export function findPlaces(places, query) {
  const wanted = query.villagesOnly ? places.filter((one) => !one.isKecamatan) : places;
  const whole = wanted.map((one) => bestHit(one, query)).filter(Boolean);
  const within = findWithin(wanted, query.words);
  const added = whole.length ? within.filter((one) => one.exact && !whole.some((other) => other.place === one.place)) : within;
  return [...whole, ...added].sort((a, b) => compare(order(a, query), order(b, query)));
}

function bestHit(place, { words, all }) {
  const found = hit(place, words);
  const literal = all.length > words.length ? hit(place, all) : null;
  return literal && (!found || literal.rank < found.rank) ? literal : found;
}

function hit(place, words) {
  const { found, alias } = bestName(place, words);
  return found && { place, rank: found.rank, marks: alias ? [] : found.marks, alias, exact: found.rank === RANK.exact };
}

/** The best fit among a place's names; the official name wins over another that fits no better. */
function bestName(place, words) {
  let best = { found: null, alias: "" };
  place.names.forEach((name, i) => {
    const found = fit(name, words);
    if (found && (!best.found || found.rank < best.found.rank)) best = { found, alias: i ? name.text : "" };
  });
  return best;
}

/** Villages whose name and kecamatan were both typed, in either order: "sukaraja pedamaran". */
function findWithin(places, words) {
  const best = new Map();
  for (let cut = 1; cut < words.length; cut += 1) {
    const [head, tail] = [words.slice(0, cut), words.slice(cut)];
    for (const found of [...hitsWithin(places, head, tail), ...hitsWithin(places, tail, head)]) {
      const known = best.get(found.place);
      if (!known || found.rank < known.rank) best.set(found.place, found);
    }
  }
  return [...best.values()];
}

function hitsWithin(places, villageWords, kecamatanWords) {
  const ranks = new Map();
  const kecamatanRank = (kecamatan) => {
    if (!ranks.has(kecamatan)) ranks.set(kecamatan, bestName(kecamatan, kecamatanWords).found?.rank ?? RANK.inside);
    return ranks.get(kecamatan);
  };
  return places
    .filter((one) => !one.isKecamatan && kecamatanRank(one.kecamatan) < RANK.inside)
    .map((one) => [hit(one, villageWords), kecamatanRank(one.kecamatan)])
    .filter(([found]) => found)
    .map(([found, rank]) => ({
      ...found,
      rank: Math.max(found.rank, rank === RANK.exact ? RANK.exact : RANK.prefix),
      exact: found.exact && rank === RANK.exact,
    }));
}

function order({ place, rank, alias }, query) {
  const wrongKind = place.isKecamatan === query.kecamatanFirst ? 0 : 1;
  return [rank, alias ? 1 : 0, wrongKind, place.names[0].key, place.kecamatan?.name ?? "", place.url];
}

function compare(a, b) {
  const i = a.findIndex((value, at) => value !== b[at]);
  if (i < 0) return 0;
  return a[i] < b[i] ? -1 : 1;
}

/* Results */

/**
 * The answer to `text`:
 * - `state`: "short" (too little typed), "none" or "found";
 * - `tps`: the number of the TPS that was asked for, or null;
 * - `units`: arrays of results, each `{place, marks, alias, tps, missing, url}`; namesakes stand together in
 *   one array and are never parted, a place alone has its own. `tps` is the number that was asked for if the
 *   village has that TPS, `missing` if it has not;
 * - `shown`, `total`: how many villages are in `units`, and how many fitted;
 * - `open`: the page to open on Enter, set only if one place fits exactly.
 */
export function search(places, text, limit = LIMIT) {
  const query = readQuery(text);
  const answer = { state: "short", tps: query.tps, units: [], shown: 0, total: 0, open: null };
  if (query.words.join("").length < 2) return answer;
  let hits = findPlaces(places, query);
  const open = onlyExact(hits, query.tps);
  const shorter = hits.length ? null : withoutUnfinished(query);
  if (shorter) hits = findPlaces(places, shorter);
  if (!hits.length) return { ...answer, state: query.hasName ? "none" : "short" };
  const units = firstUnits(groupNamesakes(hits), limit).map((unit) => unit.map((one) => result(one, query.tps)));
  return { ...answer, state: "found", units, shown: villagesIn(units.flat()), total: villagesIn(hits), open };
}

const villagesIn = (found) => found.filter(({ place }) => !place.isKecamatan).length;

function result({ place, marks: typed, alias }, number) {
  if (number === null || !has(place.tps, number)) return { place, marks: typed, alias, tps: null, missing: number, url: place.url };
  return { place, marks: typed, alias, tps: number, missing: null, url: `${place.base}/tps-${number}.html` };
}

function onlyExact(hits, tps) {
  const exact = hits.filter((one) => one.exact);
  if (exact.length !== 1 || (tps !== null && !has(exact[0].place.tps, tps))) return null;
  return result(exact[0], tps).url;
}

/** Villages of one name together, where the best of them stands. */
function groupNamesakes(hits) {
  const groups = new Map();
  for (const one of hits) {
    const id = one.place.isKecamatan ? one.place : one.place.names[0].key;
    groups.set(id, [...(groups.get(id) ?? []), one]);
  }
  return [...groups.values()];
}

/** As many whole units as `limit` allows, but the first one always. */
function firstUnits(units, limit) {
  let taken = 0;
  const end = units.findIndex((unit, i) => (taken += unit.length) > limit && i > 0);
  return end < 0 ? units : units.slice(0, end);
}

/* Interface */

const PAUSE = 700;
const NARROW = "(max-width: 40rem)";

/** Tie the search to its form. All texts come from the form's `data-texts`. */
export function connect(form) {
  const input = form.elements.q;
  const label = form.querySelector("label");
  const part = Object.fromEntries([...form.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
  const view = viewOf(JSON.parse(form.dataset.texts), form.dataset.root);
  let places = null;
  let loading = null;
  let pause = 0;

  const load = () => {
    loading ??= fetchPlaces(form.dataset.index)
      .then((found) => (places = found))
      .catch(() => (loading = null))
      .finally(show);
    return loading;
  };

  /** Show the answer to what stands in the field now; the message is spoken once typing pauses. */
  function show() {
    const answer = places && search(places, input.value);
    const state = answer?.state ?? (readQuery(input.value).words.join("").length < 2 ? "short" : loading ? "loading" : "failed");
    const message = view.message(state, answer, input.value);
    part.results.replaceChildren(...(answer ? answer.units.map(view.unit) : []));
    part.results.hidden = part.onward.hidden = state !== "found";
    part.none.hidden = state !== "none";
    part.failed.hidden = state !== "failed";
    part.status.textContent = message;
    clearTimeout(pause);
    pause = setTimeout(speak, PAUSE, message);
    return answer;
  }

  function speak(message) {
    part.spoken.textContent = message;
  }

  async function submit(event) {
    event.preventDefault();
    await load();
    const answer = show();
    if (answer?.open) {
      location.assign(form.dataset.root + answer.open);
      return;
    }
    if (answer?.state === "short") part.status.textContent = view.tooShort;
    clearTimeout(pause);
    speak(part.status.textContent);
    if (matchMedia("(pointer: coarse)").matches) input.blur();
  }

  input.addEventListener("focus", () => {
    load();
    if (matchMedia(NARROW).matches) label.scrollIntoView();
  });
  input.addEventListener("input", () => {
    load();
    show();
  });
  form.addEventListener("submit", submit);
  form.addEventListener("keydown", (event) => moveFocus(event, form, input));
  startWith(input, load);
}

/** Text that is in the field already (typed early, kept by the browser) or in the address is searched. */
function startWith(input, load) {
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && !input.value) input.value = asked;
  if (input.value) load();
  addEventListener("pageshow", () => input.value && load());
}

async function fetchPlaces(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return readIndex(await response.json());
}

/** Arrow down from the field into the links, up and down among them, up or Escape back. */
function moveFocus(event, form, input) {
  const links = [...form.querySelectorAll("a")].filter((link) => link.getClientRects().length);
  const stops = [input, ...links];
  const at = stops.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1, Escape: -at }[event.key];
  const next = at < 0 || !step ? null : stops[at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** What turns answers into text and elements. `texts` are templates with `{names}` in braces. */
function viewOf(texts, root) {
  const number = (value) => value.toLocaleString(document.documentElement.lang);
  let ids = 0;

  /** A text with its values filled in, as strings or elements, inside `element`. */
  function fill(element, text, values) {
    const pieces = text.split(/\{(\w+)\}/);
    element.append(...pieces.map((piece, i) => (i % 2 ? values[piece] : piece)));
    return element;
  }

  const plain = (text, values) => fill(create("span"), text, values).textContent;

  function message(state, answer, typed) {
    if (state === "short") return "";
    if (state === "loading" || state === "failed") return texts[state];
    if (state === "none") return plain(texts.none, { query: typed.trim() });
    const values = { shown: number(answer.shown), total: number(answer.total) };
    if (answer.total === 0) return texts.kecamatanFound;
    return plain(answer.shown < answer.total ? texts.many : texts.found, values);
  }

  function unit(results) {
    if (results.length === 1) return row(results[0]);
    const title = create("p", "search-group-title");
    const name = results[0].place.name;
    title.append(fill(create("b"), texts.namesakes, { count: number(results.length), name }), " ", texts.lookAtKecamatan);
    const list = create("ol");
    list.append(...results.map(row));
    const group = create("li", "search-group");
    group.append(title, list);
    return group;
  }

  function row(one) {
    const link = create("a", "search-name");
    const meta = one.place.isKecamatan ? kecamatanMeta(one.place) : villageMeta(one);
    link.href = root + one.url;
    fill(link, linkText(one), { name: marked(one.place.name, one.marks), number: one.tps });
    // Links that are read without their rows must tell namesakes apart too.
    ids += 1;
    link.id = `search-link-${ids}`;
    meta.id = `search-meta-${ids}`;
    link.setAttribute("aria-labelledby", `${link.id} ${meta.id}`);
    const item = create("li", "search-result");
    item.append(link, meta);
    return item;
  }

  function linkText({ place, tps }) {
    if (place.isKecamatan) return texts.kecamatanName;
    return tps === null ? "{name}" : texts.tpsName;
  }

  function kecamatanMeta(place) {
    const values = { villages: number(place.villages), tps: number(place.tpsCount) };
    return fill(create("p", "search-meta"), texts.kecamatanMeta, values);
  }

  function villageMeta({ place, alias, tps, missing }) {
    const kecamatan = create("b");
    kecamatan.textContent = place.kecamatan.name;
    const meta = fill(create("p", "search-meta"), texts.villageMeta, {
      kind: texts.kinds[place.kind],
      kecamatan,
      tps: place.tpsCount ? plain(texts.tpsCount, { count: number(place.tpsCount) }) : texts.noTps,
    });
    for (const note of notes(place, alias, tps, missing)) meta.append(" · ", note);
    return meta;
  }

  function notes(place, alias, tps, missing) {
    const moved = tps === null ? count(place.moved) : 0;
    return [
      alias && plain(texts.alias, { name: alias }),
      missing !== null && plain(texts.missing, { number: missing }),
      tps !== null && has(place.moved, tps) && texts.moved,
      moved > 0 && plain(texts.movedCount, { count: number(moved) }),
    ].filter(Boolean);
  }

  return { message, unit, tooShort: texts.short };
}

/** The name as a fragment with the typed stretches in `mark`. */
function marked(name, stretches) {
  const fragment = document.createDocumentFragment();
  let done = 0;
  for (const [start, end] of stretches) {
    const mark = create("mark");
    mark.textContent = name.slice(start, end);
    fragment.append(name.slice(done, start), mark);
    done = end;
  }
  fragment.append(name.slice(done));
  return fragment;
}

function create(tag, className = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  return element;
}

if (typeof document !== "undefined") document.querySelectorAll("[data-search]").forEach(connect);
