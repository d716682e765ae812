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

/** Let the form of the page, if there is one, mark its cards. */
export function startCoverage() {
  const form = document.querySelector("[data-coverage]");
  if (!form) return;
  const { rt, rw } = form;
  const status = form.querySelector("[role]");
  const cards = [...document.querySelectorAll("[data-cover]")];
  const mark = () => {
    const asked = [+rt.value, +rw.value];
    const links = cards.filter((card) => card.toggleAttribute("data-fits", mayHold(card.dataset.cover, asked))).map(linkTo);
    const [before, after] = (links.length ? form.dataset.found : form.dataset.none).split("{tps}");
    if (rt.value || rw.value) status.replaceChildren(before, ...links, after ?? "");
    else status.replaceChildren();
  };
  const query = new URLSearchParams(location.search);
  for (const input of [rt, rw]) if (query.has(input.name)) input.value = query.get(input.name);
  form.onsubmit = (event) => {
    event.preventDefault();
    mark();
  };
  addEventListener("pageshow", mark);
}

function linkTo(card, i) {
  const link = document.createElement("a");
  link.href = card.querySelector("a").href;
  link.textContent = card.querySelector(".plate").textContent;
  const item = document.createElement("b");
  item.append(i ? ", " : "", link);
  return item;
}
