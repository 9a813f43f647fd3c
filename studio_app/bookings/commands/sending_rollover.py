"""Families are asked: from here on the times of the new term are held for them."""

from collections.abc import Sequence

from studio_app.bookings.access import rollover as access
from studio_app.bookings.commands.rollover import DatesDoNotFit
from studio_app.bookings.events import RolloverAsked
from studio_app.bookings.models.rollover import Rollover, RolloverPlace
from studio_app.bookings.planning_rollover import NextTerm, next_wish
from studio_app.bookings.rules.rollover import RolloverState, problem_with_day
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.errors import Conflict, NeedsReason, Refused
from studio_app.kit.ids import RolloverId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.scheduling import diary
from studio_app.scheduling.access.continuing import AtEnd, plans_of, weekly_at_end_of
from studio_app.scheduling.commands import continuing
from studio_app.scheduling.commands.series import extend_series


class NobodyToAsk(Refused):
    message = _("Everybody is left out: there is nobody to ask.")


class LeavesMeanwhile(Conflict):
    message = _("Somebody does not take part to the end of the term any more.")


class DoesNotGo(Conflict):
    message = _("It cannot be held in the new term.")


@requires(Permission.CALENDAR_MANAGE)
def send_rollover(work: Work, rollover_id: RolloverId, *, despite: str = "") -> None:
    """Hold every time in the new term, all or none, and ask each family once.

    What staff should think of needs a reason (`despite`), or it is Cautioned; a lesson that
    cannot be held at all is named, to be changed or left out.
    """
    run = access.prepared(work, rollover_id)
    asked = access.places(work, run.id)
    if not asked:
        raise NobodyToAsk
    old, new = access.terms_of(work, run)
    today = local_date(work.now, studio_zone(work))
    problem = problem_with_day(run.answer_by, new.last_on, today)
    if problem:
        raise DatesDoNotFit(problem)
    diary.lock_ids(work, access.needed_by(work, asked))
    _require_still(work, asked, weekly_at_end_of(work, old, new))
    _hold_all(work, run, asked, despite)
    run.state, run.sent_at = RolloverState.OPEN, work.now
    work.session.flush()
    work.emit(RolloverAsked(run.id))


def _require_still(work: Work, asked: Sequence[RolloverPlace], at_end: Sequence[AtEnd]) -> None:
    """Since it was prepared nobody has left, and no lesson was ended."""
    still = {member.id for one in at_end for member in one.members}
    gone = [place for place in asked if place.enrolment_id not in still]
    if gone:
        raise LeavesMeanwhile(
            _(
                "Does not take part to the end of the term any more: {who}. Leave them out.",
                who=", ".join(access.names_of(work, gone)),
            )
        )


def _hold_all(work: Work, run: Rollover, asked: Sequence[RolloverPlace], despite: str) -> None:
    term = NextTerm(run.to_term_id, access.term(work, run.to_term_id))
    found = access.lessons(work, run.id)
    rows = access.series_of(work, list(found.values()))
    plans = plans_of(work, list(rows.values()))
    for lesson in found.values():
        theirs = [place for place in asked if place.lesson_id == lesson.id]
        series = rows[lesson.series_id]
        if not theirs:
            continue
        if lesson.goes_on:
            extend_series(work, series.id)
            continue
        wish = next_wish(
            lesson, series, plans[series.id], term, [place.student_id for place in theirs]
        )
        members = {place.student_id: place.enrolment_id for place in theirs}
        try:
            held = continuing.hold_next(work, series.id, wish, members, despite=despite)
        except NeedsReason:
            raise
        except Refused as refusal:
            said = _("{lesson}: {why}", lesson=access.called(work, series), why=str(refusal))
            raise DoesNotGo(said) from refusal
        lesson.next_id = held.series_id
        for place in theirs:
            place.next_id = held.enrolment_ids[place.student_id]
