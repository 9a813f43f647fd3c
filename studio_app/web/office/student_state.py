"""One student, as the office sees and changes them."""

from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.identity.queries import my_profile
from studio_app.kit.formats import say_date
from studio_app.kit.ids import StudentId
from studio_app.overview.commands.leaving import LetGo, let_student_go, take_student_back
from studio_app.overview.queries.leaving import Leaving, what_depends_on_student
from studio_app.people.commands.removal import remove_student
from studio_app.people.commands.students import (
    change_student_status,
    edit_student,
    restore_student,
)
from studio_app.people.commands.tags import tag_student, untag_student
from studio_app.people.queries.students import StudentCard, StudentStatus, student_card
from studio_app.people.queries.tags import tags_of_student
from studio_app.scheduling.queries.families import FamilyLesson, next_lessons_of
from studio_app.scheduling.queries.weekly import WeeklyLesson, weekly_lessons_of
from studio_app.web import routes
from studio_app.web.frame import initials
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.office.students_fields import details_of
from studio_app.web.opening import Opening
from studio_app.web.ui.avatars import colour_of
from studio_app.web.words import _, many

SHOWN_LESSONS = 4


@dataclass(frozen=True)
class StudentShown:
    """A card's facts in words; dates twice: to read, and to edit."""

    name: str = ""
    first_name: str = ""
    last_name: str = ""
    initials: str = ""
    colour: str = "k1"
    status: str = ""
    is_adult: bool = False
    email: str = ""
    phone: str = ""
    birthday: str = ""
    born: str = ""
    instrument: str = ""
    notes: str = ""
    started_on: str = ""
    since: str = ""
    left: str = ""
    is_archived: bool = False
    family: str = ""
    family_href: str = ""


@dataclass(frozen=True)
class LessonLine:
    when: str = ""
    about: str = ""
    href: str = ""


@dataclass(frozen=True)
class SiblingLine:
    name: str = ""
    href: str = ""


@dataclass(frozen=True)
class Depends:
    """What still depends on the student, in sentences."""

    lines: tuple[str, ...] = ()
    owed: str = ""
    frees: bool = False
    """Whether there are times to free."""


class StudentState(Opening, rx.State):
    student: StudentShown = StudentShown()
    weekly: list[LessonLine] = []
    add_weekly: str = ""
    """Where the calendar asks for a time, with this student chosen."""
    messages: str = ""
    """Where everything that was sent around this student is listed."""
    lessons: list[LessonLine] = []
    siblings: list[SiblingLine] = []
    depends: Depends = Depends()
    tags: list[str] = []
    _was: LetGo = LetGo()

    @loader
    async def load(self) -> None:
        student_id = self._id()
        card = await self._run(student_card, student_id)
        lessons = await self._run(next_lessons_of, [student_id], limit=SHOWN_LESSONS)
        locale = (await self._run(my_profile)).locale or (await self._actor()).locale
        self.student = _shown(card, locale)
        self.lessons = [_lesson(one) for one in lessons]
        self.tags = await self._run(tags_of_student, student_id)
        self.weekly = [_series(one) for one in await self._run(weekly_lessons_of, student_id)]
        self.add_weekly = f"{routes.CALENDAR}?new=1&student={student_id}"
        self.messages = f"{routes.MESSAGES}?student={student_id}"
        self.siblings = [
            SiblingLine(one.name, routes.filled(routes.STUDENT, student_id=one.id))
            for one in card.siblings
        ]

    @handler
    async def save(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        form = Form(sent)
        details = details_of(form)
        form.check()
        await self._run_once(self._key, edit_student, self._id(), details)
        self.opened = ""
        await self._tell(_("Saved."))
        return StudentState.load

    @handler
    async def change_status(self, status: str) -> EventType[()]:
        before = self.student.status
        chosen = Form({"status": status})
        wanted = chosen.choice("status", StudentStatus)
        chosen.check()
        await self._run(change_student_status, self._id(), wanted)
        name = self.student.first_name
        said = _("{name} is now “{status}”.", name=name, status=str(wanted.label))
        await self._tell(said, undo=StudentState.change_status(before))
        return StudentState.load

    @handler
    async def tag(self, sent: dict[str, Any]) -> EventType[()]:
        self.faults = {}
        read = Form(sent)
        word = read.text("tag", longest=40)
        read.check()
        await self._run(tag_student, self._id(), word)
        self.opened = ""
        return StudentState.load

    @handler
    async def untag(self, tag: str) -> EventType[()]:
        await self._run(untag_student, self._id(), tag)
        return StudentState.load

    async def _opened(self, name: str) -> None:
        if name == "leave":
            self.depends = _depends(await self._run(what_depends_on_student, self._id()))

    @handler
    async def let_go(self) -> EventType[()]:
        self._was = await self._run_once(self._key, let_student_go, self._id())
        self.opened = ""
        said = _("{name} has left.", name=self.student.name)
        detail = _("Lessons taught and what is owed stay as they are.")
        await self._tell(said, detail=detail, undo=StudentState.take_back)
        return StudentState.load

    @handler
    async def take_back(self) -> EventType[()]:
        await self._run(take_student_back, self._id(), self._was)
        self._was = LetGo()
        return StudentState.load

    @handler
    async def restore(self) -> EventType[()]:
        await self._run(restore_student, self._id())
        await self._tell(_("{name} is back.", name=self.student.name))
        return StudentState.load

    @handler
    async def remove(self) -> EventType[()]:
        name = self.student.name
        await self._run(remove_student, self._id())
        self.opened = ""
        await self._tell(_("{name} was removed.", name=name))
        return rx.redirect(routes.STUDENTS)

    def _id(self) -> StudentId:
        return StudentId(self._path_id("student_id"))


def _shown(card: StudentCard, locale: str) -> StudentShown:
    return StudentShown(
        name=card.name,
        first_name=card.first_name,
        last_name=card.last_name,
        initials=initials(card.name),
        colour=colour_of(card.id),
        status=card.status.value,
        is_adult=card.is_adult,
        email=card.email,
        phone=card.phone,
        birthday=card.birthday.isoformat() if card.birthday else "",
        born=say_date(card.birthday, locale) if card.birthday else "",
        instrument=card.instrument,
        notes=card.notes,
        started_on=card.started_on.isoformat() if card.started_on else "",
        since=say_date(card.started_on, locale) if card.started_on else "",
        left=say_date(card.left_on, locale) if card.left_on else "",
        is_archived=card.is_archived,
        family=card.family,
        family_href=routes.filled(routes.FAMILY, family_id=card.family_id),
    )


def _lesson(lesson: FamilyLesson) -> LessonLine:
    place = lesson.room or lesson.location
    parts = (lesson.lesson_type, lesson.teacher, place)
    about = " · ".join(part for part in parts if part)
    return LessonLine(lesson.when, about, f"{routes.CALENDAR}?lesson={lesson.lesson_id}")


def _series(one: WeeklyLesson) -> LessonLine:
    lasting = str(_("{n} min", n=one.minutes))
    parts = (one.lesson_type, lasting, one.teacher, one.until)
    return LessonLine(one.when, " · ".join(part for part in parts if part))


def _depends(found: Leaving) -> Depends:
    lines = []
    if found.lessons:
        said = many(
            "{n} lesson to come, on {when}",
            "{n} lessons to come, the next on {when}",
            n=found.lessons,
            when=found.first_lesson,
        )
        lines.append(said)
    if found.series:
        lines.append(many("A weekly place", "{n} weekly places", n=found.series))
    if found.is_last_of_family:
        said = _("Nobody else of the family “{family}” learns here", family=found.family)
        lines.append(said)
    return Depends(tuple(lines), found.owed, frees=bool(found.lessons or found.series))
