"""Harmony in autumn, with the spring to come: what is needed to ask who goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from studio_app.bookings.commands.reenrolling import answer_for_family, answer_rollover
from studio_app.bookings.commands.rollover import prepare_rollover
from studio_app.bookings.commands.sending_rollover import send_rollover
from studio_app.bookings.invariants import INVARIANTS as BOOKINGS
from studio_app.bookings.models.rollover import Rollover, RolloverLesson, RolloverPlace
from studio_app.bookings.rules.rollover import Answer
from studio_app.kit.access import Actor
from studio_app.kit.doctor import examine
from studio_app.kit.ids import RolloverId, SeriesId, StudentId, TermId
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.scheduling.commands.year import add_term
from studio_app.scheduling.models.lessons import Lesson
from studio_app.scheduling.models.series import Enrolment, Series
from tests.scheduling.conftest import Desk

AUTUMN = (date(2026, 9, 7), date(2026, 12, 18))
SPRING = (date(2027, 1, 4), date(2027, 3, 26))
YES, NO = Answer.YES, Answer.NO


@dataclass
class Turn:
    """A run from autumn to spring, and ways to look at it."""

    desk: Desk
    autumn: TermId
    spring: TermId
    run_id: RolloverId | None = None

    def lesson(self, **wishes: Any) -> SeriesId:
        """Tuesdays at four with Tom and Sam, until the autumn ends, unless wished otherwise."""
        return self.desk.series(**({"term_id": self.autumn} | wishes))

    def child(self, name: str) -> StudentId:
        world = self.desk.world
        added = world.run(world.olivia, add_student, StudentDetails(name, "Other"))
        assert added.student_id is not None
        return added.student_id

    def prepare(self, **given: Any) -> RolloverId:
        world = self.desk.world
        self.run_id = world.run(world.olivia, prepare_rollover, self.autumn, self.spring, **given)
        return self.run_id

    def send(self, **given: Any) -> RolloverId:
        world = self.desk.world
        run_id = self.run_id or self.prepare()
        world.run(world.olivia, send_rollover, run_id, **given)
        return run_id

    def answer(self, answer: Answer, actor: Actor | None = None, **given: Any) -> None:
        """Of Grace for all that is asked of her, or of somebody else."""
        world = self.desk.world
        asked = {place.id: answer for place in self.places(world.student_id)}
        world.run(actor or world.grace, answer_rollover, self.here, asked, **given)

    def by_telephone(self, answer: Answer, student_id: StudentId) -> None:
        world = self.desk.world
        asked = {place.id: answer for place in self.places(student_id)}
        world.run(world.olivia, answer_for_family, self.here, asked)

    @property
    def here(self) -> RolloverId:
        assert self.run_id is not None
        return self.run_id

    def rows(self, query: Any) -> Sequence[Any]:
        world = self.desk.world
        return world.as_(world.olivia).session.exec(query).all()

    def row(self) -> Rollover:
        [found] = self.rows(select(Rollover).where(Rollover.id == self.here))
        return found

    def places(self, student_id: StudentId | None = None) -> Sequence[RolloverPlace]:
        query = select(RolloverPlace).where(RolloverPlace.rollover_id == self.here)
        if student_id is not None:
            query = query.where(RolloverPlace.student_id == student_id)
        return self.rows(query.order_by(col(RolloverPlace.id)))

    def weekly(self) -> Sequence[RolloverLesson]:
        return self.rows(select(RolloverLesson).where(RolloverLesson.rollover_id == self.here))

    def next(self) -> Series:
        """The one weekly lesson that is held for the spring."""
        held = [one.next_id for one in self.weekly() if one.next_id]
        [found] = self.rows(select(Series).where(col(Series.id).in_(held)))
        return found

    def in_spring(self, series_id: SeriesId | None = None) -> Sequence[Lesson]:
        found = self.desk.lessons(series_id)
        return [one for one in found if one.starts_at.date() >= SPRING[0]]

    def broken(self) -> list[str]:
        """The promises about runs and the diary that do not hold."""
        world = self.desk.world
        world.as_(world.olivia)
        found = examine(world.connection, BOOKINGS)
        return [*self.desk.broken(), *(one.promise for one in found if one.rows)]

    def states(self, series_id: SeriesId | None = None) -> set[str]:
        return {one.status for one in self.in_spring(series_id)}

    def enrolments(self, series_id: SeriesId) -> Sequence[Enrolment]:
        return self.rows(select(Enrolment).where(Enrolment.series_id == series_id))


def turn_of(desk: Desk) -> Turn:
    world = desk.world
    first, last = AUTUMN
    autumn = world.run(world.olivia, add_term, name="Autumn", starts_on=first, ends_on=last)
    first, last = SPRING
    spring = world.run(world.olivia, add_term, name="Spring", starts_on=first, ends_on=last)
    return Turn(desk, autumn, spring)
