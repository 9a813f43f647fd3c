"""Whether a rule fits a case, and if not, what stands in the way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from studio_app.bookings.rules.policies.case import Case, Past
from studio_app.bookings.rules.policies.conditions import (
    Clock,
    Count,
    Lasting,
    NotCounted,
    Notice,
    When,
)
from studio_app.bookings.rules.policies.document import Policy, Rule
from studio_app.bookings.rules.policies.kinds import Act, Counted, DatedBy, Of, Period
from studio_app.bookings.rules.policies.periods import period_around, windows_of
from studio_app.bookings.rules.policies.shapes import span_of
from studio_app.kit.clock import local_date, to_instant

DAY = timedelta(days=1)
_SATURDAY = 5
_ACTS = {
    Counted.CANCELLATIONS: {Act.CANCEL},
    Counted.MOVES: {Act.MOVE},
    Counted.NO_SHOWS: {Act.NO_SHOW},
    Counted.ABSENCES: {Act.CANCEL, Act.NO_SHOW},
}


class Part(StrEnum):
    """The parts of a condition, in the order in which somebody would give them as the cause."""

    ACT = "act"
    WHO = "who"
    NOTICE = "notice"
    LATE_BY = "late_by"
    COUNT = "count"
    PAID = "paid"
    PLAN = "plan"
    REASON = "reason"
    NOTED = "noted"
    MAKE_UP = "make_up"
    LESSON = "lesson"
    WHEN = "when"
    MEMBER = "member"


@dataclass(frozen=True, slots=True)
class Unmet:
    """A part that does not hold; for a count also which one and what was found."""

    part: Part
    count: Count | None = None
    found: int = 0


def fits(policy: Policy, rule: Rule, case: Case) -> bool:
    """All of `when` holds, and not all of `unless`."""
    if any(True for _one in unmet(policy, rule.when, case)):
        return False
    return rule.unless is None or any(True for _one in unmet(policy, rule.unless, case))


def unmet(policy: Policy, when: When, case: Case) -> Iterator[Unmet]:
    """What of a condition does not hold; nothing where it fits."""
    for part, holds in _parts(policy, when, case):
        if not holds:
            yield Unmet(part)
    for count in when.counts:
        found = counted(policy, count, case)
        if not _within(found, count.at_least, count.fewer_than):
            yield Unmet(Part.COUNT, count, found)


def counted(policy: Policy, count: Count, case: Case) -> int:
    """How often it happened before within the period; this time itself is not counted."""
    dated = count.dated_by or (DatedBy.ASKED if count.period is Period.ROLLING else DatedBy.LESSON)
    today = case.lesson_on if dated is DatedBy.LESSON else case.asked_on
    days = period_around(policy, case, count.period, today, count.days or 1)
    if days is None:
        return 0
    return sum(
        days.has(local_date(_dated(past, dated), case.zone))
        for past in case.history
        if _counts(past, count)
    )


def deadline(clock: Clock, case: Case) -> datetime:
    """The instant of a time on the wall so many days before the lesson; working days skip
    Saturdays, Sundays and the studio's closures."""
    day, left = case.lesson_on, clock.days_before
    while left > 0:
        day -= DAY
        if not clock.working_days or _is_working(day, case):
            left -= 1
    return to_instant(day, time.fromisoformat(clock.at), case.zone)


def _is_working(day: date, case: Case) -> bool:
    return day.weekday() < _SATURDAY and not any(closed.has(day) for closed in case.closed)


def _parts(policy: Policy, when: When, case: Case) -> Iterator[tuple[Part, bool]]:
    yield Part.ACT, not when.acts or case.act in when.acts
    yield Part.WHO, not when.by or case.by in when.by
    yield Part.NOTICE, when.notice is None or _in_notice(when.notice, case)
    yield Part.LATE_BY, when.late_by is None or _lasted(when.late_by, case.late_by)
    yield Part.PAID, when.paid is None or when.paid is case.is_paid
    yield Part.PLAN, not when.plans or case.plan in when.plans
    yield Part.REASON, not when.reasons or case.reason in when.reasons
    yield Part.NOTED, when.noted is None or when.noted is case.noted
    yield Part.MAKE_UP, when.make_up is None or when.make_up is case.is_make_up
    yield Part.LESSON, _is_such_a_lesson(when, case)
    yield Part.WHEN, _is_then(policy, when, case)
    yield Part.MEMBER, when.member_for is None or _lasted(when.member_for, _member_for(case))


def _in_notice(notice: Notice, case: Case) -> bool:
    """Exactly at a limit is in time: 24 hours before are at least 24 hours, not less."""
    if notice.by and case.at > deadline(notice.by, case):
        return False
    if notice.later_than and case.at <= deadline(notice.later_than, case):
        return False
    if notice.more_than and case.notice <= span_of(notice.more_than):
        return False
    if notice.at_most and case.notice > span_of(notice.at_most):
        return False
    return _lasted(Lasting(notice.at_least, notice.less_than), case.notice)


def _lasted(lasting: Lasting, found: timedelta | None) -> bool:
    """What is not known lasted neither long enough nor little enough."""
    if found is None:
        return False
    if lasting.at_least and found < span_of(lasting.at_least):
        return False
    return not lasting.less_than or found < span_of(lasting.less_than)


def _member_for(case: Case) -> timedelta | None:
    return case.lesson_on - case.member_since if case.member_since else None


def _is_such_a_lesson(when: When, case: Case) -> bool:
    asked = (
        (when.group, case.is_group),
        (when.trial, case.is_trial),
        (when.online, case.is_online),
        (when.adult, case.is_adult),
    )
    kind = not when.lesson_types or case.lesson_type_id in when.lesson_types
    return kind and all(wanted is None or wanted is there for wanted, there in asked)


def _is_then(policy: Policy, when: When, case: Case) -> bool:
    day = case.lesson_on
    if when.months and day.month not in when.months:
        return False
    if when.weekdays and day.isoweekday() not in when.weekdays:
        return False
    if not when.windows:
        return True
    return any(name in when.windows and days.has(day) for name, days in windows_of(policy, day))


def _counts(past: Past, count: Count) -> bool:
    whose = {
        Of.STUDENT: past.same_student,
        Of.ENROLMENT: past.same_student and past.same_enrolment,
        Of.FAMILY: True,
    }
    if not whose[count.of] or (count.by and past.by not in count.by):
        return False
    if count.not_if is not None and any(_left_out(past, count.not_if)):
        return False
    match count.what:
        case Counted.CREDITS:
            return past.credited
        case Counted.LATE:
            return past.late
        case what:
            return past.act in _ACTS[what]


def _left_out(past: Past, not_if: NotCounted) -> Iterable[bool]:
    yield past.reason in not_if.reasons
    yield past.by in not_if.by
    yield not_if.noted is not None and past.noted is not_if.noted
    yield not_if.make_up is not None and past.is_make_up is not_if.make_up
    in_time = not_if.in_time
    yield in_time is not None and past.starts_at - past.at >= span_of(in_time)


def _dated(past: Past, dated: DatedBy) -> datetime:
    return past.starts_at if dated is DatedBy.LESSON else past.at


def _within(found: int, at_least: int | None, fewer_than: int | None) -> bool:
    if at_least is not None and found < at_least:
        return False
    return fewer_than is None or found < fewer_than
