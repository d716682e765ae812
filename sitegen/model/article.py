"""News and guides: front matter of Markdown files."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from sitegen.model.election import Citation
from sitegen.model.fields import Count, Date, Line, Prose, TpsNumber, Truth, VillageCode, about, content_type


class NewsKind(StrEnum):
    """What a news item is."""

    ANNOUNCEMENT = "announcement"
    TPS_CHANGE = "tps_change"
    REPEAT_VOTE = "repeat_vote"
    CORRECTION = "correction"


@content_type
class Correction:
    """A mistake of a published text, mended."""

    date: Annotated[Date, about("When it was mended.")]
    was: Annotated[Prose | None, about("What was wrong, as it was written; it is shown struck through.")] = None
    text: Annotated[Prose, about("What was wrong and what is right.")]


@content_type
class NewsTps:
    """A TPS of the election at the time of the news item."""

    village: Annotated[VillageCode, about("Village of the TPS.")]
    number: Annotated[TpsNumber, about("Number of the TPS.")]


@content_type
class NewsHead:
    """Front matter of ``content/news/<yyyy-mm-dd>-<slug>.md``; date and address come from the file's name."""

    title: Annotated[Line, about("Title.")]
    summary: Annotated[Prose, about("The fact in one or two sentences.")]
    kind: Annotated[NewsKind, about("Kind of news.")] = NewsKind.ANNOUNCEMENT
    draft: Annotated[Truth, about("Not finished: it is checked, but not published.")] = False
    pinned_until: Annotated[Date | None, about("Last day on which it is shown first in the list.")] = None
    villages: Annotated[tuple[VillageCode, ...], about("Villages whose pages show this item.")] = ()
    tps: Annotated[tuple[NewsTps, ...], about("TPS whose pages, and those of their villages, show this item.")] = ()
    kpps_figure: Annotated[Truth, about("Show the figure TPS × 7 = KPPS.")] = False
    sources: Annotated[tuple[Citation, ...], about("Where the facts come from.")]
    corrections: Annotated[tuple[Correction, ...], about("Mistakes that were mended.")] = ()


@content_type
class GuideHead:
    """Front matter of ``content/pages/<slug>.md``."""

    title: Annotated[Line, about("Title.")]
    summary: Annotated[Prose, about("What the reader learns, in one or two sentences.")]
    question: Annotated[Line | None, about("Question under which home links to it.")] = None
    cases: Annotated[
        Truth, about("Each section is a case of which the reader chooses one; the others then step back.")
    ] = False
    order: Annotated[Count, about("Place among the questions of home and in the list of guides.")] = 100
    sources: Annotated[tuple[Citation, ...], about("Where the facts come from.")] = ()
