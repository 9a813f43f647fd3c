"""Whatever people do to series, in whatever order: the promises about the diary hold."""

from contextlib import suppress
from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlalchemy import Engine

from studio_app.kit.errors import Refused
from studio_app.kit.ids import ClosureId, EnrolmentId, LessonId, SeriesId
from studio_app.scheduling.commands.changing import change_series
from studio_app.scheduling.commands.enrolments import join_series, leave_series
from studio_app.scheduling.commands.lessons import cancel_lesson, move_lesson, restore_lesson
from studio_app.scheduling.commands.series import (
    Ended,
    end_series,
    extend_series,
    resume_series,
)
from studio_app.scheduling.commands.year import close_studio_on, reopen_studio
from studio_app.scheduling.wishes import Scope, SeriesChange
from tests.cast import cast_of
from tests.conftest import NOW, World
from tests.scheduling.conftest import TUESDAY, Desk, desk_of, wall

DAYS = st.integers(0, 60).map(lambda n: TUESDAY + timedelta(days=n))
HOURS = st.integers(9, 12)
PICKS = st.integers(0, 10_000)


class DiaryMachine(RuleBasedStateMachine):
    """Two teachers, one room, one student, and an owner who cannot sit still."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        self.connection = self.engine.connect()
        self.transaction = self.connection.begin()
        self.desk: Desk = desk_of(World(self.connection, cast_of(self.connection, NOW)))
        self.series: list[SeriesId] = []
        self.closures: list[ClosureId] = []
        self.ended: list[Ended] = []
        self.enrolled: list[EnrolmentId] = []

    def teardown(self) -> None:
        self.transaction.rollback()
        self.connection.close()

    def owner(self, use_case: object, *args: object, **kwargs: object) -> object:
        world = self.desk.world
        return world.run(world.olivia, use_case, *args, **kwargs)  # type: ignore[arg-type]

    def any_lesson(self, pick: int) -> LessonId:
        lessons = self.desk.lessons()
        return lessons[pick % len(lessons)].id

    @property
    def has_lessons(self) -> bool:
        return bool(self.desk.lessons())

    @rule(
        weekdays=st.frozensets(st.integers(1, 7), min_size=1, max_size=3),
        day=DAYS,
        hour=HOURS,
        every=st.integers(1, 3),
        count=st.one_of(st.none(), st.integers(1, 12)),
        ruth=st.booleans(),
    )
    def schedule(self, **wish: object) -> None:
        teacher = self.desk.ruth if wish["ruth"] else self.desk.world.teacher_id
        with suppress(Refused):
            series = self.desk.series(
                weekdays=wish["weekdays"],
                first_on=wish["day"],
                at=time(wish["hour"]),  # type: ignore[arg-type]
                every_weeks=wish["every"],
                count=wish["count"],
                teacher_id=teacher,
            )
            self.series.append(series)

    @precondition(lambda self: self.has_lessons)
    @rule(pick=PICKS, day=DAYS, hour=HOURS)
    def move(self, pick: int, day: object, hour: int) -> None:
        with suppress(Refused):
            self.owner(move_lesson, self.any_lesson(pick), to=wall(day, hour))  # type: ignore[arg-type]

    @precondition(lambda self: self.has_lessons)
    @rule(pick=PICKS)
    def cancel(self, pick: int) -> None:
        self.owner(cancel_lesson, self.any_lesson(pick))

    @precondition(lambda self: self.has_lessons)
    @rule(pick=PICKS)
    def restore(self, pick: int) -> None:
        with suppress(Refused):
            self.owner(restore_lesson, self.any_lesson(pick))

    @precondition(lambda self: self.has_lessons)
    @rule(
        pick=PICKS,
        shift=st.integers(-7, 7),
        hour=HOURS,
        minutes=st.sampled_from([None, 30, 60]),
        scope=st.sampled_from(Scope),
    )
    def change(self, pick: int, shift: int, hour: int, minutes: int | None, scope: Scope) -> None:
        lessons = self.desk.lessons()
        lesson = lessons[pick % len(lessons)]
        if lesson.occurs_on is None:
            return
        to = wall(lesson.occurs_on + timedelta(days=shift), hour)
        change = SeriesChange(to=to, minutes=minutes)
        with suppress(Refused):
            self.series.append(self.owner(change_series, lesson.id, change, scope=scope))  # type: ignore[arg-type]

    @precondition(lambda self: self.has_lessons)
    @rule(pick=PICKS, scope=st.sampled_from([Scope.FOLLOWING, Scope.ALL]))
    def end(self, pick: int, scope: Scope) -> None:
        with suppress(Refused):
            self.ended.append(self.owner(end_series, self.any_lesson(pick), scope=scope))  # type: ignore[arg-type]

    @precondition(lambda self: self.ended)
    @rule()
    def resume(self) -> None:
        ended = self.ended.pop()
        with suppress(Refused):
            back = {"ends_on": ended.was_ended_on}
            self.owner(resume_series, ended.series_id, ended.lesson_ids, **back)

    @precondition(lambda self: self.series)
    @rule(pick=PICKS, weeks=st.integers(0, 12))
    def extend(self, pick: int, weeks: int) -> None:
        world = self.desk.world.at(NOW + timedelta(weeks=weeks))
        world.run(world.olivia, extend_series, self.series[pick % len(self.series)])

    @rule(day=DAYS, days=st.integers(0, 6))
    def close(self, day: object, days: int) -> None:
        last = day + timedelta(days=days)  # type: ignore[operator]
        dates = {"first_on": day, "last_on": last}
        self.closures.append(self.owner(close_studio_on, name="Shut", **dates))  # type: ignore[arg-type]

    @precondition(lambda self: self.closures)
    @rule()
    def reopen(self) -> None:
        self.owner(reopen_studio, self.closures.pop())

    @precondition(lambda self: self.series)
    @rule(pick=PICKS, day=DAYS)
    def join(self, pick: int, day: object) -> None:
        series = self.series[pick % len(self.series)]
        student = self.desk.world.student_id
        with suppress(Refused):
            self.enrolled.append(self.owner(join_series, series, student, starts_on=day))  # type: ignore[arg-type]

    @precondition(lambda self: self.enrolled)
    @rule(pick=PICKS, day=DAYS)
    def leave(self, pick: int, day: object) -> None:
        with suppress(Refused):
            self.owner(leave_series, self.enrolled[pick % len(self.enrolled)], last_on=day)

    @invariant()
    def promises_hold(self) -> None:
        assert self.desk.broken() == []


@pytest.mark.database
def test_no_sequence_of_changes_breaks_the_diary(template_engine: Engine) -> None:
    machine = type("Machine", (DiaryMachine,), {"engine": template_engine})
    machine.TestCase.settings = settings(
        max_examples=25,
        stateful_step_count=15,
        deadline=None,
        phases=[Phase.reuse, Phase.generate],  # shrinking takes many minutes: by hand
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    machine.TestCase("runTest").runTest()
