"""A studio that writes to people: real queue, real mail server, text service and browsers.

Everything happens at the moment the town's clock shows; nothing here is mocked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import text, update
from sqlmodel import col, select

from studio_app.kit.access import Actor
from studio_app.kit.delivery import deliver_waiting
from studio_app.kit.ids import ContactId, GuardianId, LessonId, LessonTypeId, StudentId
from studio_app.kit.work import Work, happening_at, open_work, run
from studio_app.messaging.access import contacts
from studio_app.messaging.commands.clock import plan_reminders, send_due_messages
from studio_app.messaging.commands.consenting import record_consent
from studio_app.messaging.commands.settings import begin_telling
from studio_app.messaging.models.messages import Contact, Message
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import Purpose
from studio_app.people.commands.guardians import GuardianDetails, add_guardian
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.models import Guardian, Guardianship, Student
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from tests.cast import Cast
from tests.database import Database, rows

P = ParamSpec("P")
T = TypeVar("T")
PHONE = "+447700900123"
THURSDAY = datetime(2026, 9, 3, 16, 0, tzinfo=ZoneInfo("Europe/London"))


@dataclass
class Town:
    """Harmony, at a moment that the test moves on."""

    database: Database
    cast: Cast
    now: datetime
    ids: dict[str, Any] = field(default_factory=dict[str, Any])

    def run(
        self,
        actor: Actor,
        use_case: Callable[Concatenate[Work, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with happening_at(self.now):
            return run(self.database.app, actor, use_case, *args, **kwargs)

    def deliver(self) -> None:
        """Do what waits in the queue now."""
        with happening_at(self.now):
            deliver_waiting(self.database.app)
        failed = rows(self.database.owner, "select task, error_type, error from delivery_failure")
        assert failed == [], failed

    def tick(self) -> None:
        """What the clock does within a minute: plan, send what is due, deliver."""
        self.deliver()
        system = Actor.system(self.cast.harmony)
        self.run(system, plan_reminders)
        self.run(system, send_due_messages)
        self.deliver()

    def wait(self, **lasting: float) -> None:
        self.now += timedelta(**lasting)
        self.tick()

    def settle(self) -> None:
        """Long enough for whatever is held back for half a minute."""
        self.deliver()
        self.wait(minutes=1)

    def lesson(self, starts_at: datetime, *students: StudentId, minutes: int = 30) -> LessonId:
        wish = NewLesson(
            teacher_id=self.cast.teacher_id,
            lesson_type_id=self.kind(),
            starts_at=starts_at,
            student_ids=students or (self.cast.student_id,),
            minutes=minutes,
            despite="Agreed",
        )
        return self.run(self.cast.olivia, schedule_lesson, wish)

    def kind(self) -> LessonTypeId:
        if "kind" not in self.ids:
            details = LessonTypeDetails("Piano lesson", 30)
            self.ids["kind"] = self.run(self.cast.olivia, add_lesson_type, details)
        return self.ids["kind"]

    def messages(self, kind: str = "", channel: Channel | None = None) -> list[Message]:
        with open_work(self.database.app, Actor.system(self.cast.harmony), self.messages) as work:
            query = select(Message).order_by(col(Message.made_at), col(Message.id))
            if kind:
                query = query.where(Message.kind == kind)
            if channel:
                query = query.where(Message.channel == channel)
            return list(work.session.exec(query).all())

    def contact(self, guardian_id: GuardianId | None = None) -> ContactId:
        with self.as_system() as work:
            found = contacts.of_guardians(work, [guardian_id or self.cast.guardian_id])
            return found[0]

    def allow_texts(
        self, guardian_id: GuardianId | None = None, *, phone: str = PHONE, given: bool = True
    ) -> None:
        """The guardian has this number and said yes to texts about lessons."""
        who = guardian_id or self.cast.guardian_id
        with self.as_system() as work:
            named = update(Guardian).where(col(Guardian.id) == who).values(phone=phone)
            work.session.connection().execute(named)
            [contact_id] = contacts.of_guardians(work, [who])
            record_consent(
                work,
                contact_id,
                Channel.TEXT,
                Purpose.SERVICE,
                given=given,
                wording="Yes, text me about lessons.",
                source="office",
            )

    def sibling(self, name: str) -> StudentId:
        """Another child of Grace's."""
        with self.as_system() as work:
            sam = work.session.get_one(Student, self.cast.student_id)
            child = Student(first_name=name, last_name=sam.last_name, family_id=sam.family_id)
            child.created_at = self.now
            work.session.add(child)
            work.session.flush()
            bond = Guardianship(guardian_id=self.cast.guardian_id, student_id=child.id)
            bond.created_at = self.now
            work.session.add(bond)
            return child.id

    def quiet(self, contact_id: ContactId, begins: str, ends: str) -> None:
        """This person wants to hear nothing between these times."""
        with self.as_system() as work:
            own = update(Contact).where(col(Contact.id) == contact_id)
            work.session.connection().execute(own.values(quiet_from=begins, quiet_until=ends))

    def begin_telling(self) -> None:
        self.run(self.cast.olivia, begin_telling)

    @contextmanager
    def as_system(self) -> Iterator[Work]:
        system = Actor.system(self.cast.harmony)
        with happening_at(self.now), open_work(self.database.app, system, Town.contact) as work:
            yield work


def settled(town: Town) -> None:
    """Forget what was made ready so far: the cast's own arrival writes nothing."""
    town.begin_telling()
    town.deliver()


def confirmed(town: Town, lesson_id: LessonId) -> list[bool]:
    query = text("select confirmed_for = starts_at from seat where lesson_id = :id")
    with town.database.owner.connect() as connection:
        return [bool(will) for (will,) in connection.execute(query, {"id": lesson_id})]


def child_of(town: Town, name: str, parent: str) -> tuple[StudentId, GuardianId]:
    """One more student, whose parent has a telephone of this number."""
    added = town.run(town.cast.olivia, add_student, StudentDetails(name, "Gray"))
    student_id = added.student_id
    assert student_id is not None
    guardian_id = town.run(
        town.cast.olivia,
        add_guardian,
        student_id,
        GuardianDetails(parent, f"{parent.lower()}@example.org", PHONE),
    )
    return student_id, guardian_id


def words_of(letter: EmailMessage) -> str:
    """A letter as somebody reads it who sees no HTML."""
    body = letter.get_body(("plain",))
    assert body is not None
    return str(body.get_content())
