"""Words on students, to find those who are alike again."""

from sqlalchemy import func
from sqlmodel import col, select

from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import StudentId
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.people import access
from studio_app.people.events import StudentTagged
from studio_app.people.models import StudentTag

LONGEST_TAG = 40


class NoTag(Refused):
    message = _("A tag is a word or two, at most 40 characters.")


@requires(Permission.PEOPLE_MANAGE)
def tag_student(work: Work, student_id: StudentId, tag: str) -> bool:
    """Put a tag on a student; whether they did not have it yet. “exam” is “Exam” where the
    studio already writes it so."""
    student = access.student(work, student_id, lock=True)
    word = _as_written_here(work, tag)
    if access.tag(work, student.id, word) is not None:
        return False
    made = StudentTag(student_id=student.id, tag=word, created_at=work.now)
    work.session.add(made)
    work.session.flush()
    work.emit(StudentTagged(made.id))
    return True


@requires(Permission.PEOPLE_MANAGE)
def untag_student(work: Work, student_id: StudentId, tag: str) -> bool:
    """Take a tag off a student; whether they had it."""
    student = access.student(work, student_id, lock=True)
    found = access.tag(work, student.id, _as_written_here(work, tag))
    if found is None:
        return False
    work.session.delete(found)
    work.session.flush()
    return True


def _as_written_here(work: Work, tag: str) -> str:
    word = " ".join(tag.split())
    if not word or len(word) > LONGEST_TAG:
        raise NoTag
    same = func.lower(col(StudentTag.tag)) == word.lower()
    query = select(StudentTag.tag).where(same).order_by(col(StudentTag.id)).limit(1)
    return work.session.exec(query).first() or word
