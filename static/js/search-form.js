/** The search form: what is typed, shown, spoken and opened. */

import { filesFor, readPlaces, search } from "./search.js";

const PAUSE = 700;

/** The form with its field and the results under it. */
class SearchForm {
  constructor(form) {
    const { index, files, texts, root } = form.dataset;
    this.form = form;
    this.input = form.q;
    this.parts = Object.fromEntries([...form.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    this.index = new Index(index, files);
    this.view = new View(JSON.parse(texts), root);
  }

  listen() {
    this.input.onfocus = () => this.enter();
    this.input.oninput = () => this.show();
    this.form.onsubmit = (event) => this.submit(event);
    this.form.onkeydown = (event) => this.moveFocus(event);
    addEventListener("pageshow", () => this.resume());
    this.resume();
  }

  /** Search what is in the field already (typed early, kept by the browser) or in the address. */
  resume() {
    this.input.value ||= new URLSearchParams(location.search).get("q") ?? "";
    if (this.input.value) this.show();
  }

  async enter() {
    // The keyboard takes half of a phone's screen: leave the other half to the results.
    if (matchMedia("(max-width: 40rem)").matches) this.form.scrollIntoView();
    await this.show();
    // What a browser does only the first time, no key should wait for: answer something while the keyboard comes.
    const [places] = Object.values(this.index.places);
    if (places) this.view.rows(search(places, "tj tnjng"));
  }

  /** Answer what stands in the field now; when typing pauses, look further and speak. */
  async show(isPause = false) {
    const text = this.input.value;
    const empty = (state) => ({ ...search([], ""), state });
    const late = text && setTimeout(() => {
      this.paint(empty("loading"));
      this.wait(() => this.speak());
    });
    const answer = await this.index.answer(text, isPause).catch(() => empty(text ? "failed" : "short"));
    clearTimeout(late);
    if (text !== this.input.value) return answer;
    // Whoever went on into the results keeps the link under the finger.
    if (!this.parts.results.contains(document.activeElement)) this.paint(answer);
    this.wait(() => this.show(true));
    if (isPause) this.speak();
    return answer;
  }

  /** Do something when typing has paused, and nothing else then. */
  wait(task) {
    clearTimeout(this.pause);
    this.pause = setTimeout(task, PAUSE);
  }

  paint(answer) {
    const { results, onward, ways, list, status } = this.parts;
    results.replaceChildren(...this.view.rows(answer));
    const isEmpty = (results.hidden = onward.hidden = !results.firstChild);
    ways.hidden = !isEmpty || !["none", "failed"].includes(answer.state);
    if (list) list.hidden = !isEmpty || !ways.hidden;
    status.textContent = this.view.message(answer);
  }

  speak() {
    clearTimeout(this.pause);
    this.parts.spoken.textContent = this.parts.status.textContent;
  }

  /** Enter and the button: open the page if there is no doubt which, otherwise say what was found. */
  async submit(event) {
    event.preventDefault();
    const { open, state } = await this.show(true);
    if (open) location.assign(this.view.root + open);
    if (state === "short") {
      this.parts.status.textContent = this.view.texts.short;
      this.speak();
    }
    if (matchMedia("(pointer: coarse)").matches) this.input.blur();
  }

  /** Arrow down from the field into the links, up and down among them, up or Escape back. */
  moveFocus(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, Escape: -99 }[event.key];
    if (!step) return;
    const stops = [this.input, ...this.form.querySelectorAll("a")].filter((stop) => stop.offsetParent);
    const at = stops.indexOf(document.activeElement);
    const next = stops[at < 0 ? at : Math.max(0, at + step)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}

/** The index, fetched piece by piece; each piece once, and again after a failure. */
class Index {
  constructor(root, folder) {
    this.root = root;
    this.folder = folder;
    this.loading = {};
    this.places = {};
  }

  /** A file of the index. It is a script: browsers load nothing else from `file://`. */
  async load(file) {
    try {
      await (this.loading[file] ??= loadScript(this.folder + file));
      return papanData[file];
    } catch (error) {
      delete this.loading[file];
      throw error;
    }
  }

  /** The answer to `text`. Looking `further` costs more of a cut index, and news and guides where no place is sure. */
  async answer(text, further) {
    const root = await this.load(this.root);
    const { first, then } = filesFor({ ...root, root: this.root }, text);
    let answer = search(await this.placesIn(first), text);
    if (answer.state === "short") return answer;
    const isNone = answer.state === "none";
    if (then[0] && (isNone || (further && !answer.isFull))) answer = search(await this.placesIn([...first, ...then]), text);
    const isGuess = answer.units[0]?.[0].guess;
    const articles = isNone || (further && isGuess) ? search(await this.placesIn([root.texts]), text, 3).units : [];
    return { ...answer, texts: articles.flat().filter(({ guess }) => !guess) };
  }

  /** The places in some files, each once: a name may stand in several. */
  async placesIn(files) {
    for (const file of files) this.places[file] ??= readPlaces((await this.load(file)).places);
    const all = files.flatMap((file) => this.places[file]);
    return files[1] ? [...new Map(all.map((one) => [one.url, one])).values()] : all;
  }
}

/** What turns an answer into texts and elements. `texts` have `{names}` in braces for what is filled in. */
class View {
  constructor(texts, root) {
    this.texts = texts;
    this.root = root;
  }

  message({ state, name, units, shown, total, texts }) {
    if (state === "short") return "";
    if (state === "loading" || state === "failed") return this.texts[state];
    const isGuess = units[0]?.[0].guess;
    const none = this.text("none", { query: name });
    if (isGuess || (state === "none" && texts[0])) return `${none} ${this.texts.perhaps}`;
    if (state === "none") return none;
    if (!total) return this.texts.kecamatan;
    return this.text(shown < total ? "many" : "found", { shown: number(shown), total: number(total) });
  }

  text(id, values) {
    return fill("p", this.texts[id], values).textContent;
  }

  /** Places, with a line before the first that is only a guess, then news and guides. */
  rows({ units, texts }) {
    const guess = units.findIndex(([one]) => one.guess);
    const rows = units.map((unit) => (unit.isFolded ? this.folded(unit) : unit[1] ? this.group(unit) : this.row(unit[0])));
    if (guess > 0) rows.splice(guess, 0, create("li", "search-perhaps", this.texts.perhaps));
    return [...rows, ...texts.map(({ place, url }) => this.link(url, place.name, this.texts.kinds[place.kind]))];
  }

  group(results) {
    const rows = results.map((one) => this.row(one));
    return create("li", "search-group", create("p", "search-perhaps", this.namesakes(results)), create("ol", "", ...rows));
  }

  /** Too many namesakes for one row more: the name leads to all of them. */
  folded(results) {
    const { name } = results[0].place;
    return this.link(`cek-tps.html?q=${encodeURIComponent(name)}`, name, this.namesakes(results));
  }

  namesakes(results) {
    return this.text("namesakes", { count: number(results.length), name: results[0].place.name });
  }

  row(one) {
    const { place, tps, url } = one;
    const pattern = place.isKecamatan ? this.texts.kec : tps ? this.texts.station : "{name}";
    const name = fill("span", pattern, { name: marked(place.name, one.marks), number: tps });
    return this.link(url, name, place.isKecamatan ? this.kecamatanMeta(place) : this.villageMeta(one));
  }

  /** A row is one link, so that whoever hears only the link can tell namesakes apart. */
  link(url, name, meta) {
    const link = create("a", "search-link", create("b", "", name), " ", meta);
    link.href = this.root + url;
    return create("li", "", link);
  }

  kecamatanMeta(place) {
    return fill("span", this.texts.district, { villages: number(place.villages), tps: this.tpsCount(place) });
  }

  villageMeta(one) {
    const { kecamatan, kind } = one.place;
    const name = create("b", "", kecamatan.name + (kecamatan.region && `, ${kecamatan.region}`));
    const values = { kind: this.texts.kinds[kind], kecamatan: name, tps: this.tpsCount(one.place) };
    const meta = fill("span", this.texts.village, values);
    for (const note of this.notes(one)) meta.append(" · ", note);
    return meta;
  }

  tpsCount({ tpsCount }) {
    return tpsCount ? this.text("count", { count: number(tpsCount) }) : this.texts.zero;
  }

  notes({ place, alias, tps, missing }) {
    return [
      alias && this.text("alias", { name: alias }),
      missing && this.text("missing", { number: missing }),
      place.changed.includes(tps) && this.texts.changed,
      !tps && place.changed[0] && this.text("changes", { count: number(place.changed.length) }),
    ].filter(Boolean);
  }
}

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

/** Make the search form of the page work. */
export function startSearch() {
  new SearchForm(document.querySelector("form")).listen();
}
