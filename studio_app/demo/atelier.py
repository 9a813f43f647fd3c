"""Atelier Sonore in Paris: small, in euros, with a teacher and a parent of Riverside's."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from itertools import islice

from studio_app.attendance.commands import mark_day_present
from studio_app.attendance.queries import day_sheet
from studio_app.billing.commands.billing_run import bill_month
from studio_app.billing.commands.payments import record_payment
from studio_app.billing.commands.prices import set_price
from studio_app.billing.queries.owing import who_owes
from studio_app.billing.rules.pricing import Scope
from studio_app.billing.rules.status import Method
from studio_app.demo.desk import Desk
from studio_app.demo.hours import publish_slots
from studio_app.demo.money import BILLING_DAY, first_unbilled_day
from studio_app.demo.names import atelier_households
from studio_app.demo.people import Colleague, House, add_colleague, add_house, let_in, phones
from studio_app.demo.policies import work_by
from studio_app.demo.riverside import Shared
from studio_app.demo.today import FEWER, Extra, fill_today
from studio_app.demo.year import WEEK, terms_around
from studio_app.kit.access import Role
from studio_app.kit.ids import LessonTypeId, RoomId
from studio_app.kit.money import Money
from studio_app.people.rules import StudentStatus
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.places import RoomDetails, add_room, open_location
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.commands.year import add_term, close_studio_on
from studio_app.scheduling.wishes import NewSeries

SECOND_TEACHER = ("Solène Petitjean", ("Flûte",))
KINDS = ("Piano", "Flûte")
SEASONS = {"Spring": "Printemps", "Summer": "Été", "Autumn": "Automne"}
WEEKS = 12
TAUGHT_ON = (3, 6)
"""Piano on Wednesdays, when there is no school, the flute on Saturdays."""


def load_atelier(desk: Desk, shared: Shared) -> None:
    numbers = phones("06 39 98 0{n:03}")
    place = desk.run(open_location, "Atelier")
    room = desk.run(add_room, place, RoomDetails("Salle 1"))
    kinds = [desk.run(add_lesson_type, LessonTypeDetails(name, 45)) for name in KINDS]
    _keep_the_year(desk)
    teachers = (shared.teacher[0], ("Piano",)), SECOND_TEACHER
    colleagues = [add_colleague(desk, *teacher, next(numbers)) for teacher in teachers]
    houses = [
        add_house(
            desk,
            household,
            tuple(islice((KINDS * 2)[nth % 2 :], len(household.learners))),
            (StudentStatus.ACTIVE,) * len(household.learners),
            numbers,
        )
        for nth, household in enumerate(atelier_households())
    ]
    name, address = shared.parent
    let_in(desk, address, name, Role.GUARDIAN, guardian_id=houses[0].guardian_ids[0])
    since = desk.monday - WEEKS * WEEK
    desk.run(set_price, desk.money("38.00"), scope=Scope(minutes=45), from_on=since)
    desk.run(set_price, desk.money("26.00"), scope=Scope(minutes=30), from_on=since)
    work_by(desk.on(since, 8), "weekly_slot_school")
    today = desk.at(desk.now)
    _schedule(today, colleagues, kinds, houses, since)
    publish_slots(desk, place, colleagues, TAUGHT_ON)
    _live_through(desk, since)
    _today(today, colleagues[0], kinds[0], room, houses)


def _keep_the_year(desk: Desk) -> None:
    for term in terms_around(desk.today):
        season, _, year = term.name.split()
        name = f"{SEASONS[season]} {year}"
        first, last = term.holiday
        desk.run(add_term, name=name, starts_on=term.starts_on, ends_on=term.ends_on)
        desk.run(close_studio_on, name="Vacances", first_on=first, last_on=last)


def _schedule(
    desk: Desk,
    colleagues: Sequence[Colleague],
    kinds: Sequence[LessonTypeId],
    houses: Sequence[House],
    since: date,
) -> None:
    """One after the other on the day of their instrument."""
    learners = [one for house in houses for one in house.learners]
    for nth, learner in enumerate(learners):
        which = KINDS.index(learner.instrument)
        weekday = TAUGHT_ON[which]
        wish = NewSeries(
            teacher_id=colleagues[which].teacher_id,
            lesson_type_id=kinds[which],
            first_on=since + timedelta(days=weekday - 1),
            at=time(9 + nth % 10),
            weekdays=frozenset({weekday}),
            student_ids=(learner.id,),
            term_time_only=True,
        )
        desk.run(schedule_series, wish)


def _live_through(desk: Desk, since: date) -> None:
    unmarked_from = max(first_unbilled_day(desk.today), desk.today - WEEK)
    for nth in range((desk.today - since).days):
        day = since + timedelta(days=nth)
        if day.day == BILLING_DAY:
            _bill(desk, day)
        if day < unmarked_from and desk.run(day_sheet, day):
            desk.on(day, 20).run(mark_day_present, day)


def _bill(desk: Desk, day: date) -> None:
    """Everybody but the last two families pays within a week."""
    desk.on(day, 10).run(bill_month, day.replace(day=1) - timedelta(days=1), sending=True)
    paid_on = day + timedelta(days=6)
    if paid_on > desk.today:
        return
    for owing in desk.run(who_owes)[2:]:
        desk.on(paid_on, 10).run(
            record_payment,
            owing.family_id,
            Money(owing.balance_minor, desk.currency),
            method=Method.BANK,
            received_on=paid_on,
            key=f"demo-{owing.family_id}-{day}",
            reference="Virement",
        )


def _today(
    desk: Desk, teacher: Colleague, kind: LessonTypeId, room: RoomId, houses: Sequence[House]
) -> None:
    extra = Extra(teacher.name, teacher.teacher_id, kind, room, FEWER[2:])
    fill_today(desk, [extra], [one.id for house in houses for one in house.learners])
