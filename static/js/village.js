/**
 * RT and RW on the page of a village: marks the TPS that they may belong to. It only ever suggests, so all
 * other TPS stay as they are.
 */

const inside = (ranges, number) =>
  ranges.split(",").some((range) => {
    const [low, high] = range.split("-");
    return +low <= number && number <= +high;
  });

/** Whether a coverage such as "1-4,6/2;/3" (RT before the stroke, RW behind it) may hold `asked`, [RT, RW]. */
const mayHold = (coverage, asked) =>
  coverage.split(";").some((area) => {
    const named = area.split("/");
    return (
      asked.some((number, i) => number && named[i]) &&
      asked.every((number, i) => !number || !named[i] || inside(named[i], number))
    );
  });

/** RT and RW in one field, as on a KTP-el: "005/003", "RT 5 RW 3". */
const BOTH = /^\W*(?:rt\W*(?:rw\W*)?)?(\d+)(?:\W*rw\W*|\W+)(\d+)\W*$/i;

/** [RT, RW] as they stand in the form, 0 for an empty field; null if that cannot be read. */
function read({ rt, rw }) {
  const both = !rw.value && BOTH.exec(rt.value);
  if (both) [, rt.value, rw.value] = both;
  const numbers = [rt, rw].map(({ name, value }) =>
    value.trim() ? Number(RegExp(`^\\W*(?:${name}\\W*)?(\\d+)\\W*$`, "i").exec(value)?.[1]) : 0,
  );
  return numbers.some(Boolean) && !numbers.some(Number.isNaN) ? numbers : null;
}

/** Let the form of the page mark its cards. */
function start(form) {
  const { rt, rw } = form;
  const query = new URLSearchParams(location.search);
  for (const input of [rt, rw]) if (query.has(input.name)) input.value = query.get(input.name);
  form.onsubmit = (event) => {
    event.preventDefault();
    answer(form);
  };
  // After the browser has put back what stood in the form when the reader left.
  addEventListener("pageshow", () => {
    if (rt.value || rw.value) answer(form);
  });
}

function answer(form) {
  const asked = read(form);
  const cards = [...document.querySelectorAll("[data-cover]")];
  const found = cards.filter((card) => card.toggleAttribute("data-fits", asked !== null && mayHold(card.dataset.cover, asked)));
  const status = form.querySelector("[role]");
  const [before, after = ""] = form.dataset[!asked ? "unread" : found.length ? "found" : "none"].split("{tps}");
  status.replaceChildren(before, ...found.flatMap(linkTo), after);
}

function linkTo(card, i) {
  const link = document.createElement("a");
  link.href = card.querySelector("a").href;
  link.textContent = card.querySelector(".plate").textContent;
  return [i ? ", " : "", link];
}

start(document.querySelector("[data-coverage]"));
