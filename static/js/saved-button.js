/** "Simpan desa ini" on a village's page (components/save_village.html). */

import { askWorker } from "./offline.js";
import { readSaved, writeSaved } from "./saved.js";

/** Show the button, unless the browser keeps nothing. */
export function startSaveButton(root) {
  const section = document.querySelector("[data-save]");
  if (!section) return;
  const { save, name, kecamatan } = section.dataset;
  const page = new URL(save, location).href;
  const url = page.slice(root.length);
  const others = () => readSaved(root).filter(([one]) => one !== url);
  const isSaved = () => readSaved(root).length > others().length;
  const show = (state) => {
    for (const part of section.querySelectorAll("[data-when]")) part.hidden = !part.dataset.when.includes(state);
  };
  section.querySelector("button").onclick = () => {
    try {
      writeSaved(root, isSaved() ? others() : [[url, name, kecamatan], ...others()]);
      if (isSaved()) askWorker({ saved: [page] });
      show(isSaved() ? "saved" : "new");
    } catch {
      show("full");
    }
  };
  try {
    writeSaved(root, readSaved(root));
    show(isSaved() ? "saved" : "new");
    section.hidden = false;
  } catch {
    // Storage is forbidden here.
  }
}
