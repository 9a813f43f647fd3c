"""The states a lesson can be in and the reasons an occurrence has no lesson."""

from studio_app.kit.words import Labelled


class LessonStatus(Labelled):
    """Whether a lesson takes place. What became of it is attendance's to say."""

    SCHEDULED = "scheduled"
    CANCELLED = "cancelled"


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
