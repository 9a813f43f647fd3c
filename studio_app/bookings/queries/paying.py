"""What would pay for a lesson if it were booked now."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import col, select

from studio_app.bookings.access import bookings as access
from studio_app.bookings.commands.crediting import lesson_at, need_for
from studio_app.bookings.wishes import BookingKind, BookingWish
from studio_app.credits.access import open_lots
from studio_app.credits.rules.lots import UNITS, applies, shares
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import Slot
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import CreditLotId, FamilyId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.people.models import Student


@dataclass(frozen=True, slots=True)
class Paying:
    """Of so many credits that fit, one pays; the sentence is empty where there is none."""

    lot_id: CreditLotId | None
    fitting: int
    words: str


NOTHING = Paying(None, 0, "")


@requires(Permission.LESSON_BOOK)
def paid_by_credit(work: Work, wish: BookingWish, ends_at: datetime) -> Paying:
    """Which credit would pay for this booking, said before it is made. For a weekly lesson none
    does: each of its lessons is paid for as it is held."""
    if wish.kind is BookingKind.WEEKLY:
        return NOTHING
    query = select(Student.family_id).where(
        Student.id == wish.student_id, col(Student.id).in_(access.bookable_students(work))
    )
    found = work.session.exec(query).one_or_none()
    if found is None:
        raise NotFound
    family_id = FamilyId(found)
    zone = studio_zone(work)
    slot = Slot(wish.starts_at, max(ends_at, wish.starts_at + timedelta(minutes=1)))
    lesson = lesson_at(slot, zone, wish.lesson_type_id, wish.teacher_id)
    need = need_for(work.now, zone, family_id, wish.student_id, lesson)
    lots = open_lots(work, [family_id], UNITS)
    chosen = shares(lots, need)
    if not chosen:
        return NOTHING
    fitting = sum(lot.left for lot in lots if applies(lot, need))
    return Paying(chosen[0].lot_id, fitting, _said(fitting).say(work.actor.locale))


def _said(fitting: int) -> Text:
    if fitting == 1:
        return _("Paid by your credit. None is left after it.")
    return _("Paid by 1 of your {n} credits; {left} left after it.", n=fitting, left=fitting - 1)
