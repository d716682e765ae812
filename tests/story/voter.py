"""A voter who looks a TPS up in every way that a publication offers, and what each way makes them believe."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.story.beliefs import DAY, HOURS, WAYS, Belief, Station, in_words, iso_day, newest, wrong
from tests.story.files import Files, of_row
from tests.story.office import Publication
from tools.browsing import search

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

_BLOCK = """(block) => {
    const shown = (element) => element.getClientRects().length > 0;
    const struck = (element) => getComputedStyle(element).textDecorationLine.includes("line-through");
    const all = [...block.querySelectorAll("*")].filter(shown);
    const texts = (found) => found.map((element) => element.innerText.trim());
    return {
        text: block.innerText,
        struck: texts(all.filter((element) => struck(element) && !struck(element.parentElement))),
        bold: texts(all.filter((element) => element.matches(".place, .card-title, .move b")
            && getComputedStyle(element).fontWeight >= 600 && !struck(element))),
    };
}"""


def in_block(block: Locator) -> Belief:
    """What a part of a page shows: in words, struck through, and in bold."""
    seen = block.evaluate(_BLOCK)
    text = seen["text"]
    for struck in seen["struck"]:
        text = text.replace(struck, "", 1)
    words = in_words(text)
    place = next(
        (" ".join(bold.split()) for bold in seen["bold"] if not (DAY.search(bold) or HOURS.search(bold))), None
    )
    return words._replace(
        place=re.sub(r"^TPS \d+: ", "", place) if place else None,
        was=iso_day(" ".join(seen["struck"][0].split())) if seen["struck"] else None,
        over="Sudah lewat" in text if words.day else None,
    )


class Voter:
    """Somebody with a small phone at the moment of a publication. ``addresses`` are those that they know of before."""

    def __init__(self, context: BrowserContext, url: str, publication: Publication, addresses: Mapping[Station, str]):
        self._context, self._url = context, url
        self.files = Files(publication.folder, publication.read_at)
        context.clock.set_fixed_time(publication.read_at)
        self._walk = context.new_page()
        self._tabs: dict[str, Page] = {}
        self._addresses = addresses

    def tab(self, address: str) -> Page:
        """A tab with this page of the site, which stays open."""
        if address not in self._tabs:
            self._tabs[address] = page = self._context.new_page()
            page.goto(self._url + address)
        return self._tabs[address]

    def notice(self) -> str:
        """The notice on home."""
        notice = self.tab("").locator(".notice")
        return " ".join(notice.inner_text().split()) if notice.count() else ""

    def news_of(self, station: Station) -> list[str]:
        """Titles of the news on the page of its village."""
        village = self._addresses[station].rpartition("/")[0]
        return self.tab(f"{village}.html").locator(".news-list a").all_inner_texts()

    def searched(self, words: str) -> list[str]:
        """Villages that the search answers with."""
        self._walk.goto(self._url)
        search(self._walk, words)
        return self._walk.locator(".search-link > b").all_inner_texts()

    def contradictions(self, station: Station, truth: Belief) -> list[str]:
        """Where a way to look the TPS up does not tell the truth."""
        return [text for way, told in self.believes(station).items() for text in wrong(way, told, truth)]

    def believes(self, station: Station) -> dict[str, Belief]:
        """What each way to look the TPS up makes them believe."""
        page, found = self.found(station)
        address = page.url.removeprefix(self._url)
        code = self.files.row(address)["village_code"].replace(".", "")
        slug = address.split("/")[1]
        known = self._addresses.get(station, "")
        beliefs = {
            **found,
            **self.at(page, station),
            "/d/": self.in_village(self.tab(f"d/{code}.html"), station),
            "home": self.on_home(station),
            "jadwal.html": self.in_schedule(address),
            "perubahan.html": self.in_ledger("perubahan.html", address),
            "perubahan of the kecamatan": self.in_ledger(f"perubahan/{slug}.html", address),
            "jadwal.ics": self.files.in_calendar(address.partition("/")[0] + "/jadwal.ics", station),
            "berita.atom": self.files.in_feed("berita.atom", station),
            "perubahan.atom": self.files.in_feed("perubahan.atom", station),
            "perubahan.atom of the kecamatan": self.files.in_feed(f"perubahan/{slug}.atom", station),
            "tps.csv": of_row(self.files.row(address)),
            "tps.json": of_row(next(row for row in self.files.rows("tps") if row["page"] == address)),
            "changes.json": self.files.in_log(address),
        }
        if known.partition("/")[0] == address.partition("/")[0]:
            beliefs["address that was known at first"] = self.on_page(self.tab(known))
        return {way: beliefs[way] for way in WAYS if way in beliefs}

    def remembers(self, station: Station) -> tuple[str, Belief, str]:
        """What the address that they have known of a TPS says now: the notice, the board, and the page that the notice
        leads to."""
        page = self.tab(self._addresses[station])
        notice, belief = page.locator(".notice p").inner_text(), self.on_page(page)
        page.locator(".notice a").click()
        page.wait_for_url(re.compile(r"/[a-z-]+\.html$"))
        return notice, belief, page.url.removeprefix(self._url)

    def found(self, station: Station) -> tuple[Page, dict[str, Belief]]:
        """The page of a TPS as it is found from home, and what is believed on the way there."""
        page = self._walk
        self.searched(station.village)
        result = page.locator(".search-link", has_text=f"Kec. {station.kecamatan}").filter(has_text=station.village)
        status = None if "berubah" in result.inner_text() else "planned"
        result.press("Enter")
        page.wait_for_url(re.compile(r"/[a-z-]+\.html"))
        village = self.in_village(page, station)
        message = _message(page)
        page.get_by_role("link", name=f"TPS {station.number}:").click()
        page.wait_for_url(re.compile(r"/tps-\d+\.html"))
        told = {"search": Belief(status), "village": village, "message of the village": _in_list(message, station)}
        return page, told

    def in_village(self, page: Page, station: Station) -> Belief:
        """The card of a TPS on the page of its village."""
        page.get_by_role("heading", level=1, name=station.village).wait_for()
        assert f"Kec. {station.kecamatan} ·" in page.locator(".sub").inner_text()
        card = page.locator(".tps-card", has=page.get_by_role("link", name=f"TPS {station.number}:"))
        return _or_planned(in_block(card))

    def on_page(self, page: Page) -> Belief:
        """Board, notice and ground of the page of a TPS."""
        return _or_planned(in_block(page.locator("main .cols > div").first))

    def at(self, page: Page, station: Station) -> dict[str, Belief]:
        """The page of a TPS, and what it hands over."""
        heading = page.locator(".board").inner_text()
        assert f"TPS {station.number}" in heading
        assert f"Kecamatan {station.kecamatan}" in heading
        beliefs = {"page": self.on_page(page), "message": _in_message(_message(page)), "JSON-LD": _in_objects(page)}
        calendar = page.get_by_role("link", name="Kalender").evaluate("link => link.href").removeprefix(self._url)
        page.emulate_media(media="print")
        sign = self.on_page(page)
        page.emulate_media(media="screen")
        return beliefs | {"printed page": sign, "calendar": self.files.in_calendar(calendar, station)}

    def on_home(self, station: Station) -> Belief:
        """The notice, where it is about this TPS: by its name, or in the list that it leads to."""
        notice = self.notice()
        one = re.match(r"TPS \d+ [^(]+\([^)]+\)", notice)
        if one:
            named = f"TPS {station.number} {station.village} ({station.kecamatan})"
            return in_words(notice).only("status day") if one[0] == named else Belief()
        said = in_words(notice)
        entries = self.tab("perubahan.html").locator(".entry", has_text=f"Kec. {station.kecamatan}")
        listed = [in_block(entry) for entry in entries.filter(has_text=station.village).all() if notice]
        return next((Belief(one.status, day=said.day) for one in listed if _is_told(one, said)), Belief())

    def in_schedule(self, address: str) -> Belief:
        """The stage that names the TPS, or else voting day."""
        page = self.tab("jadwal.html")
        stages = page.locator(".timeline > li")
        own = stages.filter(has=page.locator(f"a[href$='{address}']"))
        if not own.count():
            return in_block(stages.filter(has_text="Hari memilih")).only("day hours ballots over")
        line = own.locator("p.small", has=page.locator(f"a[href$='{address}']")).inner_text()
        ballots = in_words(f"mulai pukul 00.00 {line}").ballots
        return in_block(own).only("status day hours over")._replace(ballots=ballots)

    def in_ledger(self, path: str, address: str) -> Belief:
        """The entries about a TPS in a ledger of changes, which its kecamatan only has when something changed."""
        if not self.files.has(path):
            return Belief()
        page = self.tab(path)
        entries = page.locator(".entry", has=page.locator(f"a[href$='{address}']")).all()
        told = [in_block(entry) for entry in entries]  # one that is no decision tells what was corrected
        return newest([one if one.status else one.only("hours") for one in told]) if told else Belief()


def _is_told(entry: Belief, notice: Belief) -> bool:
    """Whether a notice that leads to a list is about this entry of it."""
    return notice.status in (None, entry.status) and notice.day in (None, entry.day)


def _or_planned(belief: Belief) -> Belief:
    """Where nothing is said of a change, and nothing is struck through, all is as it was planned."""
    is_planned = belief.status is None and belief.was is None
    return belief._replace(status="planned") if is_planned else belief


def _message(page: Page) -> str:
    """The message to the family as WhatsApp would open it."""
    link = page.get_by_role("link", name="Kirim ke keluarga").get_attribute("href") or ""
    return parse_qs(urlsplit(link).query)["text"][0]


def _in_message(message: str) -> Belief:
    """What the message about a TPS says; the date of its data is no day of a vote."""
    text = message.partition("Data per")[0]
    place = re.search(r"^Tempat: (.+?\(contoh\))", text, re.MULTILINE)
    was = re.search(r"bukan lagi di: (.+)\.$", text, re.MULTILINE)
    told = in_words(text)._replace(place=place[1] if place else None, was=was[1] if was else None)
    return _or_planned(told)


def _in_list(message: str, station: Station) -> Belief:
    """What the message about a village says of one of its TPS."""
    text = message.partition("Data per")[0]
    own = [line.partition(": ")[2] for line in text.splitlines() if line.startswith(f"TPS {station.number}: ")]
    vote = own[1:] or [line for line in text.splitlines() if DAY.search(line)]
    place, moved, _ = own[0].partition(" (pindah, bukan tempat lama)")
    belief = in_words("\n".join(vote))._replace(place=place)
    return belief._replace(status="moved") if moved else belief


def _in_objects(page: Page) -> Belief:
    """What a search engine reads: the vote of the TPS, when it was told that something changed about it."""
    for text in page.locator("script[type='application/ld+json']").all_text_contents():
        found = json.loads(text)
        if found["@type"] == "Event":
            was = re.search(r"bukan lagi di: (.+)\.$", found.get("description", ""))
            begin, end = (found.get(key, "")[11:16].replace(":", ".") for key in ("startDate", "endDate"))
            return Belief(
                status=in_words(found["name"]).status,
                was=was[1] if was else None,
                day=found["startDate"][:10],
                hours=f"{begin}–{end}",
            )
    return Belief()
