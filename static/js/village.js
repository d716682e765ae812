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

/** Let the form of the page mark its cards. */
function start(form) {
  const { rt, rw } = form;
  const query = new URLSearchParams(location.search);
  for (const input of [rt, rw]) if (query.has(input.name)) input.value = query.get(input.name);
  form.onsubmit = (event) => {
    event.preventDefault();
    answer(form, [+rt.value, +rw.value]);
  };
  // After the browser has put back what stood in the form when the reader left.
  addEventListener("pageshow", () => answer(form, [+rt.value, +rw.value]));
}

function answer(form, asked) {
  const cards = [...document.querySelectorAll("[data-cover]")];
  const found = cards.filter((card) => card.toggleAttribute("data-fits", mayHold(card.dataset.cover, asked)));
  const status = form.querySelector("[role]");
  status.textContent = "";
  if (!asked.some(Boolean)) return;
  const [before, after = ""] = form.dataset[found.length ? "found" : "none"].split("{tps}");
  status.append(before, ...found.flatMap(linkTo), after);
}

function linkTo(card, i) {
  const link = document.createElement("a");
  link.href = card.querySelector("a").href;
  link.textContent = card.querySelector(".plate").textContent;
  return [i ? ", " : "", link];
}

start(document.querySelector("[data-coverage]"));
