"""What the office knows and accepts (``elections/<election>/acknowledged.yaml``)."""

from __future__ import annotations

from typing import Annotated

from sitegen.model.fields import Date, Line, PlaceCode, Prose, TpsNumber, about, content_type


@content_type
class Acknowledgement:
    """A finding of the check that is as it should be, with the reason."""

    code: Annotated[Line, about("Code of the finding as the report shows it, such as missing.coordinates.")]
    place: Annotated[
        PlaceCode, about("Kemendagri code of the place that it holds for: a village, a kecamatan or the whole region.")
    ]
    tps: Annotated[
        tuple[TpsNumber, ...], about("Numbers of the TPS, when it does not hold for all TPS of the place.")
    ] = ()
    reason: Annotated[Prose, about("Why it is right as it is, so that somebody else understands it in a year.")]
    by: Annotated[Line | None, about("Which part of the office decided it; no person's name is needed.")] = None
    date: Annotated[Date | None, about("When it was decided: 2024-11-20.")] = None


@content_type
class AcknowledgedFile:
    """All that the office accepts in one election."""

    acknowledged: Annotated[tuple[Acknowledgement, ...], about("One entry for each finding.")]
