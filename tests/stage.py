"""A whole small studio in a database of its own, committed: for the API and the access matrix.

Harmony has one of everything, reachable by the names its ids have in paths and bodies. Its
words carry a canary that nobody outside may ever be shown.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, update

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.billing_run import bill_month
from studio_app.billing.commands.payments import record_payment
from studio_app.billing.commands.prices import bill_enrolment, charge_fee, set_price
from studio_app.billing.rules.pricing import Mode
from studio_app.billing.rules.status import Method
from studio_app.identity.commands.members import invite
from studio_app.identity.commands.sign_in import open_session, sign_in
from studio_app.identity.commands.tokens import create_personal_token, issue_tokens
from studio_app.identity.queries import my_sessions, my_tokens
from studio_app.imports.commands.applying import apply_import
from studio_app.imports.commands.staging import check_rows, stage_import
from studio_app.imports.queries.leftovers import import_todo, series_proposals
from studio_app.imports.queries.preview import import_preview
from studio_app.kit.access import Actor, Role
from studio_app.kit.clock import local_date, utc_now
from studio_app.kit.database import engine
from studio_app.kit.ids import BatchId
from studio_app.kit.money import Money
from studio_app.kit.settings import settings
from studio_app.kit.work import Work, open_work, run
from studio_app.people.commands.families import FamilyDetails, add_family
from studio_app.people.models import Student
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.scheduling.commands.places import RoomDetails, add_room, open_location
from studio_app.scheduling.commands.series import schedule_series
from studio_app.scheduling.commands.year import add_term, close_studio_on
from studio_app.scheduling.queries.calendar import calendar_range
from studio_app.scheduling.queries.lessons import lesson_details
from studio_app.scheduling.wishes import NewSeries
from tests.billing.till import deliver_marks
from tests.booked import booked_on
from tests.by_itself import automate, give_up
from tests.cast import Cast, _member, cast_of
from tests.credited import credited_on
from tests.database import Database
from tests.letters import write_and_hear
from tests.planned import planned_on
from tests.post import post_for
from tests.ruled import ruled_on
from tests.waited import asked_on, waited_on

P = ParamSpec("P")
T = TypeVar("T")
LONDON = ZoneInfo("Europe/London")
CANARY = "Zephyrine"
WORDS = (CANARY, "Tom Teal", "Grace Gray", "Sam Gray", "olivia@", "grace@")
"""What only Harmony's people may read."""
HEADINGS = "Pupil,Parent,Parent email,Date of birth,Instrument,Teacher,Lesson length,Day,Time"


@dataclass(frozen=True)
class Stage:
    """Who plays, and the ids of Harmony's rows by the name of their parameter."""

    database: Database
    cast: Cast
    people: dict[str, Actor]
    ids: dict[str, UUID] = field(default_factory=dict[str, UUID])

    def run(
        self,
        actor: Actor,
        use_case: Callable[Concatenate[Work, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        return run(self.database.app, actor, use_case, *args, **kwargs)

    def bearer(self, who: str) -> dict[str, str]:
        """Headers that make a request this person's; nobody's without one."""
        if who not in self.people:
            return {}
        pair = self.run(self.people[who], issue_tokens)
        return {"authorization": f"Bearer {pair.access_token}"}

    def cookie(self, who: str) -> str:
        """A fresh browser session's cookie."""
        actor = self.people[who]
        assert actor.person_id is not None
        with open_work(self.database.app, actor, sign_in) as work:
            return open_session(work, actor.person_id, actor.studio_id, device="Test")


@contextmanager
def pointed_at(database: Database) -> Iterator[None]:
    """Whatever asks for the product's own engine gets one on this database."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in database.environment().items():
            patch.setenv(name, value)
        _forget()
        try:
            yield
            engine().dispose()
        finally:
            patch.undo()
            _forget()


def _forget() -> None:
    settings.cache_clear()
    engine.cache_clear()


def staged(database: Database) -> Stage:
    """Write both studios and fill Harmony by its own use cases."""
    with database.app.begin() as connection:
        cast = cast_of(connection, utc_now())
    return furnished(database, cast)


def furnished(database: Database, cast: Cast) -> Stage:
    """Fill Harmony of a cast that is there already."""
    harmony, now = cast.harmony, utc_now()
    with database.app.begin() as connection:
        adam = _member(connection, harmony, "Adam Admin", Role.ADMIN, now)
        sid = _member(connection, harmony, "Sid Student", Role.STUDENT, now)
        vera = _member(connection, harmony, f"Vera {CANARY}", Role.TEACHER, now)
    people = {
        "owner": cast.olivia,
        "admin": adam,
        "teacher": cast.tom,
        "guardian": cast.grace,
        "student": sid,
        "stranger": cast.rita,
    }
    stage = Stage(database, cast, people)
    assert vera.person_id is not None
    stage.ids.update(studio_id=cast.harmony, person_id=vera.person_id)
    stage.ids.update(student_id=cast.student_id, family_id=cast.family_id)
    stage.ids.update(guardian_id=cast.guardian_id, teacher_id=cast.teacher_id)
    _furnish(stage)
    _schedule(stage)
    stage.ids.update(booked_on(stage))
    stage.ids.update(waited_on(stage, CANARY))
    stage.ids.update(asked_on(stage, CANARY))
    stage.ids.update(planned_on(stage, CANARY))
    _bill(stage)
    stage.ids.update(ruled_on(stage, CANARY))
    stage.ids.update(credited_on(stage, CANARY))
    _import(stage)
    _invite(stage)
    give_up(stage)
    automate(stage)
    write_and_hear(stage)
    stage.ids.update(post_for(database, cast, CANARY))
    return stage


def _today() -> datetime:
    return datetime.combine(local_date(utc_now(), LONDON), time(0), LONDON)


def _furnish(stage: Stage) -> None:
    run, olivia, ids = stage.run, stage.cast.olivia, stage.ids
    today = _today().date()
    ids["location_id"] = location_id = run(olivia, open_location, f"{CANARY} Hall")
    ids["room_id"] = run(olivia, add_room, location_id, RoomDetails(f"{CANARY} Room"))
    kind = LessonTypeDetails(f"{CANARY} Piano", 30)
    ids["lesson_type_id"] = run(olivia, add_lesson_type, kind)
    ids["term_id"] = run(
        olivia,
        add_term,
        name=f"{CANARY} Term",
        starts_on=today + timedelta(weeks=20),
        ends_on=today + timedelta(weeks=30),
    )
    away = today + timedelta(weeks=10)
    last = away + timedelta(days=6)
    ids["closure_id"] = run(
        olivia, close_studio_on, name=f"{CANARY} Away", first_on=away, last_on=last
    )


def _schedule(stage: Stage) -> None:
    run, olivia, ids = stage.run, stage.cast.olivia, stage.ids
    cast, tomorrow = stage.cast, _today().date() + timedelta(days=1)
    lesson_type_id: Any = ids["lesson_type_id"]
    with open_work(stage.database.app, Actor.system(cast.harmony), staged) as work:
        own = update(Student).where(col(Student.id) == cast.student_id)
        person_id = stage.people["student"].person_id
        noted = own.values(notes=f"{CANARY} note", person_id=person_id, is_adult=True)
        work.session.connection().execute(noted)
    series = NewSeries(
        teacher_id=cast.teacher_id,
        lesson_type_id=lesson_type_id,
        first_on=tomorrow,
        at=time(16),
        weekdays=frozenset({tomorrow.isoweekday()}),
        student_ids=(cast.student_id,),
        room_id=ids["room_id"],  # type: ignore[arg-type]
        name=f"{CANARY} Series",
    )
    ids["series_id"] = run(olivia, schedule_series, series)
    held = NewLesson(
        teacher_id=cast.teacher_id,
        lesson_type_id=lesson_type_id,
        starts_at=_today().astimezone(UTC) - timedelta(days=1) + timedelta(hours=10),
        student_ids=(cast.student_id,),
        notes=f"{CANARY} scales",
    )
    ids["held_id"] = held_id = run(olivia, schedule_lesson, held)
    ids["seat_id"] = run(olivia, lesson_details, held_id).students[0].seat_id
    [first, *_] = run(olivia, calendar_range, tomorrow, tomorrow + timedelta(days=1)).lessons
    ids["lesson_id"] = first.id
    [seat] = run(olivia, lesson_details, first.id).students
    assert seat.enrolment_id is not None
    ids["enrolment_id"] = seat.enrolment_id


def _bill(stage: Stage) -> None:
    run, olivia, cast, ids = stage.run, stage.cast.olivia, stage.cast, stage.ids
    price, today = Money(2500, "GBP"), _today().date()
    ids["price_plan_id"] = run(olivia, set_price, price, from_on=today - timedelta(days=90))
    run(olivia, mark_seat, ids["seat_id"], Outcome.PRESENT)  # type: ignore[arg-type]
    system = Actor.system(cast.harmony)
    run(system, deliver_marks, [ids["seat_id"]])  # type: ignore[list-item]
    run(olivia, charge_fee, cast.family_id, price, description=f"{CANARY} book")
    last_month = (today - timedelta(days=1)).replace(day=1)
    billed = run(olivia, bill_month, last_month, sending=True)
    ids["invoice_id"] = billed.invoice_ids[0]
    ids["payment_id"] = run(
        olivia,
        record_payment,
        cast.family_id,
        Money(1000, "GBP"),
        method=Method.BANK,
        received_on=today,
        key="first",
        reference=f"{CANARY} bank",
    )
    run(olivia, bill_enrolment, ids["enrolment_id"], Mode.ARREARS)  # type: ignore[arg-type]
    ids["empty_family_id"] = run(olivia, add_family, FamilyDetails(f"{CANARY} Family"))


def _import(stage: Stage) -> None:
    run, olivia, ids = stage.run, stage.cast.olivia, stage.ids
    row = f"{CANARY} Bell,Pat {CANARY},pat@example.org,25/12/2014,Oboe,Tom Teal,30,Tuesday,18:30"
    by_hand = f"{CANARY} Reed,,,,Oboe,Tom Teal,30,Tuesday,"
    applied = _brought(stage, f"{HEADINGS}\n{row}\n{by_hand}\n")
    run(olivia, apply_import, applied)
    ids["proposal_id"] = run(olivia, series_proposals, applied)[0].id
    waiting = f"{CANARY} Wood,,,,Oboe,Nobody Known,30,Tuesday,19:30"
    batch_id = _brought(stage, f"{HEADINGS}\n{waiting}\n")
    ids["batch_id"] = batch_id
    ids["row_id"] = run(olivia, import_preview, batch_id).rows[0].id
    ids["todo_id"] = run(olivia, import_todo)[0].id


def _brought(stage: Stage, text: str) -> BatchId:
    olivia = stage.cast.olivia
    batch_id = stage.run(olivia, stage_import, f"{CANARY}.csv", text.encode())
    while not stage.run(olivia, check_rows, batch_id).finished:
        pass
    return batch_id


def _invite(stage: Stage) -> None:
    olivia = stage.cast.olivia
    address = f"{CANARY.lower()}@example.org"
    stage.ids["invitation_id"] = stage.run(olivia, invite, address, Role.TEACHER)
    stage.run(olivia, create_personal_token, f"{CANARY} script")
    stage.ids["token_id"] = stage.run(olivia, my_tokens)[0][0]
    stage.cookie("owner")
    stage.ids["session_id"] = stage.run(olivia, my_sessions)[0].id
