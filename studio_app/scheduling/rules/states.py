"""The states a lesson can be in and the reasons an occurrence has no lesson."""

from studio_app.kit.words import Labelled


class LessonStatus(Labelled):
    """Whether a lesson takes place. What became of it is attendance's to say.

    Requested: somebody of the studio has to agree first. Provisional: it takes place, but
    something about its booking is still open.
    """

    REQUESTED = "requested"
    PROVISIONAL = "provisional"
    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"
    DECLINED = "declined"
    EXPIRED = "expired"

    @property
    def blocking(self) -> bool:
        """It keeps its teacher, room and students from anything else."""
        return self in BLOCKING

    @property
    def takes_place(self) -> bool:
        """It is taught, marked, reminded of and billed."""
        return self in TAKING_PLACE


BLOCKING = frozenset({LessonStatus.REQUESTED, LessonStatus.PROVISIONAL, LessonStatus.SCHEDULED})
TAKING_PLACE = frozenset({LessonStatus.PROVISIONAL, LessonStatus.SCHEDULED})
WITHOUT_TRACE = frozenset({LessonStatus.DECLINED, LessonStatus.EXPIRED})
"""They never became lessons: no calendar shows them"""


class EnrolmentState(Labelled):
    """A provisional place is held for a student until its booking is confirmed."""

    ACTIVE = "active"
    PROVISIONAL = "provisional"


class LessonKind(Labelled):
    REGULAR = "regular"
    MAKE_UP = "make_up"
    TRIAL = "trial"


class CancelledBy(Labelled):
    """Whose wish it was. Policies and credits ask this later."""

    FAMILY = "family"
    TEACHER = "teacher"
    SCHOOL = "school"


class ProposalStatus(Labelled):
    """What became of other times that were proposed for a lesson."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Confirming(Labelled):
    """What becomes of a booking: it holds at once, or somebody of the studio looks first."""

    AT_ONCE = "at_once"
    REVIEW = "review"


class Why(Labelled):
    """Why a series has no lesson on one of its days."""

    SKIPPED = "skipped"
    CLOSURE = "closure"
    HOLIDAY = "holiday"
    NOT_TERM_TIME = "not_term_time"
    CONFLICT = "conflict"
