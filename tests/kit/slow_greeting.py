"""A subscriber and a job of the clock that wait at a gate, in the middle of their effect."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text, update
from sqlmodel import col

from studio_app.kit import outbox
from studio_app.kit.access import Permission
from studio_app.kit.jobs import Job
from studio_app.kit.work import Work, requires
from studio_app.people.models import Teacher

GATE = 4711
"""The advisory lock of the gate: who holds it keeps everybody in front of it."""


@dataclass(frozen=True, slots=True)
class SomebodyCame(outbox.Event):
    teacher_id: UUID


def greet_at_the_gate(work: Work, _event: SomebodyCame) -> None:
    shout(work)


@requires(Permission.JOBS_RUN)
def shout(work: Work) -> str:
    """The effect: an exclamation mark behind each teacher's telephone number."""
    louder = update(Teacher).values(phone=col(Teacher.phone) + "!")
    work.session.connection().execute(louder)
    work.session.connection().execute(text(f"select pg_advisory_xact_lock({GATE})"))
    return "shouted"


@requires(Permission.PEOPLE_MANAGE)
def come(work: Work, teacher_id: UUID) -> None:
    work.emit(SomebodyCame(teacher_id))


@requires(Permission.JOBS_RUN)
def wink(_work: Work) -> str:
    return "winked"


SHOUT = Job("shout", "0 0 1 1 *", shout)
WINK = Job("wink", "* * * * *", wink)


def wire_greetings() -> None:
    outbox.wire({SomebodyCame: [greet_at_the_gate]})
