"""Every address of the site, in one place: they never change once they are published.

All addresses are relative to a language's root and use ``/``.
"""

from __future__ import annotations

import datetime as dt

from sitegen.model.region import Village
from sitegen.slugs import slug

HOME = "index.html"
CEK_TPS = "cek-tps.html"
CARA_MEMILIH = "cara-memilih.html"
JADWAL = "jadwal.html"
BERITA = "berita.html"
KPPS = "kpps.html"
DATA = "data.html"
PERUBAHAN = "perubahan.html"
TENTANG = "tentang.html"
NOT_FOUND = "404.html"
OFFLINE = "luring.html"


def village_slug(village: Village) -> str:
    """A village's name in addresses: pinned in the content, or made from its name."""
    return village.slug or slug(village.name)


def kecamatan_url(election: str, kecamatan: str) -> str:
    """Page of a kecamatan; both arguments are slugs."""
    return f"{election}/{kecamatan}.html"


def village_url(election: str, kecamatan: str, village: str) -> str:
    """Page of a village; all arguments are slugs."""
    return f"{election}/{kecamatan}/{village}.html"


def tps_url(election: str, kecamatan: str, village: str, number: int) -> str:
    """Page of a TPS. TPS numbers belong to one election, so the election is in the address."""
    return tps_below(village_url(election, kecamatan, village), number)


def tps_below(village: str, number: int) -> str:
    """Page of a TPS, by the address of the page of its village."""
    return f"{village.removesuffix('.html')}/tps-{number}.html"


def changes_url(kecamatan: str) -> str:
    """Changes of one kecamatan, by its slug."""
    return f"perubahan/{kecamatan}.html"


def changes_feed(url: str) -> str:
    """Feed of a page of changes."""
    return f"{url.removesuffix('.html')}.atom"


def voting_day_file(election: str) -> str:
    """Calendar file of voting day."""
    return f"{election}/hari-memilih.ics"


def schedule_file(election: str) -> str:
    """Calendar file of all stages."""
    return f"{election}/jadwal.ics"


def own_calendar_file(url: str) -> str:
    """Calendar file of a TPS that votes on a day of its own, and of a village or kecamatan that has one, by the address
    of its page."""
    return f"{url.removesuffix('.html')}.ics"


def sessions_file(url: str) -> str:
    """Calendar file of the trainings of a village or kecamatan, by the address of its page."""
    return f"{url.removesuffix('.html')}/bimtek.ics"


def permanent_url(code: str) -> str:
    """The address of a kecamatan or village that printed QR codes carry: its Kemendagri code."""
    return f"d/{code.replace('.', '')}.html"


def news_url(date: dt.date, name: str) -> str:
    """Page of a news item."""
    return f"berita/{date:%Y/%m}/{name}.html"


def month_url(first: dt.date) -> str:
    """Page of all news of a month."""
    return f"berita/{first:%Y/%m}.html"


def guide_url(name: str) -> str:
    """Page of a guide."""
    return f"{name}.html"


def is_once(url: str) -> bool:
    """Whether a file stands at the publication's root alone, and not in every language."""
    return url.startswith(("data/", "media/")) or url.endswith(".atom")


def is_lasting(url: str) -> bool:
    """Whether the address of a page stays for good. Pages of changes come from the publication before, so a build
    without it has none; two pages are shown in the place of others."""
    return not url.startswith("perubahan/") and url not in (NOT_FOUND, OFFLINE)


def root_of(url: str) -> str:
    """The way from ``url`` up to the root: empty, or ``../`` for every folder."""
    return "../" * url.count("/")
