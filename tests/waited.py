"""On the stage somebody waits, a time is on offer, and two lessons may change places."""

from datetime import datetime, time, timedelta
from typing import Any

from sqlmodel import col, select

from studio_app.bookings.commands.offers import Vacancy, free
from studio_app.bookings.commands.rollover import prepare_rollover
from studio_app.bookings.commands.sending_rollover import send_rollover
from studio_app.bookings.commands.swapping import propose_swap
from studio_app.bookings.commands.waitlist import wait_for
from studio_app.bookings.models.rollover import RolloverPlace
from studio_app.bookings.models.waiting import Offer
from studio_app.bookings.wishes import WaitingWish
from studio_app.kit.access import Actor
from studio_app.kit.clock import Slot, local_date, utc_now
from studio_app.kit.work import open_work
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.lessons import NewLesson, cancel_lesson, schedule_lesson
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.commands.year import add_term
from studio_app.scheduling.wishes import NewSeries
from tests.booked import LONDON, seven

HOUR = timedelta(hours=1)


def waited_on(stage: Any, canary: str) -> dict[str, Any]:
    """Grace waits for Tom; his second hour in a fortnight became free and is offered to her."""
    cast, kind = stage.cast, stage.ids["lesson_type_id"]
    eight = seven(local_date(utc_now(), LONDON) + timedelta(days=16)) + HOUR
    wish = WaitingWish(kind, cast.teacher_id)
    waiting_id = stage.run(cast.grace, wait_for, cast.student_id, wish)
    wanted = NewLesson(cast.teacher_id, kind, eight, despite="Agreed")
    lesson_id = stage.run(cast.olivia, schedule_lesson, wanted)
    stage.run(cast.olivia, cancel_lesson, lesson_id)
    vacancy = Vacancy(lesson_id, cast.teacher_id, Slot(eight, eight + HOUR))
    freed_id = stage.run(Actor.system(cast.harmony), free, vacancy)
    with open_work(stage.database.app, Actor.system(cast.harmony), free) as work:
        [offer_id] = work.session.exec(select(Offer.id)).all()
    swap_id = _proposed(stage, kind, eight + 4 * HOUR, canary)
    made = {"waiting_id": waiting_id, "freed_id": freed_id}
    return {**made, "offer_id": offer_id, "swap_id": swap_id}


def asked_on(stage: Any, canary: str) -> dict[str, Any]:
    """Grace and a stranger to her are asked whether they go on from one term to the next."""
    cast, kind = stage.cast, stage.ids["lesson_type_id"]
    first = local_date(utc_now(), LONDON) + timedelta(days=30)
    days = [first + timedelta(days=n) for n in (0, 20, 40, 60)]
    old, new = (
        stage.run(cast.olivia, add_term, name=f"{canary} {begins}", starts_on=begins, ends_on=ends)
        for begins, ends in (days[:2], days[2:])
    )
    other = stage.run(cast.olivia, add_student, StudentDetails("Ugo", canary)).student_id
    for minute, who in ((0, cast.student_id), (30, other)):
        weekdays = frozenset({days[0].isoweekday()})
        wish = NewSeries(
            cast.teacher_id, kind, days[0], time(5, minute), weekdays, (who,), term_id=old
        )
        stage.run(cast.olivia, schedule_series, wish, despite="Agreed")
    run_id = stage.run(cast.olivia, prepare_rollover, old, new)
    stage.run(cast.olivia, send_rollover, run_id, despite="Agreed")
    with open_work(stage.database.app, Actor.system(cast.harmony), send_rollover) as work:
        mine = select(RolloverPlace).where(RolloverPlace.student_id == cast.student_id)
        place = work.session.exec(mine.order_by(col(RolloverPlace.id).desc())).all()[0]
        found = {"rollover_place_id": place.id, "rollover_lesson_id": place.lesson_id}
    return {"rollover_id": run_id, **found}


def _proposed(stage: Any, kind: Any, at: datetime, canary: str) -> Any:
    """Sam's lesson and that of somebody whom Grace must not read about."""
    cast = stage.cast
    other = stage.run(cast.olivia, add_student, StudentDetails("Wim", canary)).student_id
    mine, theirs = (
        stage.run(
            cast.olivia,
            schedule_lesson,
            NewLesson(cast.teacher_id, kind, when, (who,), despite="Agreed"),
        )
        for when, who in ((at, cast.student_id), (at + 2 * HOUR, other))
    )
    return stage.run(cast.grace, propose_swap, mine, theirs)
