"""A rule as its owner reads it: “If the family cancels less than 24 hours before the lesson, …”"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from studio_app.bookings.rules.policies.conditions import Count, Lasting, NotCounted, Notice, When
from studio_app.bookings.rules.policies.document import Policy, Rule
from studio_app.bookings.rules.policies.effect_phrases import effect_words
from studio_app.bookings.rules.policies.kinds import Act, Counted, Of, Plan
from studio_app.bookings.rules.policies.reasons import clock_words, period_words
from studio_app.bookings.rules.policies.wording import all_of, any_of, span_words
from studio_app.kit.formats import say_short_month, say_weekday
from studio_app.kit.words import Text, _
from studio_app.scheduling.rules.states import CancelledBy

ACTS: dict[tuple[Act, CancelledBy], Text] = {
    (Act.CANCEL, CancelledBy.FAMILY): _("the family cancels"),
    (Act.CANCEL, CancelledBy.TEACHER): _("the teacher cancels"),
    (Act.CANCEL, CancelledBy.SCHOOL): _("the studio cancels"),
    (Act.MOVE, CancelledBy.FAMILY): _("the family moves a lesson"),
    (Act.MOVE, CancelledBy.TEACHER): _("the teacher moves a lesson"),
    (Act.MOVE, CancelledBy.SCHOOL): _("the studio moves a lesson"),
    (Act.NO_SHOW, CancelledBy.FAMILY): _("the student does not come"),
    (Act.NO_SHOW, CancelledBy.TEACHER): _("the teacher does not come"),
    (Act.LATE_ARRIVAL, CancelledBy.FAMILY): _("the student comes late"),
    (Act.LATE_ARRIVAL, CancelledBy.TEACHER): _("the teacher comes late"),
    (Act.LEAVE, CancelledBy.FAMILY): _("the family ends the weekly lessons"),
}
_ANYBODY = {
    Act.CANCEL: _("a lesson is cancelled"),
    Act.MOVE: _("a lesson is moved"),
    Act.NO_SHOW: _("the student does not come"),
    Act.LATE_ARRIVAL: _("the student comes late"),
    Act.LEAVE: _("the weekly lessons are ended"),
}
_FROM = {
    CancelledBy.FAMILY: _("it comes from the family"),
    CancelledBy.TEACHER: _("it comes from the teacher"),
    CancelledBy.SCHOOL: _("it comes from the studio"),
}
_MISSED = frozenset({Act.CANCEL, Act.NO_SHOW})
REASON_WORDS = {
    "illness": _("illness"),
    "weather": _("the weather"),
    "school": _("school"),
    "holiday": _("a holiday"),
    "other": _("another reason"),
}
PLAN_WORDS = {
    Plan.ARREARS: _("after each lesson"),
    Plan.TERM: _("by the term"),
    Plan.MONTHLY: _("by the month"),
    Plan.YEARLY: _("by the year"),
    Plan.SEMESTER: _("by the semester"),
    Plan.PACKAGE: _("with a package"),
    Plan.PER_LESSON: _("lesson by lesson by card"),
}
_FLAGS = {
    "group": (_("it is a group lesson"), _("it is a single lesson")),
    "make_up": (_("it is a make-up itself"), _("it is not a make-up itself")),
    "trial": (_("it is a trial lesson"), _("it is not a trial lesson")),
    "online": (_("it is online"), _("it is in a room")),
    "adult": (_("the student is an adult"), _("the student is a child")),
    "paid": (_("it has been paid for"), _("it has not been paid for")),
    "noted": (_("a note is given"), _("no note is given")),
}


@dataclass(frozen=True, slots=True)
class Voice:
    """What a rule is read out with: `names` says what kinds of lessons are called, by id."""

    locale: str
    currency: str
    names: Mapping[str, str]


def rule_words(policy: Policy, rule: Rule, voice: Voice) -> Text:
    """The whole rule as a sentence."""
    ifs = list(condition_words(policy, rule.when, voice))
    unless = list(condition_words(policy, rule.unless, voice)) if rule.unless else []
    missed = not rule.when.acts or not _MISSED.isdisjoint(rule.when.acts)
    then = effect_words(rule.then, voice.currency, missed=missed)
    if not ifs and not unless:
        return _("In all other cases: {then}.", then=then)
    if not ifs:
        return _("Unless {unless}: {then}.", unless=all_of(unless), then=then)
    if not unless:
        return _("If {ifs}: {then}.", ifs=all_of(ifs), then=then)
    ifs_said, unless_said = all_of(ifs), all_of(unless)
    return _("If {ifs}, unless {unless}: {then}.", ifs=ifs_said, unless=unless_said, then=then)


def condition_words(policy: Policy, when: When, voice: Voice) -> Iterator[Text]:
    """Each thing that must hold, as a clause of its own."""
    yield from _who_does_what(when)
    if when.reasons:
        reasons = any_of([reason_words(policy, one) for one in when.reasons])
        yield _("the reason is {reasons}", reasons=reasons)
    for count in when.counts:
        yield count_words(policy, count)
    if when.plans:
        plans = any_of([PLAN_WORDS[one] for one in when.plans])
        yield _("it is paid {plans}", plans=plans)
    if when.lesson_types:
        kinds = any_of([_named(voice.names, str(one)) for one in when.lesson_types])
        yield _("the lesson is {kinds}", kinds=kinds)
    for name, (yes, no) in _FLAGS.items():
        wanted = getattr(when, name)
        if wanted is not None:
            yield yes if wanted else no
    yield from _days(when, voice.locale)
    if when.member_for:
        yield _("they have had lessons for {time}", time=_lasting_words(when.member_for))


def _who_does_what(when: When) -> Iterator[Text]:
    did = _acts(when)
    if not did:
        did = [_FROM[by] for by in when.by]
    if when.notice is None and when.late_by is None:
        yield from [any_of(did)] if did else []
        return
    late = [_lasting_words(when.late_by)] if when.late_by else []
    how = all_of([*(_notices(when.notice) if when.notice else ()), *late])
    yield _("{act} {how}", act=any_of(did), how=how) if did else _("it is {how}", how=how)


def _acts(when: When) -> list[Text]:
    """Nobody says that the studio does not come: such pairs are left out."""
    if not when.by:
        return [_ANYBODY[act] for act in when.acts]
    pairs = [(act, by) for act in when.acts for by in when.by]
    return [ACTS[one] for one in pairs if one in ACTS] or [_ANYBODY[act] for act in when.acts]


def _notices(notice: Notice) -> Iterator[Text]:
    if notice.at_least:
        yield _("{time} or more before the lesson", time=span_words(notice.at_least))
    if notice.more_than:
        yield _("more than {time} before the lesson", time=span_words(notice.more_than))
    if notice.less_than:
        yield _("less than {time} before the lesson", time=span_words(notice.less_than))
    if notice.at_most:
        yield _("at most {time} before the lesson", time=span_words(notice.at_most))
    if notice.by:
        yield _("by {clock}", clock=clock_words(notice.by))
    if notice.later_than:
        yield _("later than {clock}", clock=clock_words(notice.later_than))


def _lasting_words(lasting: Lasting) -> Text:
    parts = [_("{time} or more", time=span_words(lasting.at_least))] if lasting.at_least else []
    if lasting.less_than:
        parts.append(_("less than {time}", time=span_words(lasting.less_than)))
    return all_of(parts) if parts else _("some time")


def reason_words(policy: Policy, key: str) -> Text:
    own = {one.key: one.name for one in policy.reasons}
    return _("“{reason}”", reason=own[key]) if key in own else REASON_WORDS.get(key, Text(key))


def _named(names: Mapping[str, str], key: str) -> Text:
    return _("“{name}”", name=names[key]) if key in names else _("a kind that is gone")


_COUNTED = {
    Counted.CANCELLATIONS: _("cancellations"),
    Counted.MOVES: _("moves"),
    Counted.NO_SHOWS: _("lessons missed without a word"),
    Counted.ABSENCES: _("absences"),
    Counted.LATE: _("late cancellations and moves"),
    Counted.CREDITS: _("credits"),
}
_OF = {Of.ENROLMENT: _("of this weekly lesson"), Of.FAMILY: _("of the whole family")}


def count_words(policy: Policy, count: Count) -> Text:
    """There were fewer than 2 credits this term, not counting illness."""
    what = _COUNTED[count.what]
    if count.of in _OF:
        what = _("{what} {whose}", what=what, whose=_OF[count.of])
    within = period_words(count)
    parts: list[Text] = []
    if count.at_least is not None:
        parts.append(_("{n} or more", n=count.at_least))
    if count.fewer_than is not None:
        parts.append(_("fewer than {n}", n=count.fewer_than))
    often = all_of(parts) if parts else _("some")
    said = _("there were {often} {what} {within}", often=often, what=what, within=within)
    left_out = list(_not_counted(policy, count.not_if)) if count.not_if else []
    if not left_out:
        return said
    return _("{said} (not counting {others})", said=said, others=any_of(left_out))


def _not_counted(policy: Policy, not_if: NotCounted) -> Iterator[Text]:
    yield from (reason_words(policy, one) for one in not_if.reasons)
    by = {
        CancelledBy.FAMILY: _("the family’s"),
        CancelledBy.TEACHER: _("the teacher’s"),
        CancelledBy.SCHOOL: _("the studio’s"),
    }
    yield from (by[one] for one in not_if.by)
    if not_if.noted is not None:
        yield _("those with a note") if not_if.noted else _("those without a note")
    if not_if.make_up is not None:
        yield _("make-ups") if not_if.make_up else _("regular lessons")
    if not_if.in_time:
        yield _("those said {time} or more before", time=span_words(not_if.in_time))


def _days(when: When, locale: str) -> Iterator[Text]:
    if when.months:
        months = any_of([Text(say_short_month(date(2000, n, 1), locale)) for n in when.months])
        yield _("the lesson is in {months}", months=months)
    if when.weekdays:
        days = any_of([Text(say_weekday(n, locale)) for n in when.weekdays])
        yield _("the lesson is on a {weekdays}", weekdays=days)
    if when.windows:
        names = any_of([_("“{name}”", name=one) for one in when.windows])
        yield _("the lesson is in {windows}", windows=names)
