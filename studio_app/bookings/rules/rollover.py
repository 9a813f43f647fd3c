"""What becomes of a re-enrolment run, of each answer in it, and what stands in a run's way."""

from datetime import date, datetime, timedelta

from studio_app.kit.words import Labelled, Text, _

DAYS_TO_ANSWER = 14
REMINDED_BEFORE = timedelta(days=3)
A_DAY = timedelta(days=1)


class RolloverState(Labelled):
    """Prepared: only the office knows of it. Open: families are asked. Closed: all is decided."""

    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"


class Answer(Labelled):
    YES = "yes"
    NO = "no"


class AnsweredBy(Labelled):
    """Who said it: the family itself, the office for it, or the office for all at the end."""

    FAMILY = "family"
    OFFICE = "office"
    CLOSING = "closing"


def problem_with_dates(
    old_last_on: date, new_first_on: date, new_last_on: date, answer_by: date, today: date
) -> Text | None:
    """Why families cannot be asked to go on from one term to another by that day, if so."""
    if new_first_on <= old_last_on:
        return _("The new term has to begin after the old one has ended.")
    if new_last_on < today:
        return _("The new term is over already.")
    return problem_with_day(answer_by, new_last_on, today)


def problem_with_day(answer_by: date, new_last_on: date, today: date) -> Text | None:
    if answer_by <= today:
        return _("Families need at least a day to answer: choose a later day.")
    if answer_by > new_last_on:
        return _("By that day the new term is over: choose an earlier one.")
    return None


def is_to_be_reminded(answer_by: date, today: date, sent_at: datetime, now: datetime) -> bool:
    """Three days before the last, but never within a day of having been asked."""
    return answer_by - REMINDED_BEFORE <= today <= answer_by and sent_at + A_DAY <= now
