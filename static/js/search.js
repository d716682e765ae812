/**
 * The place search: a village's name leads to its page, a number of a TPS to that TPS.
 *
 * Pure: no document, no network; Node can import it. `search-form.js` ties it to the form of
 * templates/components/search.html. Rules and the format of the index: docs/search.md.
 */

export const FORMAT = 1;
export const LIMIT = 8;

/** How well a name fits; smaller is better. */
export const RANK = { exact: 0, prefix: 1, word: 2, inside: 3 };

const VILLAGE_WORDS = ["desa", "ds", "kelurahan", "kel"];
const KECAMATAN_WORDS = ["kecamatan", "kec"];
const PLACE_WORDS = [...VILLAGE_WORDS, ...KECAMATAN_WORDS];
const NUMBERED_OR_PLACE = ["tps", "rt", "rw", ...PLACE_WORDS];
const TPS_NUMBER = /(?:^|[^\p{L}\p{N}])tps[^\p{L}\p{N}]*(?:no(?:mor)?[^\p{L}\p{N}]*)?0*(\d{1,3})(?!\d)/iu;
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
 * What a person typed: the `name` as it was written, its `words` without "Desa", "Kec." and the like (`all`
 * has them too, some villages are called Desa Baru), the number of a TPS if there is one, which kind of place was
 * named. RT and RW are understood and left out: they lead to the village.
 */
export function readQuery(text) {
  const tps = TPS_NUMBER.exec(text);
  const name = text.replace(TPS_NUMBER, " ").replace(RT_RW, " ").trim();
  const all = wordsOf(name);
  const names = all.filter((word) => !PLACE_WORDS.includes(word));
  return {
    name,
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
  if (query.words.length < 2 || !NUMBERED_OR_PLACE.some((word) => word.startsWith(last))) return null;
  return { ...query, words: query.words.slice(0, -1), all: query.all.slice(0, -1) };
}

const tooShort = ({ words }) => words.join("").length < 2;

/* Hits */

/**
 * All places that fit, best first: `{place, rank, marks, alias, exact}`. `alias` is the other name that
 * fitted better than the official one; `exact` says that nothing more could be typed.
 */
export function findPlaces(places, query) {
  const wanted = query.villagesOnly ? places.filter((one) => !one.isKecamatan) : places;
  const whole = wanted.map((one) => bestHit(one, query)).filter(Boolean);
  const within = findWithin(wanted, query.words);
  const known = new Set(whole.map((one) => one.place));
  const added = within.filter((one) => !known.size || (one.exact && !known.has(one.place)));
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
 * - `name`: the name that was asked for, as it was written;
 * - `units`: arrays of results, each `{place, marks, alias, tps, missing, url}`; namesakes stand together in
 *   one array and are never parted, a place alone has its own. `tps` is the number that was asked for if the
 *   village has that TPS, `missing` if it has not;
 * - `shown`, `total`: how many villages are in `units`, and how many fitted;
 * - `open`: the page to open on Enter, set only if one place fits exactly.
 */
export function search(places, text, limit = LIMIT) {
  const query = readQuery(text);
  const answer = { state: "short", name: query.name, units: [], shown: 0, total: 0, open: null };
  if (tooShort(query)) return answer;
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
  const known = number !== null && has(place.tps, number);
  const [tps, missing] = known ? [number, null] : [null, number];
  return { place, marks: typed, alias, tps, missing, url: known ? `${place.base}/tps-${tps}.html` : place.url };
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
