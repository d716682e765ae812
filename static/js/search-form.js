/** The search form: what is typed, shown, spoken and opened. */

import { count, filesFor, FORMAT, has, readPlaces, readTexts, search, searchTexts } from "./search.js";

const PAUSE = 700;
const NARROW = "(max-width: 40rem)";

/** The form with its field and the results under it. */
class SearchForm {
  constructor(form) {
    this.form = form;
    this.input = form.elements.q;
    this.parts = Object.fromEntries([...form.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    this.index = new Index(form.dataset.index, form.dataset.files);
    this.view = new View(JSON.parse(form.dataset.texts), form.dataset.root);
    this.pause = 0;
  }

  listen() {
    this.input.addEventListener("focus", () => this.enter());
    this.input.addEventListener("input", () => this.show());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.addEventListener("keydown", (event) => this.moveFocus(event));
    addEventListener("pageshow", () => this.resume());
    this.resume();
  }

  /** Search what is in the field already (typed early, kept by the browser) or in the address. */
  resume() {
    this.input.value ||= new URLSearchParams(location.search).get("q") ?? "";
    if (this.input.value) this.show();
  }

  enter() {
    this.index.answer(this.input.value).catch(() => {});
    // The keyboard takes half of a phone's screen: leave the other half to the results.
    if (matchMedia(NARROW).matches) this.form.querySelector("label").scrollIntoView();
  }

  /** Answer what stands in the field now. What is spoken waits until typing pauses. */
  async show() {
    const text = this.input.value;
    const late = setTimeout(() => this.paint({ state: "loading", units: [], texts: [], name: text }));
    const answer = await this.index.answer(text).catch(() => ({ state: "failed", units: [], texts: [] }));
    clearTimeout(late);
    if (text === this.input.value) this.paint(answer);
    return answer;
  }

  paint(answer) {
    const { results, onward, ways, status } = this.parts;
    results.replaceChildren(...this.view.rows(answer));
    results.hidden = onward.hidden = !results.children.length;
    ways.hidden = !["none", "failed"].includes(answer.state);
    status.textContent = this.view.message(answer);
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.speak(), PAUSE);
  }

  speak() {
    clearTimeout(this.pause);
    this.parts.spoken.textContent = this.parts.status.textContent;
  }

  /** Enter and the button: open the page if there is no doubt which, otherwise say what was found. */
  async submit(event) {
    event.preventDefault();
    const answer = await this.show();
    if (answer.open) {
      location.assign(this.form.dataset.root + answer.open);
      return;
    }
    if (answer.state === "short") this.parts.status.textContent = this.view.texts.short;
    this.speak();
    if (matchMedia("(pointer: coarse)").matches) this.input.blur();
  }

  /** Arrow down from the field into the links, up and down among them, up or Escape back. */
  moveFocus(event) {
    const links = [...this.form.querySelectorAll("a")].filter((link) => link.getClientRects().length);
    const stops = [this.input, ...links];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1, Escape: -at }[event.key];
    const next = at >= 0 && step ? stops[at + step] : null;
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
  load(file) {
    this.loading[file] ??= new Promise((resolve, reject) => {
      const script = create("script");
      script.src = this.folder + file;
      script.onload = () => (globalThis.papanData?.[file] ? resolve(papanData[file]) : reject());
      script.onerror = reject;
      document.head.append(script);
    }).catch((error) => {
      delete this.loading[file];
      throw error;
    });
    return this.loading[file];
  }

  async answer(text) {
    const root = await this.load(this.root);
    if (root.format !== FORMAT) throw new Error(`search index of format ${root.format}`);
    const { first, then } = filesFor({ ...root, root: this.root }, text);
    let answer = search(await this.placesIn(first), text);
    const isSure = answer.state === "short" || answer.units[0]?.[0].guess === false;
    if (!isSure && then.length) answer = search(await this.placesIn([...first, ...then]), text);
    return { ...answer, texts: answer.state === "short" ? [] : await this.texts(root, answer, text) };
  }

  /** The places in some files, each once: a name may stand in several. */
  async placesIn(files) {
    const found = {};
    for (const file of files) {
      this.places[file] ??= readPlaces((await this.load(file)).places);
      for (const one of this.places[file]) found[one.url] = one;
    }
    return Object.values(found);
  }

  /** News and guides, fetched only when no place fits. */
  async texts(root, answer, text) {
    if (answer.state === "found" && !answer.units[0][0].guess && !this.known) return [];
    this.known ??= readTexts((await this.load(root.texts)).texts);
    return searchTexts(this.known, text);
  }
}

/** What turns an answer into texts and elements. `texts` have `{names}` in braces for what is filled in. */
class View {
  constructor(texts, root) {
    this.texts = texts;
    this.root = root;
  }

  message({ state, name, units, shown, total, texts }) {
    if (state === "short" || (state === "none" && texts.length)) return "";
    if (state !== "found") return this.text(state, { query: name });
    if (units[0][0].guess) return `${this.text("none", { query: name })} ${this.texts.perhaps}`;
    if (!total) return this.texts.kecamatanFound;
    return this.text(shown < total ? "many" : "found", { shown: number(shown), total: number(total) });
  }

  text(id, values) {
    return fill(create("p"), this.texts[id], values).textContent;
  }

  /** Places, with a line before the first that is only a guess, then news and guides. */
  rows({ units, texts }) {
    const guess = units.findIndex(([one]) => one.guess);
    const rows = units.map((unit) => (unit.length > 1 ? this.group(unit) : this.row(unit[0])));
    if (guess > 0) rows.splice(guess, 0, create("li", "search-perhaps", this.texts.perhaps));
    return [...rows, ...texts.map(({ title, url, kind }) => this.link(url, title, create("span", "", this.texts.kinds[kind])))];
  }

  group(results) {
    const values = { count: number(results.length), name: results[0].place.name };
    const title = create("p", "search-group-title");
    title.append(fill(create("b"), this.texts.namesakes, values), " ", this.texts.lookAtKecamatan);
    const list = create("ol");
    list.append(...results.map((one) => this.row(one)));
    const group = create("li", "search-group");
    group.append(title, list);
    return group;
  }

  row(one) {
    const { place, tps, url } = one;
    const pattern = place.isKecamatan ? this.texts.kecamatanName : tps === null ? "{name}" : this.texts.tpsName;
    const name = fill(create("span"), pattern, { name: marked(place.name, one.marks), number: tps });
    return this.link(url, name, place.isKecamatan ? this.kecamatanMeta(place) : this.villageMeta(one));
  }

  /** A row is one link, so that whoever hears only the link can tell namesakes apart. */
  link(url, name, meta) {
    const link = create("a", "search-link");
    link.href = this.root + url;
    const title = create("b");
    title.append(name);
    link.append(title, " ", meta);
    const row = create("li", "search-result");
    row.append(link);
    return row;
  }

  kecamatanMeta(place) {
    const values = { villages: number(place.villages), tps: this.tpsCount(place) };
    return fill(create("span"), this.texts.kecamatanMeta, values);
  }

  villageMeta(one) {
    const { place } = one;
    const region = place.kecamatan.region;
    const kecamatan = create("b", "", place.kecamatan.name + (region && `, ${region}`));
    const values = { kind: this.texts.kinds[place.kind], kecamatan, tps: this.tpsCount(place) };
    const meta = fill(create("span"), this.texts.villageMeta, values);
    for (const note of this.notes(one)) meta.append(" · ", unbroken(note));
    return meta;
  }

  tpsCount({ tpsCount }) {
    return unbroken(tpsCount ? this.text("tpsCount", { count: number(tpsCount) }) : this.texts.noTps);
  }

  notes({ place, alias, tps, missing }) {
    const moved = count(place.moved);
    return [
      alias && this.text("alias", { name: alias }),
      missing !== null && this.text("missing", { number: missing }),
      tps !== null && has(place.moved, tps) && this.texts.moved,
      tps === null && moved > 0 && this.text("movedCount", { count: number(moved) }),
    ].filter(Boolean);
  }
}

const number = (value) => value.toLocaleString(document.documentElement.lang);
const unbroken = (text) => text.replaceAll(" ", "\u00a0");

function create(tag, className = "", text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

/** Put `text` with its values, strings or nodes, into `element`. */
function fill(element, text, values) {
  element.append(...text.split(/\{(\w+)\}/).map((piece, i) => (i % 2 ? values[piece] : piece)));
  return element;
}

/** The name with the typed stretches in `mark`. */
function marked(name, stretches) {
  const fragment = document.createDocumentFragment();
  let done = 0;
  for (const [start, end] of stretches) {
    fragment.append(name.slice(done, start), create("mark", "", name.slice(start, end)));
    done = end;
  }
  fragment.append(name.slice(done));
  return fragment;
}

/** Make every search form of the page work. */
export function startSearch() {
  for (const form of document.querySelectorAll("[data-search]")) new SearchForm(form).listen();
}
