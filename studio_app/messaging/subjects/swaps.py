"""Two lessons that may change places: nobody reads whose the other one is."""

from uuid import UUID

from studio_app.bookings.models.waiting import Swap
from studio_app.bookings.rules.waiting import SwapState
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId, SwapId
from studio_app.kit.words import _
from studio_app.messaging import paths
from studio_app.messaging.access.lessons import own_students
from studio_app.messaging.subjects.told import Answer, Telling, Told
from studio_app.people.models import Student
from studio_app.scheduling.access.lessons import students_in

_STILL = {"swap_proposed": SwapState.PROPOSED, "swap_declined": SwapState.DECLINED}


def tell(telling: Telling) -> Answer:
    """Where their lesson is, and where the other one."""
    work, message = telling.work, telling.message
    swap = work.session.get(Swap, SwapId(message.about_ids[0]))
    if swap is None or swap.state != _STILL[message.kind]:
        return _("It has been decided otherwise meanwhile.")
    lesson_id = LessonId(UUID(str(message.facts["lesson"])))
    own = own_students(work, telling.recipient.contact_id)
    theirs = [each for each in students_in(work, lesson_id) if each in own]
    if not theirs:
        return _("Nobody of this family takes part any more.")
    at, other = swap.lesson_at, swap.other_at
    if lesson_id == swap.other_id:
        at, other = other, at
    zone, language = telling.house.zone, telling.language
    words = {
        "student": work.session.get_one(Student, theirs[0]).first_name,
        "when": say_when(at, zone, language),
        "other": say_when(other, zone, language),
    }
    return Told(words, paths.swap(swap.id))
