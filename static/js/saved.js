/** Villages that the reader saved, in this browser only: [address below the site's root, name, kecamatan], newest first. */

const VILLAGE = /^([\w-]+\/){2,3}[\w-]+\.html$/;
const keyOf = (root) => `papan-tps ${root}`;

/** All saved villages. Whatever else stands there, or a browser that refuses, counts as none. */
export function readSaved(root) {
  try {
    const found = JSON.parse(localStorage.getItem(keyOf(root)));
    return found.filter((one) => one?.length === 3 && VILLAGE.test(one[0]));
  } catch {
    return [];
  }
}

/** Save these villages instead. Throws where the browser forbids it. */
export function writeSaved(root, villages) {
  if (villages.length) localStorage.setItem(keyOf(root), JSON.stringify(villages));
  else localStorage.removeItem(keyOf(root));
}
