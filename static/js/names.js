/**
 * Names of places: how they are read, and how well what was typed fits one.
 *
 * Pure, like search.js, which uses it. `sitegen/names.py` reads names as they are read here; a test holds the two to
 * each other. The rules: docs/search.md.
 */

/** How well a name fits; smaller is better. Spelt otherwise costs a little, each edit of a mistyped name two. */
export const EXACT = 0;
export const PREFIX = 1;
const AT_WORD = 2;
export const INSIDE = 3;
export const FUZZY = 5;
export const ONE_EDIT = FUZZY + 2.4;

const WORD = /\p{N}+|[\p{L}\p{M}'’‘`´ʼʻ"“”]+/gu;
export const LETTER = /[\p{L}\p{N}]/gu;
export const ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split(" ");
const DIGITS = "satu dua tiga empat lima enam tujuh delapan sembilan".split(" ");
const DIGIT = DIGITS.join("|");
/** Numbers in words: "tiga puluh lima", "dua belas", "sepuluh", "sebelas", "tiga". */
const NUMBER = RegExp(`\\b(?:(${DIGIT}|se) ?(puluh|belas)(?: (${DIGIT}))?|${DIGIT})\\b`, "g");
/** Words that are written short, and what each may stand for. */
const SHORT = {
  tj: "tanjung", tjg: "tanjung", tg: "tanjung", sei: "sungai", sg: "sungai", s: "sungai", pkl: "pangkalan",
  p: "pulau", pl: "pulau", tlg: "tulung,talang", tl: "tulung,talang", lb: "lubuk,lebung", lbk: "lubuk",
  sp: "simpang,sirah pulau", gn: "gunung", ps: "pasar", psr: "pasar", kp: "kampung", mns: "meunasah",
  tgk: "teungku", pd: "padang",
};
/** Sounds that people write in several ways: what is compared instead. */
const SOUND = { oe: "u", tj: "c", dj: "j", h: "", y: "i", w: "u", o: "u", e: "a", f: "p", v: "p", q: "k", z: "s" };

/** The words of a text: small letters and digits, without accents and quotes. */
export function wordsOf(text) {
  const plain = (word) => word.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return (text.match(WORD) ?? []).map(plain).filter(Boolean);
}

const once = (text) => text.replace(/(\D)\1+/g, "$1");
const sounds = (word) => once(word.replace(/oe|tj|dj|[hywoefvqz]/g, (found) => SOUND[found]));

/** Every way to read `words`: short words written out, numerals as numbers, and all written as one word. */
export function readings(words) {
  const written = words.join(" ");
  const ways = [...new Set([written.replace(NUMBER, inDigits), written])].flatMap((way) =>
    way.split(" ").reduce(
      // Never more than are used: of thirty short words there are a billion.
      (before, word, i) => before.flatMap((list) => meanings(word, i).map((one) => [...list, one])).slice(0, 8),
      [[]],
    ),
  );
  const spaced = ways.slice(0, 8).map((way) => reading(way.join(" ").split(" ")));
  // Letters of two words may make one sound when they are typed together: "Bukit Jaya", bukitjaya.
  const joined = spaced.filter(({ plain, key, rigid }) => !rigid && sounds(plain) !== key);
  return [...spaced, ...joined.map(({ plain }) => reading([plain]))];
}

function meanings(word, i) {
  const number = i && ROMAN.includes(word) ? `${ROMAN.indexOf(word) + 1},` : "";
  return `${number}${SHORT[word] ? `${SHORT[word]},` : ""}${word}`.split(",");
}

function inDigits(word, count, unit, rest) {
  const value = (digit) => DIGITS.indexOf(digit) + 1;
  if (!unit) return value(word);
  const times = value(count) || 1;
  return unit === "puluh" ? times * 10 + value(rest) : times + 10;
}

/**
 * Words as they are compared: `plain` as written, `key` as it sounds, `starts` where words begin in `key`,
 * `edits` that are forgiven. A `rigid` reading holds a Roman numeral and is compared as it is written:
 * I and II are two villages.
 */
function reading(words) {
  const rigid = words.some((word, i) => i && ROMAN.includes(word));
  const plain = words.join("");
  const made = { words: words.map(rigid ? String : sounds), plain, key: "", letters: 0, starts: [], edits: 0, rigid };
  for (const word of made.words) {
    made.key = rigid ? made.key + word : once(made.key + word);
    made.starts.push(made.key.length - word.length);
  }
  // One bit for each letter that is there, whichever shares it.
  for (const letter of made.key) made.letters |= 1 << letter.charCodeAt();
  const length = plain.replace(/\d/g, "").length;
  // What sounds like few letters could be anything.
  if (!rigid && length > 3 && made.key.length > 3) made.edits = length < 8 ? 1 : 2;
  return made;
}

/** How well what was `typed` fits a `name` as it is spelt or sounds; infinite if it does not. */
export function fit(name, typed) {
  if (name.plain === typed.plain) return EXACT;
  const score = fitKey(name, typed);
  if (score === EXACT) return 0.5;
  return name.plain.includes(typed.plain) ? score : score + 1.5;
}

function fitKey(name, typed) {
  // What sounds like one letter, or like half of what was typed, says nothing.
  if (typed.key.length < 2 || typed.key.length <= typed.plain.length / 2) return Infinity;
  const at = name.key.indexOf(typed.key);
  if (!at) return name.key === typed.key ? EXACT : PREFIX;
  if (at > 0 && name.starts.some((start) => name.key.startsWith(typed.key, start))) return AT_WORD;
  if (typed.words[1] && beginsWords(name, typed)) return AT_WORD;
  return at < 0 ? Infinity : INSIDE;
}

/**
 * Every typed word begins a word of the name, in the same order: "simp sakti", Simpang Tiga Sakti. In a name of as
 * many words a single letter stands for a word: Muara P Ulu is Muara Penimbung Ulu.
 */
function beginsWords({ words, rigid }, typed) {
  const hasInitials = !rigid && words[1] && words.length === typed.words.length;
  const begins = (one, word) => one.startsWith(word) || (hasInitials && /^\D$/.test(one) && word.startsWith(one));
  let next = 0;
  return typed.words.every((word) => {
    next = words.findIndex((one, i) => i >= next && begins(one, word)) + 1;
    return next;
  });
}

/** How well something mistyped fits a name, one of its later words or a beginning: whole names first. */
export function fitMistyped(name, typed) {
  const most = typed.edits;
  if (hasMore(typed, name)) return ONE_EDIT + 0.5;
  if (!most || name.rigid || !isNear(name, typed)) return Infinity;
  let best = Infinity;
  for (const at of name.starts) {
    if (name.key.length - at < typed.key.length - most) break;
    const [whole, beginning] = edits(typed.key, name.key.slice(at), most);
    const least = Math.min(whole, beginning);
    if (least <= most) best = Math.min(best, FUZZY + 2 * least + (whole > least) + (at && 0.5));
  }
  // Among names that sound as near, those that are written nearer come first.
  return best < Infinity ? best + Math.min(0.4, edits(typed.plain, name.plain, 4)[0] / 10) : best;
}

/** Whether so few of the typed letters are missing that edits could explain it. Most names are ruled out so. */
function isNear({ letters }, typed) {
  let missing = typed.letters & ~letters;
  for (let i = 0; i < typed.edits; i += 1) missing &= missing - 1;
  return !missing;
}

/** Whether whole words, no numbers, were typed before or behind the name: "lembang salutandung", Salutandung. */
function hasMore(typed, { key }) {
  const rest = typed.key.length - key.length;
  if (rest < 1 || key.length < 4 || /\d/.test(typed.key.replace(key, ""))) return false;
  return typed.starts.some((at) => (at === rest && typed.key.endsWith(key)) || (at === key.length && typed.key.startsWith(key)));
}

const price = (letter) => (letter < "a" ? 9 : 1);

/**
 * Fewest edits that make `typed` out of the whole name, and out of a beginning of it; anything above `most`
 * if there are more. Two letters exchanged are one edit; digits cannot be edited.
 */
export function edits(typed, name, most) {
  let before;
  let row = [0];
  for (const letter of name) row.push(row.at(-1) + price(letter));
  let least = 0;
  for (let i = 0; i < typed.length; i += 1) {
    const letter = typed[i];
    const next = [...row];
    // Whatever is further than `most` from the diagonal costs more.
    const from = Math.max(0, i - most);
    least = next[from] = from ? Infinity : row[0] + price(letter);
    for (let j = from; j < name.length && j <= i + most; j += 1) {
      const other = name[j];
      const both = Math.max(price(letter), price(other));
      let cost = Math.min(row[j] + (letter === other ? 0 : both), row[j + 1] + price(letter), next[j] + price(other));
      if (i && j && letter === name[j - 1] && typed[i - 1] === other) cost = Math.min(cost, before[j - 1] + both);
      next[j + 1] = cost;
      least = Math.min(least, cost);
    }
    if (least > most) return [least, least];
    before = row;
    row = next;
  }
  return [row[name.length], least];
}
