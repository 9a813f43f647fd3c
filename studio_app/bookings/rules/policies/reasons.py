"""Why a rule decided, in the words of the family: what it asks, or what another one missed."""

from studio_app.bookings.rules.policies.case import Case
from studio_app.bookings.rules.policies.conditions import Clock, Count, Notice, When
from studio_app.bookings.rules.policies.document import Policy, Rule
from studio_app.bookings.rules.policies.kinds import (
    Act,
    ChargeAs,
    Counted,
    Period,
)
from studio_app.bookings.rules.policies.matching import Part, Unmet, counted, unmet
from studio_app.bookings.rules.policies.wording import span_words
from studio_app.kit.words import Text, _, many
from studio_app.scheduling.rules.states import CancelledBy

_BY_OTHERS = {
    (Act.CANCEL, CancelledBy.TEACHER): _("The teacher cancels"),
    (Act.CANCEL, CancelledBy.SCHOOL): _("The studio cancels"),
    (Act.MOVE, CancelledBy.TEACHER): _("The teacher moves the lesson"),
    (Act.MOVE, CancelledBy.SCHOOL): _("The studio moves the lesson"),
    (Act.LATE_ARRIVAL, CancelledBy.TEACHER): _("The teacher came late"),
    (Act.NO_SHOW, CancelledBy.TEACHER): _("The teacher did not come"),
}
_FOR = {
    "illness": _("This is for illness"),
    "weather": _("This is for the weather"),
    "school": _("This is for school"),
    "holiday": _("This is for a holiday"),
}
_WITHIN = {
    Period.WEEK: _("this week"),
    Period.MONTH: _("this month"),
    Period.QUARTER: _("this quarter"),
    Period.YEAR: _("this year"),
    Period.SCHOOL_YEAR: _("this school year"),
    Period.TERM: _("this term"),
    Period.WINDOW: _("in this part of the year"),
    Period.MEMBERSHIP: _("since the beginning"),
}


def why(policy: Policy, rule: Rule, case: Case) -> Text | None:
    """None where the rule asks nothing that would explain it, and no better one was missed."""
    if case.by is not CancelledBy.FAMILY:
        return _BY_OTHERS.get((case.act, case.by))
    return _asked(policy, rule.when, case) or _missed(policy, rule, case)


def _asked(policy: Policy, when: When, case: Case) -> Text | None:
    if when.notice:
        return _notice_words(when.notice)
    for count in when.counts:
        if count.at_least is not None:
            return _count_words(count, counted(policy, count, case))
    if case.reason in when.reasons:
        return _reason_words(policy, case.reason)
    if when.paid is False:
        return _("This lesson has not been paid for yet")
    if when.make_up:
        return _("This is a make-up lesson")
    if when.late_by and when.late_by.at_least:
        late = span_words(when.late_by.at_least)
        return _("This is {late} late or more", late=late)
    return None


def _notice_words(notice: Notice) -> Text | None:
    low, high = notice.at_least or notice.more_than, notice.less_than or notice.at_most
    if low and high:
        far, near = span_words(high), span_words(low)
        return _("This is within {far}, but not within {near}", far=far, near=near)
    if high:
        return _("This is within {time}", time=span_words(high))
    if notice.at_least:
        return _("This is at least {time} before", time=span_words(notice.at_least))
    if notice.more_than:
        return _("This is more than {time} before", time=span_words(notice.more_than))
    if notice.later_than:
        return _("This is later than {clock}", clock=clock_words(notice.later_than))
    return _("This is in time, by {clock}", clock=clock_words(notice.by)) if notice.by else None


def clock_words(clock: Clock) -> Text:
    """18:00 on the day before the lesson"""
    if clock.days_before == 0:
        return _("{time} on the day of the lesson", time=clock.at)
    if clock.working_days:
        return many(
            "{time} one working day before the lesson",
            "{time} {n} working days before the lesson",
            n=clock.days_before,
            time=clock.at,
        )
    return many(
        "{time} on the day before the lesson",
        "{time} {n} days before the lesson",
        n=clock.days_before,
        time=clock.at,
    )


def _count_words(count: Count, found: int) -> Text:
    """2 credits were given this term already"""
    within = period_words(count)
    match count.what:
        case Counted.CREDITS:
            return many(
                "One credit was given {within} already",
                "{n} credits were given {within} already",
                n=found,
                within=within,
            )
        case Counted.MOVES:
            return many(
                "One lesson was moved {within} already",
                "{n} lessons were moved {within} already",
                n=found,
                within=within,
            )
        case Counted.CANCELLATIONS:
            return many(
                "One lesson was cancelled {within} already",
                "{n} lessons were cancelled {within} already",
                n=found,
                within=within,
            )
        case _:
            return _absences(count, found, within)


def _absences(count: Count, found: int, within: Text) -> Text:
    if count.what is Counted.LATE:
        return many(
            "It was late once {within} already",
            "It was late {n} times {within} already",
            n=found,
            within=within,
        )
    return many(
        "One lesson was missed {within} already",
        "{n} lessons were missed {within} already",
        n=found,
        within=within,
    )


def period_words(count: Count) -> Text:
    """This term; in the last 30 days"""
    if count.period is Period.ROLLING:
        return many("in the last day", "in the last {n} days", n=count.days or 1)
    return _WITHIN[count.period]


def _reason_words(policy: Policy, reason: str) -> Text | None:
    own = {one.key: one.name for one in policy.reasons}
    if reason in own:
        return _("The reason is “{reason}”", reason=own[reason])
    return _FOR.get(reason)


def _missed(policy: Policy, rule: Rule, case: Case) -> Text | None:
    """What kept the first better rule from deciding, if it was one thing only."""
    for one in policy.rules[: policy.rules.index(rule)]:
        better = one.then.credit or one.then.refund or one.then.charge.how is ChargeAs.NONE
        lacking = list(unmet(policy, one.when, case)) if better else []
        if len(lacking) == 1 and (said := _lacking(one.when, lacking[0])):
            return said
    return None


def _limit(notice: Notice | None) -> str | None:
    return (notice.at_least or notice.more_than) if notice else None


def _lacking(when: When, lacking: Unmet) -> Text | None:
    match lacking.part:
        case Part.NOTICE if limit := _limit(when.notice):
            return _("This is within {time}", time=span_words(limit))
        case Part.NOTICE if when.notice and when.notice.by:
            return _("This is later than {clock}", clock=clock_words(when.notice.by))
        case Part.COUNT if lacking.count and lacking.count.fewer_than is not None:
            return _count_words(lacking.count, lacking.found)
        case Part.PAID:
            return _("This lesson has not been paid for yet")
        case Part.PLAN:
            return _("Make-ups are not part of how these lessons are paid")
        case _:
            return None
