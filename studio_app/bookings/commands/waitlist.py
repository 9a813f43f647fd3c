"""Who waits for what: families and the office add it, change it and take it back."""

from datetime import date
from typing import Any

from studio_app.bookings.access import waiting as access
from studio_app.bookings.access.bookings import is_office, require_bookable
from studio_app.bookings.events import WaitingEnded
from studio_app.bookings.models.waiting import Waiting
from studio_app.bookings.rules.waiting import WaitingKind, WaitingState, stored
from studio_app.bookings.wishes import WaitingWish
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict, Forbidden, Refused
from studio_app.kit.ids import StudentId, WaitingId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people import access as people
from studio_app.scheduling.access.setup import EndsBeforeItStarts

MOST_TIMES = 21


class ForNobody(Refused):
    message = _("Please say which teacher, or which instrument.")


class NotATime(Refused):
    message = _("Each time begins before it ends, within one day.")


class TooManyTimes(Refused):
    message = _("Three times for each day of the week are as many as can be kept.")


class Over(Conflict):
    message = _("This does not wait any more.")


@requires(Permission.LESSON_BOOK)
def wait_for(work: Work, student_id: StudentId, wish: WaitingWish) -> WaitingId:
    """Wait from now on; whoever asked earlier is asked earlier."""
    require_bookable(work, student_id)
    entry = Waiting(
        student_id=student_id,
        submitted_at=work.now,
        asked_by=work.actor.person_id,
        created_at=work.now,
        **_values(work, wish),
    )
    work.session.add(entry)
    work.session.flush()
    return entry.id


@requires(Permission.LESSON_BOOK)
def wait_for_something_else(work: Work, waiting_id: WaitingId, wish: WaitingWish) -> None:
    """Change what is waited for; the place in the order stays."""
    entry = _own(work, waiting_id)
    entry.sqlmodel_update(_values(work, wish))
    work.session.flush()


@requires(Permission.LESSON_BOOK)
def stop_waiting(work: Work, waiting_id: WaitingId) -> None:
    """Wait no more; what has been offered meanwhile goes to the next."""
    entry = _own(work, waiting_id)
    entry.end(WaitingState.WITHDRAWN, work.now)
    work.session.flush()
    work.emit(WaitingEnded(entry.id))


@requires(Permission.LESSON_BOOK)
def wait_again(work: Work, waiting_id: WaitingId) -> None:
    """Undo of `stop_waiting`: at the same place in the order."""
    entry = access.entry(work, waiting_id, lock=True)
    require_bookable(work, entry.student_id)
    if entry.state != WaitingState.WITHDRAWN:
        raise Over
    entry.state, entry.ended_at = WaitingState.WAITING, None
    work.session.flush()


def _own(work: Work, waiting_id: WaitingId) -> Waiting:
    entry = access.entry(work, waiting_id, lock=True)
    require_bookable(work, entry.student_id)
    if entry.state != WaitingState.WAITING:
        raise Over
    return entry


def _values(work: Work, wish: WaitingWish) -> dict[str, Any]:
    access.require_kind(work, wish.lesson_type_id)
    if wish.teacher_id is not None:
        people.teacher(work, wish.teacher_id)
    if wish.kind is WaitingKind.MAKE_UP and not is_office(work):
        raise Forbidden  # who has something to make up for is the studio's to say
    from_on = wish.from_on or local_date(work.now, studio_zone(work))
    _check(wish, from_on)
    return {
        "lesson_type_id": wish.lesson_type_id,
        "teacher_id": wish.teacher_id,
        "instrument": wish.instrument.strip(),
        "kind": wish.kind,
        "weekly": wish.weekly,
        "times": stored(wish.times),
        "from_on": from_on,
        "until_on": wish.until_on,
    }


def _check(wish: WaitingWish, from_on: date) -> None:
    if wish.teacher_id is None and not wish.instrument.strip():
        raise ForNobody
    if wish.until_on is not None and wish.until_on < from_on:
        raise EndsBeforeItStarts
    if len(wish.times) > MOST_TIMES:
        raise TooManyTimes
    if not all(one.makes_sense for one in wish.times):
        raise NotATime
