/**
 * What only the reader's clock can tell: elements with `data-from` show from that moment on, those with `data-until`
 * before it. Without this script both stay hidden, so that a page claims nothing about a day it cannot know.
 */
export function showByClock(now = Date.now()) {
  for (const element of document.querySelectorAll("[data-from],[data-until]")) {
    const { from, until } = element.dataset;
    element.hidden = from ? now < Date.parse(from) : now >= Date.parse(until);
  }
}
