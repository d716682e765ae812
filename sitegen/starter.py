"""What a new site begins with: the office, its ballots and its election, worked out from the region."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from string import Template

from sitegen.content.documents import Loader
from sitegen.content.site import ELECTION
from sitegen.content.yaml_write import scalar
from sitegen.hierarchy import Area
from sitegen.model.config import Contact, DataStatus, KppsPublication, Office, Region, SiteConfig
from sitegen.model.election import (
    Citation,
    Election,
    KecamatanTotals,
    OfficialTotals,
    Race,
    TimeZone,
    VoterTotals,
)
from sitegen.problems import ContentError, UsageError, msg

STARTERS = Path(__file__).resolve().parent.parent / "data" / "starter"
CONFIG_TEXT = STARTERS / "site_config.yaml"
NEWS_STARTER = STARTERS / "news.md"
_CONTACT_EXAMPLES = {
    "address": "Jalan …, …",
    "hours": "Senin–Jumat, pukul …",
    "phone": "nomor telepon kantor",
    "email": "surel kantor",
    "whatsapp": '"62…"',
    "website": "https://…",
}
_WITA = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_ACEH, _JAKARTA, _YOGYAKARTA = "11", "31", "34"


def time_zone(code: str) -> TimeZone:
    """Time zone of a region, by its provinsi (Keputusan Presiden 41/1987)."""
    if code[:2] in _WITA:
        return "WITA"
    return "WIT" if code[:2] >= "81" else "WIB"


def short_name(area: Area) -> str:
    """The region's name as people say it: ``Pamekasan``, but ``Kota Bandung``."""
    return area.name.removeprefix("Kabupaten ").replace("Kota Administrasi ", "").removeprefix("Administrasi ")


def office_of(area: Area) -> Office:
    """The KPU of a provinsi, kabupaten or kota; in Aceh the Komisi Independen Pemilihan (UU 11/2006)."""
    if is_kip(area.code):
        return Office(name=f"Komisi Independen Pemilihan {area.name}", short_name=f"KIP {short_name(area)}")
    level = "" if "." in area.code else "Provinsi "
    return Office(name=f"KPU {level}{area.name}", short_name=f"KPU {short_name(area)}")


def is_kip(code: str) -> bool:
    """Whether the election office of a region is called KIP instead of KPU."""
    return code[:2] == _ACEH


def config_of(area: Area, office: Office, election: str, *, is_sample: bool) -> SiteConfig:
    """Configuration of a new site. Data of a real office are provisional until it says otherwise."""
    return SiteConfig(
        office=office,
        contact=Contact(address=f"Kantor {office.name}"),
        region=Region(code=area.code, name=area.name, short_name=short_name(area)),
        election=election,
        data_status=DataStatus.SAMPLE if is_sample else DataStatus.PROVISIONAL,
        kpps=KppsPublication(publish="names" if is_sample else "roles"),
    )


def config_text(config: SiteConfig) -> str:
    """``site_config.yaml`` with every key explained, because people look there for what can be set."""
    contact = {name: getattr(config.contact, name) for name in _CONTACT_EXAMPLES}
    lines = [
        f"  {name}: {scalar(value)}" if value else f"  # {name}: {_CONTACT_EXAMPLES[name]}"
        for name, value in contact.items()
    ]
    until, address = config.kpps.names_until, config.base_url
    values = {
        "title": config.title,
        "office": config.office.name,
        "office_short": config.office.short_name,
        "code": config.region.code,
        "region": config.region.name,
        "region_short": config.region.short_name,
        "election": config.election,
        "data_status": config.data_status,
        "publish": config.kpps.publish,
        "offline": config.offline,
        "fresh_days": config.fresh_days,
    }
    return Template(CONFIG_TEXT.read_text(encoding="utf-8")).substitute(
        {name: scalar(value) for name, value in values.items()},
        contact="\n".join(lines),
        languages=", ".join(config.languages),
        names_until=f"  names_until: {until}" if until else "  # names_until: 2024-12-08",
        base_url=f"base_url: {scalar(address)}" if address else "# base_url: https://tps.example.go.id/",
    )


def races_of(province: Area, area: Area) -> tuple[Race, ...]:
    """Ballots of a region. Yogyakarta does not elect its governor (UU 13/2012), and Jakarta's kota and
    kabupaten have no elected heads (UU 29/2007).
    """
    governor = Race(id="gubernur", name=f"Pemilihan Gubernur dan Wakil Gubernur {province.name}", short_name="Gubernur")
    races = [] if province.code == _YOGYAKARTA else [governor]
    if area is not province and province.code != _JAKARTA:
        head = "Wali Kota" if area.name.startswith("Kota ") else "Bupati"
        place = area.name.removeprefix("Kota ").removeprefix("Kabupaten ")
        name = f"Pemilihan {head} dan Wakil {head} {place}"
        races.append(Race(id=head.lower().replace(" ", "-"), name=name, short_name=head))
    return tuple(races)


def folder_of(election: str) -> Path:
    """Folder with the starting values of an election. Raises UsageError when there is none."""
    known = sorted(path.parent.name for path in STARTERS.glob("*/election.yaml"))
    if election not in known:
        raise UsageError(
            msg("No starting values for the election %(name)s; known: %(known)s", name=election, known=", ".join(known))
        )
    return STARTERS / election


def election_of(election: str, province: Area, area: Area) -> Election:
    """The election as it is in a region, without totals."""
    loader = Loader()
    found = loader.yaml(folder_of(election) / "election.yaml", ELECTION)
    if found is None:
        raise ContentError(loader.problems)
    heads = " dan ".join(race.short_name for race in races_of(province, area))
    title = f"Pemilihan {heads} di {area.name} Tahun {found.data.date.year}"
    return replace(found.data, title=title, races=races_of(province, area), time_zone=time_zone(area.code))


def totals_of(kecamatan: Sequence[KecamatanTotals], men: int, women: int, kpps: int, source: str) -> OfficialTotals:
    """Totals of a region from those of its kecamatan."""
    return OfficialTotals(
        source=Citation(name=source),
        villages=sum(k.villages for k in kecamatan),
        tps=sum(k.tps for k in kecamatan),
        kpps=kpps,
        voters=VoterTotals(total=men + women, men=men, women=women),
        kecamatan=tuple(kecamatan),
    )
