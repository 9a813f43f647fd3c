"""Lessons that nobody has marked, as they are when the teacher is asked."""

from datetime import timedelta

from studio_app.attendance.queries import Unrecorded, unrecorded_lessons
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId
from studio_app.kit.words import _, many
from studio_app.messaging import paths
from studio_app.messaging.subjects.told import Answer, Telling, Told

LOOKED_BACK = timedelta(days=60)


def tell(telling: Telling) -> Answer:
    """Those of them of which still nobody has said anything."""
    work = telling.work
    asked = [LessonId(one) for one in telling.message.about_ids]
    found = unrecorded_lessons(work, work.now - LOOKED_BACK, work.now, lesson_ids=asked)
    if not found:
        return _("All of them are marked by now.")
    return told(telling, [_line(telling, one) for one in found])


def told(telling: Telling, lines: list[str]) -> Told:
    what = many("{n} lesson is not marked yet", "{n} lessons are not marked yet", n=len(lines))
    listed = "\n".join(f"• {line}" for line in lines)
    return Told({"what": telling.say(what), "lessons": listed}, paths.TEACHER)


def _line(telling: Telling, lesson: Unrecorded) -> str:
    when = say_when(lesson.starts_at, telling.house.zone, telling.language)
    return f"{when}: {lesson.lesson_type}, {', '.join(lesson.students)}"
