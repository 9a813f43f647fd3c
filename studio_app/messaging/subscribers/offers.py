"""Asking families about a free time, and telling the office what came of it."""

from uuid import UUID

from studio_app.bookings.events import (
    NobodyTookIt,
    OfferAccepted,
    OfferEnded,
    SlotOffered,
    SwapDeclined,
    SwapProposed,
)
from studio_app.bookings.models.waiting import Freed, Offer, Swap, Waiting
from studio_app.bookings.rules.waiting import OfferState, WaitingState
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work
from studio_app.messaging import paths
from studio_app.messaging.access import contacts
from studio_app.messaging.access.studio import house
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.people.models import Student, Teacher
from studio_app.scheduling.access.lessons import students_in


def tell_of_an_offer(work: Work, event: SlotOffered) -> None:
    offer = work.session.get(Offer, event.offer_id)
    entry = work.session.get(Waiting, offer.waiting_id) if offer else None
    if offer is None or entry is None or offer.decided_at is not None:
        return
    occasion = _occasion(work, "slot_offered", offer.id)
    post(work, occasion, contacts.hearing_of_lessons(work, [entry.student_id]))


def tell_that_it_is_gone(work: Work, event: OfferEnded) -> None:
    """Who had heard of an offer hears that it was taken back, if they still wait."""
    offer = work.session.get(Offer, event.offer_id)
    entry = work.session.get(Waiting, offer.waiting_id) if offer else None
    if offer is None or entry is None or offer.delivered_at is None:
        return
    if (offer.state, entry.state) == (OfferState.WITHDRAWN, WaitingState.WAITING):
        occasion = _occasion(work, "slot_withdrawn", offer.id)
        post(work, occasion, contacts.hearing_of_lessons(work, [entry.student_id]))


def tell_who_took_it(work: Work, event: OfferAccepted) -> None:
    offer = work.session.get(Offer, event.offer_id)
    entry = work.session.get(Waiting, offer.waiting_id) if offer else None
    student = work.session.get(Student, entry.student_id) if entry else None
    teacher = work.session.get(Teacher, offer.teacher_id) if offer else None
    if offer is None or student is None or teacher is None:
        return
    here = house(work)
    when = say_when(offer.starts_at, here.zone, here.language)
    what = _("{student}, {when}, {teacher}", student=student.name, when=when, teacher=teacher.name)
    _tell_office(work, "slot_taken", offer.id, what)


def tell_that_nobody_took_it(work: Work, event: NobodyTookIt) -> None:
    freed = work.session.get(Freed, event.freed_id)
    teacher = work.session.get(Teacher, freed.teacher_id) if freed else None
    if freed is None or teacher is None:
        return
    here = house(work)
    when = say_when(freed.starts_at, here.zone, here.language)
    _tell_office(work, "slot_left", freed.id, _("{when}, {name}", when=when, name=teacher.name))


def tell_of_a_swap(work: Work, event: SwapProposed) -> None:
    """The other family is asked."""
    swap = work.session.get(Swap, event.swap_id)
    if swap is not None:
        _tell_families(work, "swap_proposed", swap, swap.other_id)


def tell_that_no_swap(work: Work, event: SwapDeclined) -> None:
    swap = work.session.get(Swap, event.swap_id)
    if swap is not None:
        _tell_families(work, "swap_declined", swap, swap.lesson_id)


def _tell_families(work: Work, kind: str, swap: Swap, lesson_id: LessonId) -> None:
    students = students_in(work, lesson_id)
    occasion = _occasion(work, kind, swap.id, facts={"lesson": str(lesson_id)})
    post(work, occasion, contacts.hearing_of_lessons(work, list(students)))


def _tell_office(work: Work, kind: str, about: UUID, what: Text) -> None:
    facts = {"what": what.say(house(work).language), "path": paths.OFFICE_WAITLIST}
    post(work, _occasion(work, kind, about, facts=facts), contacts.in_office(work))


def _occasion(work: Work, kind: str, about: UUID, facts: dict[str, str] | None = None) -> Occasion:
    return Occasion(
        kind, about=(about,), happened_at=work.now, key=str(about), why=kind, facts=facts or {}
    )
