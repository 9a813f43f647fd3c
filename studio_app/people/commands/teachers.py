"""Those who teach."""

from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlmodel import func, select

from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import TeacherId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people import access
from studio_app.people.contacts import email_address, phone_number
from studio_app.people.models import Teacher

COLOURS = 8


class TeacherNameMissing(Refused):
    message = _("Please give the teacher’s name.")


class NoSuchColour(Refused):
    message = _("Please choose one of the eight colours.")


@dataclass(frozen=True, slots=True)
class TeacherDetails:
    """Without a colour a new teacher gets the next of the eight; an old one keeps theirs."""

    name: str
    email: str = ""
    phone: str = ""
    colour: int | None = None
    instruments: tuple[str, ...] = ()


@requires(Permission.PEOPLE_MANAGE)
def add_teacher(work: Work, details: TeacherDetails) -> TeacherId:
    """A teacher needs no account; an invitation gives them one."""
    so_far = work.session.exec(select(func.count()).select_from(Teacher)).one()
    clean = _clean(work, details, colour=so_far % COLOURS + 1)
    teacher = Teacher(**_columns(clean), created_at=work.now)
    work.session.add(teacher)
    work.session.flush()
    return teacher.id


@requires(Permission.PEOPLE_MANAGE)
def edit_teacher(work: Work, teacher_id: TeacherId, details: TeacherDetails) -> None:
    teacher = access.teacher(work, teacher_id, lock=True)
    teacher.sqlmodel_update(_columns(_clean(work, details, colour=teacher.colour)))


@requires(Permission.PEOPLE_MANAGE)
def archive_teacher(work: Work, teacher_id: TeacherId) -> None:
    """Put a teacher away. Their history stays; what still depends on them is asked above."""
    teacher = access.teacher(work, teacher_id, lock=True)
    teacher.archived_at = teacher.archived_at or work.now


@requires(Permission.PEOPLE_MANAGE)
def restore_teacher(work: Work, teacher_id: TeacherId) -> None:
    access.teacher(work, teacher_id, lock=True).archived_at = None


def _clean(work: Work, details: TeacherDetails, *, colour: int) -> TeacherDetails:
    if not details.name.strip():
        raise TeacherNameMissing
    chosen = details.colour or colour
    if not 1 <= chosen <= COLOURS:
        raise NoSuchColour
    phone = phone_number(details.phone, studio(work).country) if details.phone else ""
    return replace(
        details,
        name=details.name.strip(),
        email=email_address(details.email),
        phone=phone,
        colour=chosen,
        instruments=tuple(i.strip() for i in details.instruments if i.strip()),
    )


def _columns(details: TeacherDetails) -> dict[str, Any]:
    return asdict(details) | {"instruments": list(details.instruments)}
