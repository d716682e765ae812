"""A voter who looks a TPS up in every way that a publication offers, and what each way makes them believe."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import icalendar

from tests.office import Publication
from tools.browsing import search

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

WIB = dt.timezone(dt.timedelta(hours=7))
ALL = "Gubernur, Bupati"
MONTHS = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()
DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)})\w* (\d{{4}})")
HOURS = re.compile(r"(\d\d\.\d\d)–(\d\d\.\d\d)|mulai pukul (\d\d\.\d\d)")
BALLOTS = re.compile(r"Hanya surat suara ([^.]+)\.")
BASIS = re.compile(r"(?:SK KPU OKI|Surat Bawaslu) nomor [\w./-]*\w(?: \(contoh\))?")
DECIDED = re.compile(rf"Diputuskan \w+, ({DAY.pattern}) pukul (\d\d)\.(\d\d)")
PAST = re.compile(r"\(Pilkada \d+\)$")
"""What the title of an entry of a past election ends with."""
STATUS = {"moved": "pindah tempat|pindah ke", "repeat_vote": "pemungutan suara ulang|memilih lagi"}


class Station(NamedTuple):
    """A TPS as people name it."""

    number: int
    village: str
    kecamatan: str

    @property
    def name(self) -> str:
        """As feeds and calendars call it."""
        return f"TPS {self.number} {self.village}, Kec. {self.kecamatan}"


class Belief(NamedTuple):
    """What somebody takes to be true of a TPS; None is what was not told. ``was`` is the place or day that is struck
    through, ``over`` that its day has passed."""

    status: str | None = None
    place: str | None = None
    was: str | None = None
    day: str | None = None
    hours: str | None = None
    ballots: str | None = None
    basis: str | None = None
    decided: str | None = None
    over: bool | None = None

    def only(self, names: str) -> Belief:
        """Of this, what is told of these fields."""
        return Belief(**{name: getattr(self, name) for name in names.split()})


_VOTE = "day hours ballots"
_TOLD: Mapping[str, Mapping[str, str]] = {
    "TPS page": {
        "planned": f"status place {_VOTE} over",
        "moved": f"status place was {_VOTE} basis decided over",
        "repeat_vote": f"status place was {_VOTE} basis decided over",
    },
    "sign on the door": {
        "planned": f"status place {_VOTE} over",
        "moved": f"place was {_VOTE} basis decided over",
        "repeat_vote": f"status place was {_VOTE} basis decided over",
    },
    "village page": {
        "planned": "status place",
        "moved": "status place was basis decided",
        "repeat_vote": f"status place {_VOTE} basis decided over",
    },
    "notice on home": {"moved": "status", "repeat_vote": "status day"},
    "search": {"planned": "status"},
    "schedule": {"planned": f"{_VOTE} over", "moved": f"{_VOTE} over", "repeat_vote": f"status {_VOTE} over"},
    "ledger": {"moved": "status place was basis decided", "repeat_vote": f"status was {_VOTE} basis decided over"},
    "message": {
        "planned": f"status place {_VOTE}",
        "moved": f"status place was {_VOTE}",
        "repeat_vote": f"status place {_VOTE}",
    },
    "message of the village": {
        "planned": f"place {_VOTE}",
        "moved": f"place {_VOTE}",
        "repeat_vote": f"status place {_VOTE}",
    },
    "calendar": {"planned": _VOTE, "moved": _VOTE, "repeat_vote": f"status {_VOTE}"},
    "calendar of all dates": {"planned": _VOTE, "moved": _VOTE, "repeat_vote": f"status {_VOTE}"},
    "feed": {"moved": "status basis", "repeat_vote": "status day basis"},
    "table": {
        "planned": f"status place {_VOTE}",
        "moved": f"status place was {_VOTE} basis decided",
        "repeat_vote": f"status place {_VOTE} basis decided",
    },
    "log": {"moved": "status place was basis decided", "repeat_vote": f"status was {_VOTE} basis decided"},
    "search engine": {"moved": "day hours was", "repeat_vote": "status day hours"},
}
"""What each way of looking up must tell of a TPS, by its status. Copies of calendars, feeds and objects for search
engines outlive the next move, so they never name a place."""
WAYS: Mapping[str, str] = {
    "page": "TPS page",
    "printed page": "sign on the door",
    "address that was known at first": "TPS page",
    "village": "village page",
    "/d/": "village page",
    "home": "notice on home",
    "search": "search",
    "jadwal.html": "schedule",
    "perubahan.html": "ledger",
    "perubahan of the kecamatan": "ledger",
    "message": "message",
    "message of the village": "message of the village",
    "calendar": "calendar",
    "jadwal.ics": "calendar of all dates",
    "berita.atom": "feed",
    "perubahan.atom": "feed",
    "perubahan.atom of the kecamatan": "feed",
    "tps.csv": "table",
    "tps.json": "table",
    "changes.json": "log",
    "JSON-LD": "search engine",
}
"""Every way to look a TPS up, and what kind of telling it is."""


def wrong(way: str, told: Belief, truth: Belief) -> list[str]:
    """What a way to look up leaves out of what it must tell, and what it tells that is not true or not for it to tell:
    home only warns of what is still to come, and only some ways name a place."""
    must = _TOLD[WAYS[way]].get(truth.status or "", "").split()
    if way == "home" and truth.over:
        must = []
    found = []
    for field, said, true in zip(Belief._fields, told, truth, strict=True):
        is_wrong = said != true
        if field not in must:
            is_wrong = said is not None and (is_wrong or field == "place" or way == "home")
        if is_wrong:
            found.append(f"{way}: {field} is {said!r}, in truth {true!r}")
    return found


def in_words(text: str) -> Belief:
    """What words say of a TPS. Who reads of a vote and of no ballot takes it that all are cast."""
    status = next((kind for kind, words in STATUS.items() if re.search(words, text, re.IGNORECASE)), None)
    basis, decided = BASIS.search(text), DECIDED.search(text)
    text = DECIDED.sub("", text)
    day, hours, ballots = DAY.search(text), HOURS.search(text), BALLOTS.search(text)
    return Belief(
        status=status,
        day=iso_day(day[0]) if day else None,
        hours=f"{hours[1] or hours[3]}–{hours[2] or ''}" if hours else None,
        ballots=ballots[1] if ballots else ALL if hours else None,
        basis=basis[0] if basis else None,
        decided=f"{iso_day(decided[1])} {decided[5]}:{decided[6]}" if decided else None,
    )


def iso_day(text: str) -> str:
    """A day in words as numbers: ``Rabu, 27 November 2024`` is ``2024-11-27``; what is no day stays as it is."""
    found = DAY.search(text)
    return f"{found[3]}-{MONTHS.index(found[2]) + 1:02}-{int(found[1]):02}" if found else text


def newest(told: Sequence[Belief]) -> Belief:
    """What is believed after reading these, the newest first."""
    values = zip(*told, strict=True)
    return Belief(*(next((value for value in field if value is not None), None) for field in values))


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
        self._context, self._url, self._files = context, url, publication.folder
        self._now = publication.read_at
        context.clock.set_fixed_time(self._now)
        self._walk = context.new_page()
        self._tabs: dict[str, Page] = {}
        self._addresses = addresses

    def tab(self, address: str) -> Page:
        """A tab with this page of the site, which stays open."""
        if address not in self._tabs:
            self._tabs[address] = page = self._context.new_page()
            page.goto(self._url + address)
        return self._tabs[address]

    def read(self, path: str) -> bytes:
        """A file as it is fetched."""
        return (self._files / path).read_bytes()

    def notice(self) -> str:
        """The notice on home."""
        notice = self.tab("").locator(".notice")
        return " ".join(notice.inner_text().split()) if notice.count() else ""

    def news_of(self, station: Station) -> list[str]:
        """Titles of the news on the page of its village."""
        village = self._addresses[station].rpartition("/")[0]
        return self.tab(f"{village}.html").locator(".news-list a").all_inner_texts()

    def contradictions(self, station: Station, truth: Belief) -> list[str]:
        """Where a way to look the TPS up does not tell the truth."""
        return [text for way, told in self.believes(station).items() for text in wrong(way, told, truth)]

    def believes(self, station: Station) -> dict[str, Belief]:
        """What each way to look the TPS up makes them believe."""
        page, found = self.found(station)
        address = page.url.removeprefix(self._url)
        code = self.row(address)["village_code"].replace(".", "")
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
            "jadwal.ics": self.in_calendar(address.partition("/")[0] + "/jadwal.ics", station),
            "berita.atom": self.in_feed("berita.atom", station),
            "perubahan.atom": self.in_feed("perubahan.atom", station),
            "perubahan.atom of the kecamatan": self.in_feed(f"perubahan/{slug}.atom", station),
            "tps.csv": _of_row(self.row(address)),
            "tps.json": _of_row(next(row for row in self.rows("tps") if row["page"] == address)),
            "changes.json": self.in_log(address),
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
        page.goto(self._url)
        search(page, station.village)
        result = page.locator(".search-link", has_text=f"Kec. {station.kecamatan}").filter(has_text=station.village)
        status = None if "berubah" in result.inner_text() else "planned"
        result.click()
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
        return beliefs | {"printed page": sign, "calendar": self.in_calendar(calendar, station)}

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
        stages = self.tab("jadwal.html").locator(".timeline > li")
        page = self.tab("jadwal.html")
        own = stages.filter(has=page.locator(f"a[href$='{address}']"))
        if not own.count():
            return in_block(stages.filter(has_text="Hari memilih")).only("day hours ballots over")
        line = own.locator("p.small", has=page.locator(f"a[href$='{address}']")).inner_text()
        ballots = in_words(f"mulai pukul 00.00 {line}").ballots
        return in_block(own).only("status day hours over")._replace(ballots=ballots)

    def in_ledger(self, path: str, address: str) -> Belief:
        """The entries about a TPS in a ledger of changes, which its kecamatan only has when something changed."""
        if not (self._files / path).exists():
            return Belief()
        page = self.tab(path)
        entries = page.locator(".entry", has=page.locator(f"a[href$='{address}']")).all()
        return newest([in_block(entry) for entry in entries]) if entries else Belief()

    def in_calendar(self, path: str, station: Station) -> Belief:
        """The event that names a TPS in a calendar file, or else voting day."""
        events: list[Any] = icalendar.Calendar.from_ical(self.read(path)).walk("VEVENT")
        named = [event for event in events if station.name in f"{event['summary']}\n{event.get('description')}"]
        event = next(iter(named), None) or next(event for event in events if "Hari memilih" in event["summary"])
        begin = event["dtstart"].dt.astimezone(WIB)
        end = f"{event['dtend'].dt.astimezone(WIB):%H.%M}" if "dtend" in event else ""
        lines = str(event["description"]).splitlines()
        own = [line for line in lines if station.name in line or not line.startswith("TPS ")]
        ballots = BALLOTS.search("\n".join(own))
        return Belief(
            status=in_words(str(event["summary"])).status,
            day=f"{begin:%Y-%m-%d}",
            hours=f"{begin:%H.%M}–{end}",
            ballots=ballots[1] if ballots else ALL,
        )

    def in_feed(self, path: str, station: Station) -> Belief:
        """The entries about a TPS in a feed, the newest first. An entry only tells what changed, so not all ballots."""
        if not (self._files / path).exists():
            return Belief()
        atom = "{http://www.w3.org/2005/Atom}"
        told = []
        for entry in ET.fromstring(self.read(path)).iter(f"{atom}entry"):
            title, summary, updated = (entry.findtext(f"{atom}{name}", "") for name in ("title", "summary", "updated"))
            assert updated <= self._now, "a feed tells nothing that is still to come as if it had been"
            if station.name in title and not PAST.search(title):
                told.append(in_words(f"{title}. {summary}")._replace(ballots=None))
        return newest(told) if told else Belief()

    @cached_property
    def _rows(self) -> Sequence[Mapping[str, str]]:
        return list(csv.DictReader(io.StringIO(self.read("data/tps.csv").decode())))

    def row(self, address: str) -> Mapping[str, str]:
        """The row of a TPS in the table."""
        return next(row for row in self._rows if row["page"] == address)

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A table as JSON."""
        found: list[dict[str, Any]] = json.loads(self.read(f"data/{name}.json"))[name]
        return found

    def in_log(self, address: str) -> Belief:
        """The entries about a TPS in the log of all publications."""
        return _of_entries([entry for entry in self.rows("changes") if entry.get("page") == address])


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
    return in_words("\n".join(vote))._replace(place=own[0])


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


def _of_row(row: Mapping[str, Any]) -> Belief:
    """A row of the table of TPS."""
    return Belief(
        status=row["status"],
        place=row["place"],
        was=row["moved_from"] or None,
        day=row["vote_date"],
        hours=_hours(row),
        ballots=_ballots(row),
        basis=row["decree"] or None,
        decided=_moment(row["decided"]),
    )


def _of_entries(entries: Sequence[Mapping[str, Any]]) -> Belief:
    """The entries of the log of changes about one TPS, oldest first."""
    if not entries:
        return Belief()
    decision = next(entry for entry in reversed(entries) if entry.get("declared"))
    now = {key: value for entry in entries for key, value in entry["new"].items()}
    return Belief(
        status=decision["what"],
        place=now.get("place"),
        was=decision["old"].get("place") or decision["old"].get("vote_date"),
        day=now.get("vote_date"),
        hours=_hours(now) if "vote_opens" in now else None,
        ballots=_ballots(now) if "vote_opens" in now else None,
        basis=decision.get("decree"),
        decided=_moment(decision.get("decided")),
    )


def _hours(cells: Mapping[str, Any]) -> str:
    return "–".join(str(cells.get(key) or "").replace(":", ".") for key in ("vote_opens", "vote_closes"))


def _ballots(cells: Mapping[str, Any]) -> str:
    races = str(cells.get("vote_races") or "gubernur bupati").split()
    return ", ".join(race.capitalize() for race in races)


def _moment(text: str | None) -> str | None:
    return text[:16].replace("T", " ") if text else None
