"""The states of a booking, and why one is not confirmed yet."""

from studio_app.kit.words import Labelled, Text, _


class BookingKind(Labelled):
    """A lesson of one's own, one every week, or a place in a group."""

    SINGLE = "single"
    WEEKLY = "weekly"
    PLACE = "place"


class BookingState(Labelled):
    """requested → provisional → confirmed; or declined, expired, cancelled."""

    REQUESTED = "requested"
    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"

    @property
    def waits(self) -> bool:
        """Nobody has said yes or no yet; its time is kept meanwhile."""
        return self in WAITING


WAITING = frozenset({BookingState.REQUESTED, BookingState.PROVISIONAL})


class Reason(Labelled):
    """Why a booking is not confirmed yet."""

    REVIEW = "review"
    NOT_OPEN = "not_open"
    LEFT = "left"
    PUT_AWAY = "put_away"

    @property
    def sentence(self) -> Text:
        return _SENTENCES[self]


_SENTENCES = {
    Reason.REVIEW: _("Somebody of the studio looks at it first."),
    Reason.NOT_OPEN: _("The hours of the teacher have changed since it was booked."),
    Reason.LEFT: _("The student has left the studio since it was booked."),
    Reason.PUT_AWAY: _("The studio has stopped offering this kind of lesson."),
}
