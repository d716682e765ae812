/** The saved villages on home (components/saved_villages.html). */

import { readSaved, writeSaved } from "./saved.js";

/** Show them, now and whenever the reader comes back. */
export function showSaved(root) {
  const section = document.querySelector("[data-saved]");
  if (!section) return;
  const template = section.querySelector("template");
  const list = template.parentNode;

  const row = ([url, name, kecamatan], at) => {
    const item = template.content.cloneNode(true);
    const link = item.querySelector("a");
    link.href = root + url;
    link.textContent = name;
    item.querySelector("b").textContent = kecamatan;
    item.querySelector(".vh").textContent = ` ${name}, ${kecamatan}`;
    item.querySelector("button").onclick = () => forget(url, at);
    return item;
  };
  const show = () => {
    const villages = readSaved(root);
    section.hidden = !villages.length;
    list.replaceChildren(template, ...villages.map(row));
  };
  const forget = (url, at) => {
    writeSaved(
      root,
      readSaved(root).filter(([one]) => one !== url),
    );
    show();
    const buttons = [...list.querySelectorAll("button")];
    (buttons[at] ?? buttons.at(-1) ?? document.querySelector("main")).focus({ preventScroll: true });
  };
  addEventListener("pageshow", show);
  show();
}
