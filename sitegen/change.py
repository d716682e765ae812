"""A decision about one TPS, written into the file of its village: what ``build.py change`` does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from sitegen.checks.shard import check_shard
from sitegen.content.documents import Document, Loader
from sitegen.content.explain import explain
from sitegen.content.folders import Folders
from sitegen.content.shard import VILLAGE_TPS, ShardContent, read_shard
from sitegen.content.site import CONFIG, ELECTION, SCHEDULE
from sitegen.content.sources import Sources, find
from sitegen.content.yaml_edit import changed
from sitegen.content.yaml_write import document
from sitegen.model.region import Village
from sitegen.model.tps import Change, ChangeKind, Source, Tps, VillageTps
from sitegen.names import readings
from sitegen.pages.calendar import changed_tps
from sitegen.pages.notices import home_notice, tps_notice, village_notice
from sitegen.pages.shard import Extras, plan_shard
from sitegen.pages.site import site_view
from sitegen.pages.views import Assets, Notice, Site
from sitegen.privacy.gate import check_texts
from sitegen.problems import ContentError, Message, Problem, UsageError, Verdict, msg

T = TypeVar("T")
CHANGE = TypeAdapter(Change)
TPS = TypeAdapter(Tps)
SOURCE = TypeAdapter(Source)
OF_THE_PLACE = ("place", "address", "landmark", "by_water", "wheelchair", "coordinates")
"""Keys of a TPS that describe its place: after a move the old values are wrong."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What an operator wants: which TPS, and the keys of the change and of the new place as text."""

    village: str
    tps: str
    change: Mapping[str, Any]
    place: Mapping[str, str]
    as_of: str | None = None


class Where(NamedTuple):
    """A village with its kecamatan, and the file of its TPS."""

    shard: ShardContent
    village: Village
    file: Document[VillageTps]

    @property
    def name(self) -> str:
        """The village with its kecamatan."""
        return f"{self.village.name}, {self.shard.kecamatan.data.name}"


class Seen(NamedTuple):
    """What readers see of a TPS: the message that they send to the family, and the notices with their pages."""

    message: Message
    notices: tuple[tuple[Message, Notice], ...]


class Proposal(NamedTuple):
    """A file as it would be, whether all of it would be written anew, and what readers would see before and after."""

    path: Path
    text: str
    is_anew: bool
    before: Seen
    after: Seen


@dataclass(frozen=True, slots=True)
class Office:
    """Where an operator changes something: the site and its files."""

    site: Site
    sources: Sources
    races: tuple[str, ...]


def open_office(config: Path, content: Path) -> Office:
    """Read what every change needs.

    Raises:
        UsageError: there is no site here.
        ContentError: configuration, election or calendar have errors.
    """
    if not config.exists():
        raise UsageError(msg("There is no %(path)s here", path=str(config)))
    loader = Loader()
    found = loader.yaml(config, CONFIG)
    sources = find(content, found.data.election if found else "", Folders())
    election = loader.yaml(sources.election, ELECTION) if found else None
    schedule = loader.yaml(sources.schedule, SCHEDULE) if found else None
    if found is None or election is None or schedule is None:
        raise ContentError(loader.problems)
    site = site_view(found.data, election.data, schedule.data, Assets({}, {}))
    return Office(site, sources, tuple(race.id for race in election.data.races))


def villages(office: Office, name: str) -> list[Where]:
    """The villages that are called ``name``: a Kemendagri code, or a name, with its kecamatan behind a comma."""
    name, _, kecamatan = (part.strip() for part in name.partition(","))
    wanted, inside = {reading.key for reading in readings(name)}, {reading.key for reading in readings(kecamatan)}
    found = []
    for files in office.sources.shards:
        loader = Loader()
        shard = read_shard(files, loader)
        if shard is None or loader.problems:
            raise ContentError(loader.problems)
        if kecamatan and not _is_called(inside, shard.kecamatan.data.name, shard.kecamatan.data.other_names):
            continue
        documents = {document.data.village: document for document in shard.tps}
        found += [
            Where(shard, village, documents[village.code])
            for village in shard.kecamatan.data.villages
            if village.code in documents
            and (village.code == name or _is_called(wanted, village.name, village.other_names))
        ]
    return found


def _is_called(wanted: set[str], name: str, others: Sequence[str]) -> bool:
    return any(readings(each)[0].key in wanted for each in (name, *others))


def one_village(office: Office, name: str) -> Where:
    """The one village that is called ``name``.

    Raises UsageError when there is none, or more than one.
    """
    found = villages(office, name)
    if not found:
        raise UsageError(msg("No village with TPS is called %(name)s", name=name))
    if len(found) > 1:
        names = "; ".join(f"{where.name} ({where.village.code})" for where in found)
        raise UsageError(msg("Which one? Write the kecamatan behind a comma, or the code: %(names)s", names=names))
    return found[0]


def station(where: Where, number: str) -> Tps:
    """The TPS of a village by its number. Raises UsageError when there is none."""
    found = next((tps for tps in where.file.data.tps if str(tps.number) == number.strip()), None)
    if found is None:
        numbers = ", ".join(str(tps.number) for tps in where.file.data.tps)
        raise UsageError(msg("%(village)s has these TPS: %(numbers)s", village=where.name, numbers=numbers or "–"))
    return found


def propose(office: Office, wish: Wish) -> Proposal:
    """What the file of the village would be, and what readers would see.

    Raises:
        UsageError: no such village or TPS, or a value that cannot be.
        ContentError: the file would have errors.
    """
    where = one_village(office, wish.village)
    old = station(where, wish.tps)
    decided = _changed(old, _change(old, wish), wish)
    source = _source(office, where.file.data.source, decided, wish)
    content = where.file.data
    new = replace(content, source=source, tps=tuple(decided if tps is old else tps for tps in content.tps))
    text, is_anew = _text(where.file, new)
    file = _checked(office, where, text)
    before, after = (_seen(office, where, each, old.number) for each in (where.file, file))
    return Proposal(Path(where.file.path), text, is_anew, before, after)


def _change(old: Tps, wish: Wish) -> Change:
    values = {key: value for key, value in wish.change.items() if value}
    if values.get("kind") == ChangeKind.MOVED.value:
        values.setdefault("from_place", old.place)
    return typed(CHANGE, values)


def typed(model: TypeAdapter[T], values: Mapping[str, Any]) -> T:
    """``values`` as the model has them. Raises UsageError with the first thing that is wrong."""
    try:
        return model.validate_python(values)
    except ValidationError as error:
        first = next(explain(error, model))
        raise UsageError(msg("%(what)s. %(fix)s", what=first.what, fix=first.fix)) from error


def _changed(old: Tps, change: Change, wish: Wish) -> Tps:
    """The TPS after the change. What described the old place goes with it."""
    if change.kind is not ChangeKind.MOVED:
        return replace(old, changes=(*old.changes, change))
    place = typed(TPS, {"number": str(old.number), **{key: value for key, value in wish.place.items() if value}})
    values = {key: getattr(place, key) for key in OF_THE_PLACE}
    return replace(old, changes=(*old.changes, change), **values)


def _source(office: Office, source: Source, changed: Tps, wish: Wish) -> Source:
    """The source with the date that the data have now: not before the decision, and never earlier than it was."""
    known = source.as_of or office.site.election.data_as_of
    told = typed(SOURCE, {"document": "-", "as_of": wish.as_of}).as_of if wish.as_of else None
    newest: dt.datetime = max(filter(None, (known, told, changed.changes[-1].decided)))
    return replace(source, as_of=newest) if newest > known else source


def _text(file: Document[VillageTps], new: VillageTps) -> tuple[str, bool]:
    """The file with as few lines new as it can be; where people wrote it so that nothing fits, all of it anew."""
    text = changed(file.text, VILLAGE_TPS, file.data, new)
    if text is not None:
        return text, False
    head = "".join(takewhile(lambda line: line.startswith("#"), file.text.splitlines(keepends=True)))
    return head + document(new), True


def _checked(office: Office, where: Where, text: str) -> Document[VillageTps]:
    """The new file. Raises ContentError with all that would be wrong with it and is not yet."""
    loader = Loader()
    file = loader.text(Path(where.file.path), text, VILLAGE_TPS)
    problems = [*loader.problems, *check_texts(loader.texts, loader.trees)]
    if file:
        known = {(problem.code, problem.what) for problem in _problems(office, where.shard)}
        found = _problems(office, _with(where, file))
        problems += [problem for problem in found if (problem.code, problem.what) not in known]
    verdict = Verdict.of(problems)
    if file is None or verdict.errors:
        raise ContentError(list(verdict.errors))
    return file


def _problems(office: Office, shard: ShardContent) -> Iterator[Problem]:
    return check_shard(shard, office.site.election, office.site.config.region.code)


def _with(where: Where, file: Document[VillageTps]) -> ShardContent:
    documents = (file if each.path == file.path else each for each in where.shard.tps)
    return replace(where.shard, tps=tuple(documents))


def _seen(office: Office, where: Where, file: Document[VillageTps], number: int) -> Seen:
    plan = plan_shard(office.site, _with(where, file), Extras())
    village = next(view for view in plan.villages if view.code == where.village.code)
    tps = next(view for view in village.tps if view.tps.number == number)
    own = replace(plan.summary, villages=tuple(one for one in plan.summary.villages if one.code == village.code))
    as_of = max(office.site.as_of, village.as_of)
    found = (
        (msg("Page of the TPS"), tps_notice(office.site, village, tps)),
        (msg("Page of the village"), village_notice(office.site, village)),
        (msg("Home"), home_notice(changed_tps(office.site, [own], as_of), village.vote)),
    )
    return Seen(tps.share_text, tuple((page, notice) for page, notice in found if notice))


def write(proposal: Proposal) -> None:
    """Write the file."""
    proposal.path.write_text(proposal.text, encoding="utf-8", newline="\n")
