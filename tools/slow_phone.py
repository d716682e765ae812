"""A cheap phone on a bad network, as the browser can pretend to be one, and a stopwatch for it.

The network is the "Slow 3G" of Chrome's developer tools: 400 kbit/s each way, and every request waits 2 seconds
before its answer begins. The browser delays whole requests, not packets: connections cost nothing extra.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

NETWORK = "Slow 3G"
CPU = 6
_BYTES_PER_SECOND = 50_000
_LATENCY = 2000
_KEY_PAUSE = 120
"""Milliseconds between keys: a fast typist, and longer than any answer should take."""

_STOPWATCH = """() => {
    const form = document.querySelector("[role=search]");
    window.keyTimes = [];
    let pressed = 0;
    const painted = () => new Promise((done) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = done;
        channel.port2.postMessage(0);
    }));
    const note = async () => {
        const key = keyTimes.length - 1, start = pressed;
        await painted();
        if (key >= 0) keyTimes[key] = performance.now() - start;
    };
    // What is only spoken waits for a pause on purpose.
    const isSeen = ({target}) => !(target.closest ? target : target.parentElement)?.closest("[role=status]");
    form.addEventListener("keydown", (event) => { pressed = event.timeStamp; keyTimes.push(0); }, {capture: true});
    form.addEventListener("input", note);
    new MutationObserver((changes) => { if (changes.some(isSeen)) note(); })
        .observe(form, {subtree: true, childList: true, characterData: true, attributes: true});
}"""
_PAINTS = """() => new Promise((done) => {
    new PerformanceObserver((list) => {
        const largest = list.getEntries().at(-1).startTime;
        const answer = () => {
            const [first] = performance.getEntriesByName("first-contentful-paint");
            if (first) done({FCP: first.startTime, LCP: largest}); else setTimeout(answer, 20);
        };
        answer();
    }).observe({type: "largest-contentful-paint", buffered: true});
})"""


def slow_down(page: Page, network: bool = True) -> None:
    """Make the processor of ``page`` slow, and its network too."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    if network:
        rates = {"downloadThroughput": _BYTES_PER_SECOND, "uploadThroughput": _BYTES_PER_SECOND}
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", {"offline": False, "latency": _LATENCY, **rates})


def key_times(page: Page, queries: Iterable[str]) -> list[float]:
    """Milliseconds from each key to the frame that shows the last thing it changed in the search form."""
    field = page.get_by_role("searchbox")
    page.evaluate(_STOPWATCH)
    for words in queries:
        field.fill("")
        page.wait_for_timeout(_KEY_PAUSE)
        field.press_sequentially(words, delay=_KEY_PAUSE)
    page.wait_for_timeout(_KEY_PAUSE * 3)
    return [float(each) for each in page.evaluate("keyTimes")]


def paint_times(page: Page, url: str, with_search: bool = False) -> dict[str, float]:
    """Milliseconds from asking for ``url`` to the first and the largest paint, and to the first answer of the search,
    when the words are typed as soon as the field is there."""
    slow_down(page)
    times: dict[str, Any] = {}
    if with_search:
        page.goto(url, wait_until="commit")
        page.get_by_role("searchbox").fill("jua jua")
        page.locator(".search-result").first.wait_for()
        times["first answer"] = page.evaluate("new Promise((done) => requestAnimationFrame(done))")
    else:
        page.goto(url, wait_until="load")
    return {**page.evaluate(_PAINTS), **times}
