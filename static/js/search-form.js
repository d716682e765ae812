/** The search form: what is typed, shown, spoken and opened. */

import { count, has, readIndex, search } from "./search.js";

const PAUSE = 700;
const NARROW = "(max-width: 40rem)";

/** The form with its field and the results under it. */
class SearchForm {
  constructor(form) {
    this.form = form;
    this.input = form.elements.q;
    this.parts = Object.fromEntries([...form.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]));
    this.view = new View(JSON.parse(form.dataset.texts), form.dataset.root);
    this.places = null;
    this.loading = null;
    this.pause = 0;
  }

  listen() {
    this.input.addEventListener("focus", () => this.enter());
    this.input.addEventListener("input", () => this.type());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.addEventListener("keydown", (event) => this.moveFocus(event));
    addEventListener("pageshow", () => this.resume());
    this.resume();
  }

  /** Search what is in the field already (typed early, kept by the browser) or in the address. */
  resume() {
    this.input.value ||= new URLSearchParams(location.search).get("q") ?? "";
    if (this.input.value) this.load();
  }

  enter() {
    this.load();
    // The keyboard takes half of a phone's screen: leave the other half to the results.
    if (matchMedia(NARROW).matches) this.form.querySelector("label").scrollIntoView();
  }

  type() {
    this.load();
    this.show();
  }

  /** Fetch the index once; after a failure the next key tries again. */
  load() {
    this.loading ??= fetchPlaces(this.form.dataset.index)
      .then((places) => (this.places = places))
      .catch(() => (this.loading = null))
      .finally(() => this.show());
    return this.loading;
  }

  /** Show the answer to what stands in the field now. What is spoken waits until typing pauses. */
  show() {
    const answer = this.answer();
    const { results, onward, none, failed, status } = this.parts;
    results.replaceChildren(...this.view.units(answer.units));
    results.hidden = onward.hidden = answer.state !== "found";
    none.hidden = answer.state !== "none";
    failed.hidden = answer.state !== "failed";
    status.textContent = this.view.message(answer);
    if (answer.state === "found") dispatchEvent(new Event("answered"));
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.speak(), PAUSE);
    return answer;
  }

  answer() {
    const answer = search(this.places ?? [], this.input.value);
    if (this.places || answer.state === "short") return answer;
    return { ...answer, state: this.loading ? "loading" : "failed" };
  }

  speak() {
    clearTimeout(this.pause);
    this.parts.spoken.textContent = this.parts.status.textContent;
  }

  /** Enter and the button: open the page if there is no doubt which, otherwise say what was found. */
  async submit(event) {
    event.preventDefault();
    await this.load();
    const answer = this.show();
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

async function fetchPlaces(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return readIndex(await response.json());
}

/** What turns an answer into texts and elements. `texts` have `{names}` in braces for what is filled in. */
class View {
  constructor(texts, root) {
    this.texts = texts;
    this.root = root;
    this.rows = 0;
  }

  message({ state, name, shown, total }) {
    if (state === "short") return "";
    if (state !== "found") return this.text(state, { query: name });
    if (!total) return this.texts.kecamatanFound;
    return this.text(shown < total ? "many" : "found", { shown: number(shown), total: number(total) });
  }

  text(id, values) {
    return fill(create("p"), this.texts[id], values).textContent;
  }

  units(units) {
    this.rows = 0;
    return units.map((unit) => (unit.length > 1 ? this.group(unit) : this.row(unit[0])));
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
    const link = this.link(one);
    const meta = one.place.isKecamatan ? this.kecamatanMeta(one.place) : this.villageMeta(one);
    // A link that is read without its row must tell namesakes apart too.
    this.rows += 1;
    link.id = `search-link-${this.rows}`;
    meta.id = `search-meta-${this.rows}`;
    link.setAttribute("aria-labelledby", `${link.id} ${meta.id}`);
    const row = create("li", "search-result");
    row.append(link, meta);
    return row;
  }

  link({ place, marks: typed, tps, url }) {
    const link = create("a", "search-name");
    link.href = this.root + url;
    const ofVillage = tps === null ? "{name}" : this.texts.tpsName;
    return fill(link, place.isKecamatan ? this.texts.kecamatanName : ofVillage, {
      name: marked(place.name, typed),
      number: tps,
    });
  }

  kecamatanMeta(place) {
    const values = { villages: number(place.villages), tps: this.tpsCount(place) };
    return fill(create("p", "search-meta"), this.texts.kecamatanMeta, values);
  }

  villageMeta(one) {
    const { place } = one;
    const kecamatan = create("b");
    kecamatan.textContent = place.kecamatan.name;
    const values = { kind: this.texts.kinds[place.kind], kecamatan, tps: this.tpsCount(place) };
    const meta = fill(create("p", "search-meta"), this.texts.villageMeta, values);
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

function create(tag, className = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
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
    const mark = create("mark");
    mark.textContent = name.slice(start, end);
    fragment.append(name.slice(done, start), mark);
    done = end;
  }
  fragment.append(name.slice(done));
  return fragment;
}

/** Make every search form of the page work. */
export function startSearch() {
  for (const form of document.querySelectorAll("[data-search]")) new SearchForm(form).listen();
}
