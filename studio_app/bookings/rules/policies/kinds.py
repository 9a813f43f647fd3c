"""The words a policy is written in. What each is called is said in `phrases`."""

from enum import StrEnum

from studio_app.kit.words import Labelled


class Act(Labelled):
    """What happened to a lesson, or is about to. `leave` ends the weekly lessons."""

    CANCEL = "cancel"
    MOVE = "move"
    NO_SHOW = "no_show"
    LATE_ARRIVAL = "late_arrival"
    LEAVE = "leave"


class Plan(Labelled):
    """How the lesson is paid for."""

    ARREARS = "arrears"
    TERM = "term"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    SEMESTER = "semester"
    PACKAGE = "package"
    PER_LESSON = "per_lesson"

    @property
    def bills_what_is_held(self) -> bool:
        """A lesson that is not held is not charged: there is nothing to be made up."""
        return self in {Plan.ARREARS, Plan.PER_LESSON}


REASONS = ("illness", "weather", "school", "holiday", "other")
"""Known to every policy; a studio adds its own"""


class Counted(StrEnum):
    """What is counted. Absences are cancellations and no-shows together."""

    CANCELLATIONS = "cancellations"
    MOVES = "moves"
    NO_SHOWS = "no_shows"
    ABSENCES = "absences"
    LATE = "late"
    """Cancellations and moves that were marked as late"""
    CREDITS = "credits"
    """Times a credit was given"""


class Period(StrEnum):
    """Within what is counted. A school year begins as the policy says."""

    ROLLING = "rolling"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    TERM = "term"
    WINDOW = "window"
    MEMBERSHIP = "membership"


class Of(StrEnum):
    """Whose times are counted: this student's, in this weekly lesson only, or all the family's."""

    STUDENT = "student"
    ENROLMENT = "enrolment"
    FAMILY = "family"


class DatedBy(StrEnum):
    """The day of the lesson, or the day on which it was said."""

    LESSON = "lesson"
    ASKED = "asked"


class ChargeAs(StrEnum):
    BILLED = "billed"
    NONE = "none"
    FULL = "full"
    PERCENT = "percent"


class Until(StrEnum):
    """The end of the term, window or year of the lesson, or of the one after it."""

    TERM = "term"
    NEXT_TERM = "next_term"
    WINDOW = "window"
    NEXT_WINDOW = "next_window"
    YEAR = "year"
    SCHOOL_YEAR = "school_year"
    MAKE_UP_DAYS = "make_up_days"


class UsableIn(StrEnum):
    """Times that others gave back; the studio's make-up days."""

    FREED = "freed"
    MAKE_UP_DAYS = "make_up_days"


class Given(StrEnum):
    """When the credit is there: at once, when somebody else took the time, when staff agreed."""

    AT_ONCE = "at_once"
    ONCE_FILLED = "once_filled"
    ONCE_AGREED = "once_agreed"


class RefundTo(StrEnum):
    SOURCE = "source"
    INVOICE = "invoice"


class UsedCredit(StrEnum):
    RETURNED = "returned"
    LOST = "lost"


class Slots(StrEnum):
    """What becomes of the weekly place."""

    KEPT = "kept"
    RELEASED = "released"


class Held(StrEnum):
    """What becomes of an amount held on a card."""

    RELEASED = "released"
    CAPTURED = "captured"
    CAPTURED_AT_ONCE = "captured_at_once"
