"""Asking teachers what became of lessons that nobody has marked."""

from collections import defaultdict
from datetime import timedelta

from studio_app.attendance.queries import Unrecorded, unrecorded_lessons
from studio_app.kit.access import Permission
from studio_app.kit.ids import TeacherId
from studio_app.kit.work import Work, requires
from studio_app.messaging import paths
from studio_app.messaging.access import contacts, sent
from studio_app.messaging.access.studio import house
from studio_app.messaging.commands.posting import Occasion, post

AFTER = timedelta(hours=2)
LOOKED_BACK = timedelta(hours=24)
"""What was forgotten longer ago stands in the counter; nobody is written to about it."""
KIND = "lessons_unmarked"


@requires(Permission.JOBS_RUN)
def remind_of_unmarked(work: Work) -> str:
    """Two hours after the end of a lesson without a mark its teacher is asked, once.

    The message names everything of theirs that is over by then, so that a row of lessons makes
    few messages; what it has named it names no more.
    """
    began = house(work).started_at
    if began is None:
        return "0 reminders"
    found = unrecorded_lessons(work, max(began, work.now - LOOKED_BACK), work.now)
    known = sent.spoken_of(work, KIND, [one.lesson_id for one in found])
    new: dict[TeacherId, list[Unrecorded]] = defaultdict(list)
    for lesson in found:
        if lesson.lesson_id not in known:
            new[lesson.teacher_id].append(lesson)
    due = [lessons for lessons in new.values() if lessons[0].ends_at <= work.now - AFTER]
    return f"{sum(_ask(work, lessons) for lessons in due)} reminders"


def _ask(work: Work, lessons: list[Unrecorded]) -> int:
    occasion = Occasion(
        KIND,
        about=tuple(lesson.lesson_id for lesson in lessons),
        happened_at=work.now,
        key=str(lessons[0].lesson_id),
        why="2 hours after",
        facts={"path": paths.TEACHER},
    )
    return post(work, occasion, contacts.of_teachers(work, [lessons[0].teacher_id]))
