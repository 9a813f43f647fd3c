"""What spans people, calendar and money: letting somebody go and taking them back."""

from dataclasses import dataclass

from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.ids import LessonId, StudentId, TeacherId
from studio_app.kit.work import Work, requires
from studio_app.overview import access
from studio_app.overview.access import Taking
from studio_app.people.access import teacher
from studio_app.people.commands.students import archive_student, restore_student
from studio_app.people.commands.teachers import archive_teacher
from studio_app.scheduling.access.dependants import require_none
from studio_app.scheduling.commands.enrolments import (
    leave_series,
    seat_student,
    stay_in_series,
    unseat_student,
)
from studio_app.scheduling.commands.lessons import cancel_lesson, restore_lesson
from studio_app.scheduling.commands.series import Ended, end_series, resume_series
from studio_app.scheduling.wishes import Scope


@dataclass(frozen=True, slots=True)
class LetGo:
    """What was ended for a student who left, for `take_student_back` to take up again."""

    ended: tuple[Ended, ...] = ()
    left: tuple[Taking, ...] = ()
    cancelled: tuple[LessonId, ...] = ()
    unseated: tuple[LessonId, ...] = ()


@requires(Permission.PEOPLE_MANAGE)
def let_student_go(work: Work, student_id: StudentId) -> LetGo:
    """Put a student away and free their times: their own series end, in shared ones they give
    up their seat. What was taught and what is owed stays."""
    next_in = {s.series_id: s.lesson_id for s in reversed(access.seats_to_come(work, student_id))}
    taking = access.taking_part(work, student_id)
    own = [one for one in taking if one.alone and one.series_id in next_in]
    shared = [one for one in taking if one not in own]
    ended = [end_series(work, next_in[one.series_id], scope=Scope.ALL) for one in own]
    today = local_date(work.now, studio_zone(work))
    for one in shared:
        leave_series(work, one.enrolment_id, last_on=max(today, one.starts_on))
    rest = access.seats_to_come(work, student_id)
    for seat in rest:
        if seat.alone:
            cancel_lesson(work, seat.lesson_id)
        else:
            unseat_student(work, seat.lesson_id, student_id)
    archive_student(work, student_id)
    return LetGo(
        tuple(ended),
        tuple(shared),
        tuple(seat.lesson_id for seat in rest if seat.alone),
        tuple(seat.lesson_id for seat in rest if not seat.alone),
    )


@requires(Permission.PEOPLE_MANAGE)
def take_student_back(work: Work, student_id: StudentId, was: LetGo) -> None:
    """Undo `let_student_go`; refused where a time has been given to somebody else."""
    restore_student(work, student_id)
    for ended in was.ended:
        resume_series(work, ended.series_id, ended.lesson_ids, ends_on=ended.was_ended_on)
    for one in was.left:
        stay_in_series(work, one.enrolment_id, ends_on=one.ends_on)
    for lesson_id in was.cancelled:
        restore_lesson(work, lesson_id)
    for lesson_id in was.unseated:
        seat_student(work, lesson_id, student_id)


@requires(Permission.PEOPLE_MANAGE)
def let_teacher_go(work: Work, teacher_id: TeacherId) -> None:
    """Put a teacher away; refused, with what and how much, while lessons to come need them."""
    found = access.lessons_of_teacher(work, teacher_id)
    require_none(found, teacher(work, teacher_id).name)
    archive_teacher(work, teacher_id)
