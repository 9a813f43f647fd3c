"""Open times, and which of them can be had every week."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date

from studio_app.kit.clock import Slot, local_date
from studio_app.kit.ids import LocationId
from studio_app.kit.work import Work
from studio_app.scheduling import slots
from studio_app.scheduling.access.coming_weeks import booked_at
from studio_app.scheduling.rules.drafts import WHOLE
from studio_app.scheduling.rules.every_week import Days, Weekly, coming, every_week, published_in
from studio_app.scheduling.rules.hours import Hours
from studio_app.scheduling.rules.openings import Opening
from studio_app.scheduling.slots import OpenTimes, Read
from studio_app.scheduling.wishes import SlotSearch

Wanted = Mapping[Opening, tuple[Hours, Days]]


def find(work: Work, search: SlotSearch, *, as_family: bool) -> OpenTimes:
    """As `slots.find`, with `weekly`: what is published and free as far ahead as a weekly lesson
    is put into the diary. One statement more, and none where no slots are published."""
    read = slots.read_diary(work, search, as_family=as_family, beyond=WHOLE)
    found = slots.open_in(read, search, as_family=as_family)
    if read.sought is None:
        return found
    zone, today = found.zone, local_date(work.now, found.zone)
    published = [(one, published_in(read.diary.hours, one, zone)) for one in found.openings]
    wanted = {one: (block, coming(one, block, zone, today)) for one, block in published if block}
    return replace(found, weekly=_weekly(work, search, read, wanted)) if wanted else found


def _weekly(work: Work, search: SlotSearch, read: Read, wanted: Wanted) -> dict[Opening, Weekly]:
    sought = read.sought
    assert sought is not None  # noqa: S101  without it there are no openings
    way = max(sought.buffer, sought.travel)
    days = {slot for _block, found in wanted.values() for _day, slot in found}
    busy = booked_at(
        work,
        [Slot(slot.starts_at - way, slot.ends_at + way) for slot in sorted(days)],
        teachers={one.teacher_id for one in wanted},
        rooms=[hall.id for hall in read.diary.halls if sought.needs_room],
        students=search.student_ids,
    )
    others = [one.busy for one in busy if one.lesson_id != search.without]
    diary = replace(
        read.diary,
        busy=[*read.diary.busy, *others],
        closed=_closed(read, wanted.values(), {one.location_id for one in wanted}),
    )
    return every_week(diary, sought, wanted)


def _closed(
    read: Read, wanted: Iterable[tuple[Hours, Days]], places: Iterable[LocationId | None]
) -> dict[LocationId | None, Collection[date]]:
    ends = [day for _block, found in wanted for day, _slot in found]
    first, last = min(ends), max(ends)
    return {place: read.frame.closed_at(place, first, last) for place in {None, *places}}
