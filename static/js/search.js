/**
 * The place search: a village's name leads to its page, a number of a TPS to that TPS.
 *
 * Pure: no document, no network; Node can import it. `search-form.js` ties it to the form of
 * templates/components/search.html. Rules and the format of the index: docs/search.md.
 * `sitegen/names.py` reads names as they are read here; a test holds the two to each other.
 */

export const FORMAT = 2;
export const LIMIT = 8;

/** How well a name fits; smaller is better. A name spelt otherwise costs a little, each edit of a mistyped one two. */
export const SCORE = { exact: 0, prefix: 1, word: 2, inside: 3, fuzzy: 5 };

const VILLAGE_WORDS = ["desa", "ds", "kelurahan", "kel"];
const KECAMATAN_WORDS = ["kecamatan", "kec"];
const PLACE_WORDS = [...VILLAGE_WORDS, ...KECAMATAN_WORDS];
const NUMBERED_OR_PLACE = ["tps", "rt", "rw", ...PLACE_WORDS];
const TPS_NUMBER = /(?<![\p{L}\p{N}])tps[^\p{L}\p{N}]*(?:no(?:mor)?[^\p{L}\p{N}]*)?0*(\d{1,3})(?!\d)/iu;
const RT_AND_RW = /(?<![\p{L}\p{N}])rt[\s./]*rw[^\p{L}\p{N}]*0*(\d{1,3})(?:\s*\/\s*0*(\d{1,3}))?(?!\d)/iu;
const RT = /(?<![\p{L}\p{N}])rt[^\p{L}\p{N}]*0*(\d{1,3})(?!\d)/iu;
const RW = /(?<![\p{L}\p{N}])rw[^\p{L}\p{N}]*0*(\d{1,3})(?!\d)/iu;
const KIND_DESA = 2;

/* Names */

const WORD = /\p{N}+|[\p{L}\p{M}'’‘`´ʼʻ"“”]+/gu;
const ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split(" ");
const NUMBERS = "satu dua tiga empat lima enam tujuh delapan sembilan sepuluh".split(" ");
/** Words that are written short, and what each may stand for. */
const SHORT = {
  tj: ["tanjung"], tjg: ["tanjung"], tg: ["tanjung"], sei: ["sungai"], sg: ["sungai"], s: ["sungai"],
  pkl: ["pangkalan"], p: ["pulau"], pl: ["pulau"], tlg: ["tulung", "talang"], lb: ["lubuk", "lebung"],
  sp: ["simpang", "sirah pulau"],
};
/** Sounds that people write in several ways: what is compared instead. */
const SOUND = { oe: "u", tj: "c", dj: "j", h: "", y: "i", w: "u", o: "u", e: "a" };

/** The words of a text: small letters and digits, without accents and quotes. */
export function wordsOf(text) {
  const plain = (word) => word.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return (text.match(WORD) ?? []).map(plain).filter(Boolean);
}

const once = (text) => text.replace(/(\D)\1+/g, "$1");
const sounds = (word) => once(word.replace(/oe|tj|dj|[hywoe]/g, (found) => SOUND[found]));

/** Every way to read `words`: short words written out, numerals as numbers, and all written as one word. */
export function readings(words) {
  const spaced = words
    .reduce((lists, word, i) => lists.flatMap((list) => meanings(word, i).map((one) => [...list, ...one])), [[]])
    .slice(0, 8)
    .map(reading);
  // Letters of two words may make one sound when they are typed together: "Bukit Jaya", bukitjaya.
  const joined = spaced.filter(({ plain, key, rigid }) => !rigid && sounds(plain) !== key);
  return [...spaced, ...joined.map(({ plain }) => reading([plain]))];
}

function meanings(word, i) {
  const long = (SHORT[word] ?? []).map((one) => one.split(" "));
  const number = (i ? ROMAN.indexOf(word) : -1) + 1 || NUMBERS.indexOf(word) + 1;
  return [...(number ? [[String(number)]] : []), ...long, [word]];
}

/**
 * Words as they are compared: `plain` as written, `key` as it sounds, `starts` where words begin in `key`,
 * `letters` as bits. A `rigid` reading holds a Roman numeral and is compared as it is written: I and II are two villages.
 */
function reading(words) {
  const rigid = words.some((word, i) => i && ROMAN.includes(word));
  const made = { words: words.map(rigid ? String : sounds), plain: words.join(""), key: "", starts: [], letters: 0, rigid };
  for (const word of made.words) {
    const joined = rigid ? made.key + word : once(made.key + word);
    made.starts.push(joined.length - word.length);
    made.key = joined;
  }
  for (const letter of made.key) made.letters |= bit(letter);
  return made;
}

const bit = (letter) => 1 << (letter.charCodeAt(0) & 31);

/** How well what was `typed` fits a `name` as it is spelt or sounds; infinite if it does not. */
export function fit(name, typed) {
  if (name.plain === typed.plain) return SCORE.exact;
  const score = fitKey(name, typed);
  const asWritten = score && typed.plain && name.plain.includes(typed.plain);
  return asWritten ? score : score + (score ? 1.5 : 0.5);
}

function fitKey(name, typed) {
  if (!typed.key) return Infinity;
  if (name.key === typed.key) return SCORE.exact;
  if (name.key.startsWith(typed.key)) return SCORE.prefix;
  if (name.starts.some((at) => name.key.startsWith(typed.key, at)) || beginsWords(name, typed)) return SCORE.word;
  return name.key.includes(typed.key) ? SCORE.inside : Infinity;
}

/** Every typed word begins a word of the name, in the same order: "simp sakti", Simpang Tiga Sakti. */
function beginsWords(name, typed) {
  let next = 0;
  return typed.words.every((word) => {
    next = name.words.findIndex((one, i) => i >= next && one.startsWith(word)) + 1;
    return next;
  });
}

/** How well something mistyped fits a name, one of its later words or a beginning: whole names first. */
export function fitMistyped(name, typed) {
  const length = typed.plain.replace(/\d/g, "").length;
  const most = length < 4 ? 0 : length < 8 ? 1 : 2;
  if (!most || name.rigid || typed.rigid || bits(typed.letters & ~name.letters) > most) return Infinity;
  return Math.min(...name.starts.map((at) => {
    const { whole, beginning } = edits(typed.key, name.key.slice(at));
    const [least, extra] = whole <= beginning ? [whole, 0] : [beginning, 1];
    return least > most ? Infinity : SCORE.fuzzy + 2 * least + extra + (at ? 0.5 : 0);
  }));
}

function bits(set) {
  let count = 0;
  for (let rest = set; rest; rest &= rest - 1) count += 1;
  return count;
}

/**
 * Fewest edits that make `typed` out of the `whole` name, and out of a `beginning` of it. Two letters
 * exchanged are one edit; digits cannot be edited.
 */
export function edits(typed, name) {
  const price = (letter) => (letter < "a" ? 9 : 1);
  let last = [];
  let row = [0];
  for (const letter of name) row.push(row.at(-1) + price(letter));
  for (let i = 0; i < typed.length; i += 1) {
    const next = [row[0] + price(typed[i])];
    for (let j = 0; j < name.length; j += 1) {
      const same = typed[i] === name[j];
      const swapped = i && j && typed[i] === name[j - 1] && typed[i - 1] === name[j];
      next.push(Math.min(
        row[j] + (same ? 0 : Math.max(price(typed[i]), price(name[j]))),
        row[j + 1] + price(typed[i]),
        next[j] + price(name[j]),
        swapped ? last[j - 1] + Math.max(price(typed[i]), price(name[j])) : 9,
      ));
    }
    [last, row] = [row, next];
  }
  return { whole: row.at(-1), beginning: Math.min(...row) };
}

/* Index */

/** "1-3,901" or "3" as runs: [[1, 3], [901, 901]]. */
export function runs(numbers = "") {
  if (/^\d+$/.test(numbers)) return [[1, Number(numbers)]];
  return numbers.split(",").filter(Boolean).map((run) => {
    const [low, high = low] = run.split("-").map(Number);
    return [low, high];
  });
}

export const has = (numbers, one) => numbers.some(([low, high]) => low <= one && one <= high);
export const count = (numbers) => numbers.reduce((sum, [low, high]) => sum + high - low + 1, 0);

/**
 * The places of an index's text, ready to be compared. A line with two tabs first names a region and where its
 * pages are, with one tab a kecamatan, any other a village. A kecamatan whose villages are all here has no
 * counts; one that only tells where villages are has a hyphen instead and is no place to be found.
 */
export function readPlaces(text) {
  const places = [];
  let region = null;
  let kecamatan = null;
  for (const line of text.split("\n")) {
    const [first, ...cells] = line.split("\t");
    if (first) {
      places.push(readVillage([first, ...cells], kecamatan));
    } else if (cells[0]) {
      kecamatan = readKecamatan(cells, region);
      if (cells[3] !== "-") places.push(kecamatan);
    } else {
      region = { path: cells[1] ?? "", name: cells[2] ?? "" };
    }
  }
  return places;
}

function readKecamatan([name, others, slug, villages, tps], region) {
  const found = { ...place(name, others, region.path, slug), isKecamatan: true, region: region.name };
  return { ...found, villages: Number(villages) || 0, tpsCount: Number(tps) || 0, isWhole: !villages };
}

function readVillage([name, numbers, kind, others, slug, moved], kecamatan) {
  const tps = runs(numbers);
  if (kecamatan.isWhole) {
    kecamatan.villages += 1;
    kecamatan.tpsCount += count(tps);
  }
  return {
    ...place(name, others, `${kecamatan.base}/`, slug),
    isKecamatan: false,
    kind: Number(kind) || KIND_DESA,
    kecamatan,
    tps,
    tpsCount: count(tps),
    moved: runs(moved),
  };
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
 * `first` holds what begins like `text`; `then` is worth a look if that finds nothing sure: names that end
 * alike, and names of the first words alone.
 */
export function filesFor({ root, heads, tails }, text) {
  if (!heads) return { first: [root], then: [] };
  const { forms } = readQuery(text);
  const first = forms.flatMap(({ key }) => between(heads, key));
  const ends = forms.map(({ key }) => between(tails, [...key].reverse().join(""))[0]);
  const beginnings = forms.flatMap(({ words }) =>
    words.slice(1).map((_, i) => between(heads, once(words.slice(0, i + 1).join("")))[0]),
  );
  return { first: [...new Set(first)], then: [...new Set([...ends, ...beginnings])] };
}

/** The file where `key` would stand, and the next one if that begins like `key`. */
function between(files, key) {
  const after = files.findIndex(([first]) => first > key);
  const at = Math.max(0, (after < 0 ? files.length : after) - 1);
  return files.slice(at, at + 2).filter(([first], i) => !i || first.startsWith(key)).map(([, file]) => file);
}

/* News and guides */

/** News and guides, a line each: title, address, kind, and the other words they are found by. */
export function readTexts(text) {
  return text.split("\n").filter(Boolean).map((line) => {
    const [title, url, kind, more] = line.split("\t");
    return { title, url, kind, words: [title, `${title} ${more}`].map((one) => wordsOf(one).map(sounds)) };
  });
}

/** Texts in which every typed word begins a word, in the title first. */
export function searchTexts(texts, text) {
  const typed = wordsOf(text).map(sounds);
  if (typed.join("").length < 3) return [];
  const fits = (words) => typed.every((word) => words.some((one) => one.startsWith(word)));
  return [0, 1].flatMap((i) => texts.filter(({ words }) => fits(words[i]) && !(i && fits(words[0])))).slice(0, 3);
}

/* Query */

/**
 * What a person typed: the `name` as it was written, its readings without "Desa", "Kec." and the like (and with
 * them, some villages are called Desa Baru), the number of a TPS, RT and RW if there are any, which kind of place
 * was named.
 */
export function readQuery(text) {
  const [withoutBoth, both] = taken(text, RT_AND_RW);
  const [withoutRt, rt] = taken(withoutBoth, RT);
  const [withoutRw, rw] = taken(withoutRt, RW);
  const [name, tps] = taken(withoutRw, TPS_NUMBER);
  const all = wordsOf(name);
  const names = all.filter((word) => !PLACE_WORDS.includes(word));
  const words = names.length ? names : all;
  return {
    name: name.trim(),
    words,
    forms: [...readings(words), ...(all.length > words.length ? readings(all) : [])],
    hasName: names.length > 0,
    tps: tps && Number(tps[1]),
    rt: (both ?? rt)?.[1],
    rw: both?.[2] ?? rw?.[1],
    villagesOnly: tps !== null || all.some((word) => VILLAGE_WORDS.includes(word)),
    kecamatanFirst: all.some((word) => KECAMATAN_WORDS.includes(word)),
  };
}

const taken = (text, pattern) => [text.replace(pattern, " "), pattern.exec(text)];

/** The query without a last word that is only the beginning of "tps", "rt" or "kec", or null. */
function withoutUnfinished(query) {
  const last = query.words.at(-1);
  if (query.words.length < 2 || !NUMBERED_OR_PLACE.some((word) => word.startsWith(last))) return null;
  const words = query.words.slice(0, -1);
  return { ...query, words, forms: readings(words) };
}

const tooShort = ({ words }) => words.join("").length < 2;

/* Hits */

/**
 * All places that fit, best first: `{place, score, alias}`. `alias` is the other name that fitted better than the
 * official one. Mistyped names are looked for when little was found and nothing fits exactly.
 */
export function findPlaces(places, query) {
  const wanted = query.villagesOnly ? places.filter((one) => !one.isKecamatan) : places;
  const spelt = hits(wanted, query.forms, fit);
  const found = spelt.length ? spelt : findWithin(wanted, query, fit);
  if (found.some(isExact) || found.length >= LIMIT) return sorted(found, query);
  const known = new Set(found.map((one) => one.place));
  found.push(...hits(wanted.filter((one) => !known.has(one)), query.forms, fitMistyped));
  return sorted(found.length ? found : findWithin(wanted, query, (name, typed) => Math.min(fit(name, typed), fitMistyped(name, typed))), query);
}

const isExact = ({ score }) => score === SCORE.exact;

function hits(places, forms, measure) {
  return places.map((one) => hit(one, forms, measure)).filter(({ score }) => score < Infinity);
}

/** The best fit among a place's names; the official name wins over another that fits no better. */
function hit(place, forms, measure) {
  const best = { place, score: Infinity, alias: "" };
  for (const name of place.names) {
    for (const form of forms) {
      const score = measure(name, form);
      if (score < best.score) [best.score, best.alias] = [score, name.alias];
    }
  }
  return best;
}

/** Villages whose name and kecamatan were both typed, in either order: "sukaraja pedamaran". */
function findWithin(places, { words }, measure) {
  const best = new Map();
  for (let cut = 1; cut < words.length; cut += 1) {
    const [head, tail] = [readings(words.slice(0, cut)), readings(words.slice(cut))];
    for (const found of [...hitsWithin(places, head, tail, measure), ...hitsWithin(places, tail, head, measure)]) {
      if (!(best.get(found.place)?.score <= found.score)) best.set(found.place, found);
    }
  }
  return [...best.values()];
}

function hitsWithin(places, villageForms, kecamatanForms, measure) {
  const scores = new Map();
  const scoreOf = (kecamatan) => {
    if (!scores.has(kecamatan)) scores.set(kecamatan, hit(kecamatan, kecamatanForms, measure).score);
    return scores.get(kecamatan);
  };
  const around = (score) => (score < SCORE.inside || score >= SCORE.fuzzy) && score < Infinity;
  const inside = places.filter((one) => !one.isKecamatan && around(scoreOf(one.kecamatan)));
  return hits(inside, villageForms, measure).map((found) => {
    const outer = scoreOf(found.place.kecamatan);
    return { ...found, score: Math.max(found.score, outer >= SCORE.fuzzy ? outer : Math.min(outer, SCORE.prefix)) };
  });
}

function sorted(found, query) {
  const rows = found.map((one) => [order(one, query), one]);
  return rows.sort(([a], [b]) => compare(a, b)).map(([, one]) => one);
}

function order({ place, score, alias }, query) {
  const wrongKind = place.isKecamatan === query.kecamatanFirst ? 0 : 1;
  return [score, alias ? 1 : 0, wrongKind, place.names[0].key, place.kecamatan?.name ?? "", place.url];
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
 * - `name`: the name that was asked for, as it was written;
 * - `units`: arrays of results, each `{place, marks, alias, tps, missing, url, guess}`; namesakes stand together in
 *   one array and are never parted, a place alone has its own. `tps` is the number that was asked for if the
 *   village has that TPS, `missing` if it has not; `guess` tells that the name was mistyped if this was meant;
 * - `shown`, `total`: how many villages are in `units`, and how many fitted;
 * - `open`: the page to open on Enter, set only if one place fits exactly.
 */
export function search(places, text, limit = LIMIT) {
  const query = readQuery(text);
  const answer = { state: "short", name: query.name, units: [], shown: 0, total: 0, open: null };
  if (tooShort(query)) return answer;
  let found = findPlaces(places, query);
  const open = onlyExact(found, query);
  const shorter = found.length && found[0].score < SCORE.fuzzy ? null : withoutUnfinished(query);
  if (shorter) found = findPlaces(places, shorter);
  if (!found.length) return { ...answer, state: query.hasName ? "none" : "short" };
  const units = firstUnits(groupNamesakes(found), limit).map((unit) => unit.map((one) => result(one, query)));
  return { ...answer, state: "found", units, shown: villagesIn(units.flat()), total: villagesIn(found), open };
}

const villagesIn = (found) => found.filter(({ place }) => !place.isKecamatan).length;

function result({ place, score, alias }, query) {
  const known = query.tps !== null && has(place.tps, query.tps);
  const [tps, missing] = known ? [query.tps, null] : [null, query.tps];
  const guess = score >= SCORE.fuzzy;
  const marked = alias || guess ? [] : marks(place.name, query);
  return { place, marks: marked, alias, tps, missing, guess, url: address(place, tps, query) };
}

function address(place, tps, { rt, rw }) {
  if (tps !== null) return `${place.base}/tps-${tps}.html`;
  const asked = Object.entries({ rt, rw }).filter(([, value]) => value && !place.isKecamatan);
  return place.url + (asked.length ? `?${asked.map((pair) => pair.join("=")).join("&")}` : "");
}

function onlyExact(found, query) {
  const exact = found.filter(isExact);
  if (exact.length !== 1 || (query.tps !== null && !has(exact[0].place.tps, query.tps))) return null;
  return result(exact[0], query).url;
}

/** The stretches of a written name that were typed, as they are written: where a word begins, if there is a choice. */
function marks(name, { words }) {
  const at = [];
  let plain = "";
  for (const [offset, sign] of [...name].map((one, i, all) => [all.slice(0, i).join("").length, one])) {
    for (const letter of wordsOf(sign).join("")) {
      plain += letter;
      at.push([offset, offset + sign.length]);
    }
  }
  const starts = [...name.matchAll(WORD)].map(({ index }) => at.findIndex(([offset]) => offset >= index));
  const stretch = (typed, from) => {
    const start = starts.find((one) => one >= from && plain.startsWith(typed, one)) ?? plain.indexOf(typed, from);
    return start < 0 ? null : [start, start + typed.length];
  };
  const whole = stretch(words.join(""), 0);
  const parts = whole ? [whole] : words.map((word) => stretch(word, 0));
  return parts.every(Boolean) ? parts.map(([start, end]) => [at[start][0], at[end - 1][1]]) : [];
}

/** Villages of one name together, where the best of them stands. */
function groupNamesakes(found) {
  const groups = new Map();
  for (const one of found) {
    const id = one.place.isKecamatan ? one.place : one.place.names[0].plain;
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
