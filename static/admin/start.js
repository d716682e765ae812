/** Starts the editor of news with the forms that the build made. Its own files are fetched when they are needed. */

window.CMS_MANUAL_INIT = true;
const [{ default: CMS }, config] = await Promise.all([
  import("./cms/index.js"),
  fetch("config.json", { cache: "no-cache" }).then((answer) => answer.json()),
]);
CMS.init({ config });
