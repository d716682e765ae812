"""The message that a voter sends to the family: complete even if the link in it never opens."""

from __future__ import annotations

from sitegen.model.region import VillageKind
from sitegen.model.tps import Tps
from sitegen.pages.views import Site
from sitegen.problems import Message, msg


def share_text(site: Site, tps: Tps, kind: VillageKind, village: str, kecamatan: str) -> Message:
    """Village, TPS, place, date, hours, what to bring, as of when; marked when the data are a sample."""
    election = site.election
    return msg(
        "%(mark)sTPS %(number)s, %(kind)s %(village)s, Kec. %(kecamatan)s.\n"
        "Place: %(place)s.\n"
        "%(date)s, %(opens)s–%(closes)s %(zone)s.\n"
        "Bring your KTP-el and the C.Pemberitahuan.\n"
        "Data as of %(as_of)s %(zone)s, %(office)s.",
        mark=site.mark,
        number=tps.number,
        kind=kind.value.capitalize(),
        village=village,
        kecamatan=kecamatan,
        place=", ".join(part for part in (tps.place, tps.address) if part) or msg("not decided yet"),
        date=election.date,
        opens=election.opens,
        closes=election.closes,
        zone=election.time_zone,
        as_of=election.data_as_of,
        office=site.config.office.short_name,
    )
