"""Who can give somebody else's lesson, the best suited first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from studio_app.kit.clock import Slot, local_date
from studio_app.kit.ids import LocationId, StudentId, TeacherId
from studio_app.scheduling.rules.hours import (
    Away,
    Hours,
    away_span,
    days_of_block,
    seconds,
    wall_second,
)


@dataclass(frozen=True, slots=True)
class Task:
    """A lesson that somebody else has to give. Without instruments anybody can."""

    slot: Slot
    location_id: LocationId | None
    instruments: frozenset[str]
    student_ids: frozenset[StudentId]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A teacher, what they teach, when, and whom they have taught. `busy` are their lessons."""

    id: TeacherId
    name: str
    instruments: frozenset[str]
    hours: Sequence[Hours] = ()
    away: Sequence[Away] = ()
    busy: Sequence[Slot] = ()
    has_taught: Collection[StudentId] = ()


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody who is free then, and what speaks for them."""

    teacher_id: TeacherId
    name: str
    works_then: bool
    """It is within their hours; else they are merely free"""
    knows: bool
    same_place: bool
    hurried: bool = False
    """Another lesson elsewhere leaves too little time for the way"""


@dataclass(frozen=True, slots=True)
class Rota:
    """What is known of everybody who might step in."""

    zone: ZoneInfo
    candidates: Sequence[Candidate]
    hurried: Mapping[TeacherId, Collection[Slot]] = field(
        default_factory=dict[TeacherId, Collection[Slot]]
    )
    """When the way from or to another location would be too short"""


def substitutes(rota: Rota, task: Task) -> list[Substitute]:
    """Who teaches it and is free: those first who can make the way, who work then, who know the
    student, who are at that place anyhow."""
    found = [
        _substitute(rota, task, one)
        for one in rota.candidates
        if _teaches(one, task) and not _is_taken(one, task.slot, rota.zone)
    ]
    return sorted(
        found,
        key=lambda s: (s.hurried, not s.works_then, not s.knows, not s.same_place, s.name),
    )


def _teaches(candidate: Candidate, task: Task) -> bool:
    return not task.instruments or not task.instruments.isdisjoint(candidate.instruments)


def _is_taken(candidate: Candidate, slot: Slot, zone: ZoneInfo) -> bool:
    if any(slot.overlaps(other) for other in candidate.busy):
        return True
    begins, ends = seconds(slot.starts_at), seconds(slot.ends_at)
    spans = (away_span(away, zone) for away in candidate.away)
    return any(start < ends and begins < end for start, end in spans)


def _substitute(rota: Rota, task: Task, one: Candidate) -> Substitute:
    working = list(_working(one.hours, task.slot, rota.zone))
    return Substitute(
        one.id,
        one.name,
        works_then=bool(working),
        knows=not task.student_ids.isdisjoint(one.has_taught),
        same_place=any(block.location_id in {None, task.location_id} for block in working),
        hurried=task.slot in rota.hurried.get(one.id, ()),
    )


def _working(hours: Iterable[Hours], slot: Slot, zone: ZoneInfo) -> Iterable[Hours]:
    """The blocks of hours that the whole lesson lies in."""
    day = local_date(slot.starts_at, zone)
    begins, ends = seconds(slot.starts_at), seconds(slot.ends_at)
    for block in hours:
        if days_of_block(block, day, day):
            opens = wall_second(day, block.from_minute, zone)
            closes = wall_second(day, block.until_minute, zone)
            if opens <= begins and ends <= closes:
                yield block
