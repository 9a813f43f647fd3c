"""What a calendar program is told that asks with a link."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from studio_app.calendars.access import rows
from studio_app.calendars.access.rows import FeedRow, Head, Sum
from studio_app.calendars.ical import Sheet, feed_of
from studio_app.calendars.links import Link
from studio_app.calendars.rules.entries import Occasion, Saying, entries
from studio_app.calendars.rules.feeds import FeedAbout
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_list
from studio_app.kit.ids import earlier
from studio_app.kit.settings import settings
from studio_app.kit.words import CATALOGUES, _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.rules.plans import Plan
from studio_app.scheduling.rules.states import LessonStatus


def _fingerprint() -> bytes:
    """Of everything that words a feed: a new release writes the same lessons anew."""
    here = Path(__file__).parents[1]
    files = [*sorted(here.rglob("*.py")), *sorted(CATALOGUES.rglob("*.po"))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).digest()


_WRITER = _fingerprint()


@dataclass(frozen=True, slots=True)
class Calendar:
    """A feed as it is sent; `stamp` is the same as long as its lessons read the same."""

    stamp: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a feed was stamped with, and by what one sees that it still would be."""

    stamp: str
    link: Link
    day: date
    first_entry: UUID
    changes: int


LONGEST_WORK = timedelta(hours=1)
"""Longer than any transaction takes: each statement in it, and each pause, has its limit. What
began before that and is not written yet would be missed until the next change."""


@requires(Permission.LESSON_VIEW)
def feed_stamp(work: Work, link: Link, known: Stamped | None = None) -> Stamped:
    """What the feed would be stamped with now. One statement, however many lessons there are,
    where it is `known` and nothing has changed in the studio; else one more."""
    if known and (known.link, known.day) == (link.lasting, work.now.date()):
        changes = rows.changes_since(work, known.first_entry)
        if changes == known.changes:
            return known
    first = earlier(work.id, LONGEST_WORK)
    head, all_rows, changes = rows.head_and_sum(work, link, first)
    stamp = _stamp(link, head, all_rows)
    return Stamped(stamp, link.lasting, work.now.date(), first, changes)


@requires(Permission.LESSON_VIEW)
def feed_calendar(work: Work, link: Link) -> Calendar:
    """The feed, stamped by the very rows it is written from."""
    head, found = rows.head(work, link), rows.feed_rows(work, link)
    stamp = _stamp(link, head, Sum(len(found), sum(row.hash for row in found)))
    changed = rows.changed_at(work, list({row.id for row in found}))
    seen = [
        _occasion(work, link, list(each), changed.get(lesson_id))
        for lesson_id, each in groupby(found, key=lambda row: row.id)
    ]
    whose = _("{studio}: {name}", studio=head.studio, name=head.subject)
    name = whose.say(work.actor.locale) if head.subject.strip() else head.studio
    return Calendar(stamp, feed_of(Sheet(name, head.zone), entries(seen)))


def _stamp(link: Link, head: Head, all_rows: Sum) -> str:
    said = (link.about.value, link.actor.locale, head.subject, head.studio, head.zone)
    of_all = repr((*said, settings().studio_origin, all_rows.count, all_rows.total)).encode()
    return hashlib.sha256(_WRITER + of_all).hexdigest()[:32]


def _occasion(
    work: Work, link: Link, each: Sequence[FeedRow], changed: datetime | None
) -> Occasion:
    row = each[0]
    return Occasion(
        id=row.id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        saying=_saying(link, each, work.actor.locale),
        changed_at=changed or row.created_at,
        is_off=row.status == LessonStatus.CANCELLED,
        series_id=row.series_id,
        plan=_plan(row),
        occurs_on=row.occurs_on,
    )


def _plan(row: FeedRow) -> Plan | None:
    """Where the series ends is no matter: what is shown ends with the last lesson there is."""
    if row.first_on is None or row.at is None or row.zone is None or row.weekdays is None:
        return None
    return Plan(
        row.first_on,
        row.at,
        row.minutes or 0,
        ZoneInfo(row.zone),
        frozenset(row.weekdays),
        row.every_weeks or 1,
    )


def _saying(link: Link, each: Sequence[FeedRow], locale: str) -> Saying:
    """A teacher reads whom they teach; a family its own; a door who teaches behind it."""
    row = each[0]
    is_off = row.status == LessonStatus.CANCELLED
    names = [f"{one.first_name} {one.last_name}".strip() for one in each if one.student_id]
    if link.about is FeedAbout.ROOM:
        names = [row.teacher]
    who = say_list(sorted(names), locale) if names else ""
    summary = _("{lesson}, {student}", lesson=row.lesson_type, student=who)
    teacher = _("With {teacher}", teacher=row.teacher).say(locale)
    return Saying(
        summary=summary.say(locale) if who else row.lesson_type,
        description="" if link.about in {FeedAbout.TEACHER, FeedAbout.ROOM} else teacher,
        location=_where(row, locale),
        url=(row.meeting or "") if row.is_online and not is_off else "",
        is_tentative=row.status == LessonStatus.PROVISIONAL,
    )


def _where(row: FeedRow, locale: str) -> str:
    if row.is_online:
        return row.meeting or _("online").say(locale)
    parts = (row.room, row.location, row.address)
    return ", ".join(dict.fromkeys(" ".join(part.split()) for part in parts if part))
