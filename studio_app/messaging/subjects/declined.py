"""Times that were proposed for a lesson and that its family does not take, for its teacher."""

from uuid import UUID

from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_list, say_when
from studio_app.kit.ids import LessonId
from studio_app.kit.words import _
from studio_app.messaging import paths
from studio_app.messaging.access.lessons import lesson_facts
from studio_app.messaging.subjects.told import Answer, Telling, Told
from studio_app.scheduling.models.proposals import Proposal
from studio_app.scheduling.rules.states import ProposalStatus


def tell(telling: Telling) -> Answer:
    """The lesson, which stays where it is."""
    work, message = telling.work, telling.message
    proposal = work.session.get(Proposal, UUID(str(message.facts["proposal"])))
    found = lesson_facts(work, [LessonId(message.about_ids[0])])
    if proposal is None or proposal.status != ProposalStatus.DECLINED or not found:
        return _("It has been decided otherwise meanwhile.")
    [lesson] = found
    zone, language = telling.house.zone, telling.language
    words = {
        "student": say_list([seat.student for seat in lesson.seats], language),
        "lesson": lesson.kind,
        "when": say_when(lesson.starts_at, zone, language),
    }
    return Told(words, paths.teachers_lesson(lesson.id, local_date(lesson.starts_at, zone)))
