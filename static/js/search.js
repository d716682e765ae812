/**
 * The place search: a village's name leads to its page, a number of a TPS to that TPS.
 *
 * Pure: no document, no network; Node can import it. `search-form.js` ties it to the form of
 * templates/components/search.html. Rules and the format of the index: docs/search.md.
 */

import { EXACT, FUZZY, INSIDE, LETTER, ONE_EDIT, PREFIX, ROMAN, fit, fitMistyped, readings, wordsOf } from "./names.js";

const LIMIT = 8;
const SPARE = 3;
const GUESSES = 5;

/* Index */

/** Numbers of TPS: "3" means 1, 2, 3; everything else is written out, "1-3,901". */
export function numbersOf(text) {
  if (!text) return [];
  const runs = text.replace(/^\d+$/, "1-$&").split(",").map((run) => run.split("-").map(Number));
  return runs.flatMap(([low, high = low]) => Array.from({ length: high - low + 1 }, (_, i) => low + i));
}

/**
 * The places of an index's text, ready to be compared. A line with two tabs first names a region and where its
 * pages are, with one tab a kecamatan, any other a village. A kecamatan whose villages are all here has no
 * counts; one that only tells where villages are has a hyphen instead and is no place to be found. A village has its `kecamatan`. TPS that
 * have ended are found by their number and do not count.
 */
export function readPlaces(text) {
  const places = [];
  let path = "";
  let region = "";
  let kecamatan = null;
  for (const line of text.split("\n")) {
    const [first, name, ...cells] = line.split("\t");
    if (first) {
      places.push(readVillage([first, name, ...cells], kecamatan));
    } else if (name) {
      const [others, slug, villages, tps] = cells;
      kecamatan = { ...place(name, others, path, slug), region, villages: +villages || 0, tpsCount: +tps || 0 };
      kecamatan.isWhole = !villages;
      if (villages !== "-") places.push(kecamatan);
    } else {
      [path, region = ""] = cells;
    }
  }
  return places;
}

function readVillage([name, numbers, kind, others, slug, changed, ended = 0], kecamatan) {
  const tps = numbersOf(numbers);
  const tpsCount = tps.length - ended;
  if (kecamatan.isWhole) {
    kecamatan.villages += 1;
    kecamatan.tpsCount += tpsCount;
  }
  const own = place(name, others, `${kecamatan.base}/`, slug);
  return { ...own, kind: kind || "2", kecamatan, tps, tpsCount, changed: numbersOf(changed) };
}

function place(name, others, path, slug) {
  const spellings = [name, ...(others ? others.split("|") : [])];
  const names = spellings.flatMap((text, i) => readings(wordsOf(text)).map((one) => ({ ...one, alias: i ? text : "" })));
  const base = path + (slug || name.toLowerCase().replace(/[ -]+/g, "-"));
  return { name, names, base, url: `${base}.html` };
}

/**
 * The files of an index to search for `text`. A small index is one file, `root`. A large one is cut: `heads` by the
 * key of a name, `tails` by the key read backwards, each a list of the first key in a file and the file.
 * `first` holds what begins like `text`, but no more than a phone should wait for; `then`, the rest and names that end
 * alike, is worth a look if that finds little.
 */
export function filesFor({ root, heads, tails }, text) {
  if (!heads) return { first: [root], then: [] };
  const query = readQuery(text);
  const keys = isShort(query) ? [] : query.forms.map(({ key }) => key);
  const begin = [...new Set(keys.flatMap((key) => between(heads, key)))];
  const end = keys.flatMap((key) => between(tails, [...key].reverse().join("")));
  return { first: begin.slice(0, 3), then: [...begin.slice(3), ...end] };
}

/** The file where `key` would stand, and the next one if that begins like `key`. */
function between(files, key) {
  const after = files.findIndex(([first]) => first > key);
  const at = Math.max(0, (after < 0 ? files.length : after) - 1);
  return files.slice(at, at + 2).filter(([first], i) => !i || first.startsWith(key)).map(([, file]) => file);
}

/* Query */

const VILLAGE_WORDS = ["desa", "ds", "kelurahan", "kel"];
const KECAMATAN_WORDS = ["kecamatan", "kec"];
const PLACE_WORDS = [...VILLAGE_WORDS, ...KECAMATAN_WORDS];
/** Words that are no name, behind which a number may stand. */
const LABELS = [...PLACE_WORDS, "tps", "rt", "rw", "dusun", "dsn", "nomor"];
const numbered = (label) => RegExp(`\\b${label}\\W*0*(\\d{1,3}(?!\\d)|[ivx]+\\b)`, "i");
const TPS = numbered("tps\\W*(?:no(?:mor)?)?");
const RT = numbered("rt");
const RW = numbered("rw");
const DUSUN = numbered("(?:dusun|dsn)");
/** "RT/RW 005/002" or, as on a KTP-el, "RT 005/002". */
const RT_RW = /\brt\W*(?:rw\W*(\d+)\W*|(\d+)\W*\/\W*)(\d+)/i;

/** Whether `word` may become one of the labels. */
const isLabel = (word) => LABELS.some((label) => label.startsWith(word));

/**
 * What a person typed: the `name` as it was written, its readings without "Desa", "Kec." and the like (and with
 * them, some villages are called Desa Baru), the number of a TPS, RT and RW if there are any, which kind of place
 * was named. The number of a dusun is left out.
 */
export function readQuery(text) {
  let name = text.replace(RT_RW, "rt $1$2 rw $3");
  const [rt, rw, tps] = [RT, RW, TPS, DUSUN].map((pattern) => {
    let number;
    name = name.replace(pattern, (_, digits) => ((number = +digits || ROMAN.indexOf(digits.toLowerCase()) + 1), " "));
    return number;
  });
  const all = wordsOf(name);
  const names = all.filter((word) => !PLACE_WORDS.includes(word));
  const words = names[0] ? names : all;
  // "jua2" is Jua-jua.
  const doubled = name.replace(/([a-z]+)2(?!\d)/gi, "$1 $1");
  return {
    name: name.trim(),
    words,
    forms: [...readings(words), ...(all[words.length] ? readings(all) : []), ...(doubled === name ? [] : readings(wordsOf(doubled)))],
    hasName: !all.every(isLabel),
    rt,
    rw,
    tps,
    villagesOnly: all.some((word) => VILLAGE_WORDS.includes(word)),
    kecamatanNamed: all.some((word) => KECAMATAN_WORDS.includes(word)),
  };
}

/** Whether so little was typed that it could be anything. */
const isShort = ({ words }) => words.join("").length < 2;
/** So many digits are a NIK or a telephone number. */
const NIK = /(\d[ .-]*){9}/;

/** The query without a last word that is only the beginning of a label, or that may be the number of a TPS; or null. */
function withoutLast(query) {
  const words = query.words.slice(0, -1);
  const last = query.words.at(-1);
  const isNumber = /\W\d{1,3}$/.test(query.name);
  if (!words[0] || !(isNumber || isLabel(last))) return null;
  return { ...query, words, forms: readings(words), isNumber, tps: query.tps ?? (isNumber && +last) };
}

/* Hits */

const isExact = ({ score }) => score === EXACT;
const fitSomehow = (name, typed) => Math.min(fit(name, typed), fitMistyped(name, typed));

/**
 * All places that fit, best first: `{place, score, alias}`. `alias` is the other name that fitted better than the
 * official one. Mistyped names are looked for when little was found, and if something fits exactly, those one letter
 * away: who typed Tanjung Alai may look for Tanjung Ali. Where a kecamatan is named and there is one, villages called
 * like it are not meant.
 */
export function findPlaces(places, query) {
  if (query.kecamatanNamed) {
    const only = findPlaces(places.filter((one) => !one.kecamatan), { ...query, kecamatanNamed: false });
    if (only[0]?.score < FUZZY) return only;
  }
  const wanted = places.filter((one) => one.kecamatan || !query.villagesOnly);
  let found = hits(wanted, query.forms, fit);
  if (!found.length) found = findWithin(wanted, query, fit);
  const most = found.some(isExact) ? ONE_EDIT : found.length < LIMIT ? Infinity : 0;
  const others = most ? wanted.filter((one) => !found.some(({ place }) => place === one)) : [];
  found.push(...hits(others, query.forms, fitMistyped).filter(({ score }) => score <= most));
  return sorted(found.length ? found : findWithin(wanted, query, fitSomehow), query);
}

/** Places that fit by the best of their names; the official name wins over another that fits no better. */
function hits(places, forms, measure) {
  const found = [];
  for (const place of places) {
    let best = Infinity;
    let alias = "";
    for (const name of place.names) {
      for (const form of forms) {
        const score = measure(name, form);
        if (score < best) [best, alias] = [score, name.alias];
      }
    }
    if (best < Infinity) found.push({ place, score: best, alias });
  }
  return found;
}

/** Villages whose name and kecamatan were both typed, in either order: "sukaraja pedamaran". */
function findWithin(places, { words }, measure) {
  const best = {};
  for (let cut = 1; cut < words.length; cut += 1) {
    const [head, tail] = [readings(words.slice(0, cut)), readings(words.slice(cut))];
    for (const found of [...hitsWithin(places, head, tail, measure), ...hitsWithin(places, tail, head, measure)]) {
      if (!(best[found.place.url]?.score <= found.score)) best[found.place.url] = found;
    }
  }
  return Object.values(best);
}

function hitsWithin(places, villageForms, kecamatanForms, measure) {
  const scores = {};
  const outer = ({ kecamatan }) =>
    (scores[kecamatan.url] ??= hits([kecamatan], kecamatanForms, measure)[0]?.score ?? Infinity);
  const isNamed = (score) => score < INSIDE || (score >= FUZZY && score < Infinity);
  const inside = places.filter((one) => one.kecamatan && isNamed(outer(one)));
  return hits(inside, villageForms, measure).map((found) => {
    const around = outer(found.place);
    return { ...found, isWithin: true, score: Math.max(found.score, around < FUZZY ? Math.min(around, PREFIX) : around) };
  });
}

function sorted(found, { kecamatanNamed }) {
  const order = ({ place, score, alias }) =>
    [score + 10, alias && 1, !place.kecamatan === kecamatanNamed ? 0 : 1, place.names[0].key, place.kecamatan?.name, place.url].join("\t");
  for (const one of found) one.order = order(one);
  return found.sort((a, b) => (a.order < b.order ? -1 : 1));
}

/* Results */

/**
 * The answer to `text`:
 * - `state`: "short" (too little typed), "nik" (a number that is not to be shown), "none" or "found";
 * - `name`: the name that was asked for, as it was written;
 * - `units`: arrays of results, each `{place, marks, alias, tps, missing, url, guess}`; namesakes stand together in
 *   one array and are never parted, a place alone has its own; `isFolded` are those with no room for all. `tps` is the
 *   number that was asked for if the village has that TPS, `missing` if it has not; `guess` tells that the name was
 *   mistyped if this was meant;
 * - `texts`: news and guides, which the form adds;
 * - `shown`, `total`: how many villages are in `units`, and how many fitted;
 * - `open`: the page to open on Enter, set only if one place fits exactly, and is no village where a kecamatan was named;
 * - `isFull`: nothing that was not looked at yet would be shown.
 */
export function search(places, text, limit = LIMIT) {
  let query = readQuery(text);
  const answer = { state: NIK.test(text) ? "nik" : "short", name: query.name, units: [], texts: [], open: null };
  if (answer.state === "nik" || isShort(query)) return answer;
  let found = findPlaces(places, query);
  const [exact, another] = found.filter(isExact);
  const isMeant = exact && !another && (exact.isWithin || !query.kecamatanNamed || !exact.place.kecamatan);
  const one = isMeant && result(exact, query);
  const shorter = found[0]?.score < FUZZY ? null : withoutLast(query);
  let more = shorter ? findPlaces(places, shorter) : [];
  // Digits are no slip: only whole names, and never more than a guess.
  if (shorter?.isNumber) more = more.filter(({ score }) => score < PREFIX).map((hit) => ({ ...hit, score: hit.score + FUZZY }));
  if (more[0]) [found, query] = [more, shorter];
  if (!query.hasName) found = found.filter(({ score }) => score < FUZZY);
  if (!found[0]) return { ...answer, state: query.hasName ? "none" : "short" };
  const units = firstUnits(groupNamesakes(found), limit).map(({ unit, isFolded }) =>
    Object.assign(unit.map((hit) => result(hit, query)), { isFolded }),
  );
  const villages = (list) => list.filter(({ place }) => place.kecamatan).length;
  const isFull = found[limit - 1]?.score < FUZZY;
  const open = one && !one.missing ? one.url : null;
  return { ...answer, state: "found", units, shown: villages(units.filter((unit) => !unit.isFolded).flat()), total: villages(found), open, isFull };
}

function result({ place, score, alias }, query) {
  const isKnown = place.tps?.includes(query.tps);
  const guess = score >= FUZZY;
  return {
    place,
    alias,
    guess,
    marks: alias || guess ? [] : marks(place.name, query.words),
    tps: isKnown ? query.tps : null,
    missing: isKnown ? null : query.tps,
    url: isKnown ? `${place.base}/tps-${query.tps}.html` : address(place, query),
  };
}

/** A village's page with the RT and RW that were typed: it tells which TPS is likely. */
function address(place, { rt, rw }) {
  const asked = [rt && `rt=${rt}`, rw && `rw=${rw}`].filter(Boolean).join("&");
  return place.url + (asked && place.kecamatan ? `?${asked}` : "");
}

/** The stretches of a written name that were typed: all as one where a word begins or inside, or word by word. */
function marks(name, words) {
  const letters = [...name.matchAll(LETTER)];
  const plain = letters.join("").toLowerCase();
  const find = (typed) => {
    const isStart = ({ index }, at) => plain.startsWith(typed, at) && index !== letters[at - 1]?.index + 1;
    const start = letters.findIndex(isStart);
    const at = start < 0 ? plain.indexOf(typed) : start;
    return at >= 0 && [letters[at].index, letters[at + typed.length - 1].index + 1];
  };
  const whole = find(words.join(""));
  const parts = whole ? [whole] : words.map(find);
  return parts.every(Boolean) ? parts : [];
}

/** Villages of one name together, where the best of them stands. */
function groupNamesakes(found) {
  const groups = {};
  for (const one of found) {
    const { kecamatan, names, url } = one.place;
    // A key of digits would come first.
    (groups[kecamatan ? `=${names[0].plain}` : url] ??= []).push(one);
  }
  return Object.values(groups);
}

/**
 * As many units as `limit` allows, few of them guesses, and after many namesakes a few more. Namesakes are never parted: if they are too
 * many for what is left, they are one row.
 */
function firstUnits(units, limit) {
  const shown = [];
  let left = limit;
  let guesses = GUESSES;
  for (const unit of units) {
    if (unit[0].score >= FUZZY) guesses -= 1;
    if (left < 1 || guesses < 0) break;
    const isFolded = shown.length > 0 && unit.length > left;
    left -= isFolded ? 1 : unit.length;
    shown.push({ unit, isFolded });
    if (shown.length === 1) left = Math.max(left, SPARE);
  }
  return shown;
}
