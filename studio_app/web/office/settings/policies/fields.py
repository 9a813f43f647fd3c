"""The fields of one rule, as data: the page draws whatever stands here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio_app.web.office.settings.policies.parts import outcome_of, shown, value_at
from studio_app.web.words import _, say

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Option:
    value: str = ""
    label: str = ""
    on: bool = False


@dataclass(frozen=True)
class FieldShown:
    """`kind`: chips for a list, select, text, words for a long text."""

    part: str = ""
    label: str = ""
    kind: str = "text"
    value: str = ""
    options: tuple[Option, ...] = ()
    hint: str = ""


def acts() -> Choices:
    return (
        ("cancel", _("Cancelled")),
        ("move", _("Moved")),
        ("no_show", _("Did not come")),
        ("late_arrival", _("Came late")),
        ("leave", _("Lessons ended")),
    )


def callers() -> Choices:
    return (("family", _("The family")), ("teacher", _("The teacher")), ("school", _("The studio")))


def reasons(document: Mapping[str, Any]) -> Choices:
    own = [(one["key"], one["name"]) for one in document.get("reasons", ())]
    return (
        ("illness", _("Illness")),
        ("weather", _("Weather")),
        ("school", _("School")),
        ("holiday", _("Holiday")),
        ("other", _("Anything else")),
        *own,
    )


def plans() -> Choices:
    return (
        ("arrears", _("After each lesson")),
        ("term", _("By the term")),
        ("monthly", _("By the month")),
        ("yearly", _("By the year")),
        ("semester", _("By the semester")),
        ("package", _("With a package")),
        ("per_lesson", _("By card, lesson by lesson")),
    )


def when_fields(
    rule: Mapping[str, Any], document: Mapping[str, Any], kinds: Choices, currency: str
) -> list[FieldShown]:
    """What the rule asks. What is left empty may be anything."""
    either = (("", _("Either")), ("yes", _("Yes")), ("no", _("No")))
    made = _Fields(rule, currency)
    return [
        made.chips("when.acts", _("What happened"), acts()),
        made.chips("when.by", _("By whom"), callers()),
        made.text("when.notice.at_least", _("At least so long before"), _span_hint()),
        made.text("when.notice.less_than", _("Less than so long before"), _span_hint()),
        *made.said(
            ("when.notice.more_than", _("More than so long before")),
            ("when.notice.at_most", _("At most so long before")),
        ),
        made.chips("when.reasons", _("Why"), reasons(document)),
        *_count_fields(made, rule),
        made.chips("when.plans", _("How it is paid"), plans()),
        *([made.chips("when.lesson_types", _("Kinds of lessons"), kinds)] if kinds else []),
        made.select("when.make_up", _("It is a make-up itself"), either),
        made.select("when.group", _("It is a group lesson"), either),
        made.select("when.paid", _("It has been paid for"), either),
        made.select("when.noted", _("With a note"), either),
        made.select("when.adult", _("The student is an adult"), either),
    ]


def _count_fields(made: "_Fields", rule: Mapping[str, Any]) -> list[FieldShown]:
    what = (
        ("", _("Do not count")),
        ("credits", _("Credits given")),
        ("cancellations", _("Cancellations")),
        ("moves", _("Moves")),
        ("no_shows", _("Missed without a word")),
        ("absences", _("Absences")),
        ("late", _("Late cancellations and moves")),
    )
    listed = [made.select("when.counts.0.what", _("Count what was before"), what)]
    if not value_at(rule, "when.counts"):
        return listed
    periods = (
        ("rolling", _("In the last days")),
        ("week", _("In the week")),
        ("month", _("In the month")),
        ("quarter", _("In the quarter")),
        ("year", _("In the year")),
        ("school_year", _("In the school year")),
        ("term", _("In the term")),
        ("window", _("In the part of the year")),
        ("membership", _("Since the beginning")),
    )
    listed.append(made.select("when.counts.0.period", _("Within"), periods))
    if value_at(rule, "when.counts.0.period") == "rolling":
        listed.append(made.text("when.counts.0.days", _("So many days")))
    return [
        *listed,
        made.text("when.counts.0.fewer_than", _("Fewer than")),
        made.text("when.counts.0.at_least", _("At least")),
    ]


def then_fields(rule: Mapping[str, Any], currency: str) -> list[FieldShown]:
    """What the rule does."""
    made = _Fields(rule, currency)
    possible = (
        ("yes", _("Yes")),
        ("ask", _("Only if the studio agrees")),
        ("no", _("No")),
    )
    options = tuple(Option(*one) for one in possible)
    outcome = outcome_of(rule)
    first = FieldShown("then.outcome", _("Is it possible?"), "select", outcome, options)
    words = made.text("then.words", _("Tell the family as well"))
    if outcome == "no":
        return [first, words]
    return [
        first,
        *_money_fields(made, rule),
        *_credit_fields(made, rule),
        *_other_fields(made),
        words,
    ]


def _money_fields(made: "_Fields", rule: Mapping[str, Any]) -> list[FieldShown]:
    charges = (
        ("billed", _("As it is billed anyway")),
        ("none", _("Nothing")),
        ("full", _("The whole price")),
        ("percent", _("A part of the price")),
    )
    listed = [made.select("then.charge.how", _("Charged for the lesson"), charges, "billed")]
    if value_at(rule, "then.charge.how") == "percent":
        listed.append(made.text("then.charge.percent", _("Percent of the price")))
    to = (("source", _("To where it came from")), ("invoice", _("Off the next invoice")))
    listed += [
        made.text("then.fee.minor", _("A fee")),
        made.text("then.refund.percent", _("Percent of what was paid, given back")),
    ]
    if value_at(rule, "then.refund"):
        listed.append(made.select("then.refund.to", _("Given back"), to, "source"))
    return listed


def _credit_fields(made: "_Fields", rule: Mapping[str, Any]) -> list[FieldShown]:
    kinds = (
        ("", _("No credit")),
        ("lesson", _("A lesson")),
        ("session", _("A session of the package")),
        ("money", _("Money")),
    )
    listed = [made.select("then.credit.kind", _("Credit"), kinds)]
    credit = value_at(rule, "then.credit")
    if credit is None:
        return listed
    if credit.get("kind") == "money":
        listed.append(made.text("then.credit.percent", _("Percent of the price")))
    else:
        listed.append(made.text("then.credit.units", _("How many")))
    since = (("lesson", _("From the lesson")), ("asked", _("From the day it is cancelled")))
    until = (
        ("", _("No such end")),
        ("term", _("The end of the term")),
        ("next_term", _("The end of the next term")),
        ("window", _("The end of that part of the year")),
        ("next_window", _("The end of the next part of the year")),
        ("year", _("The end of the year")),
        ("school_year", _("The end of the school year")),
        ("make_up_days", _("The last make-up day")),
    )
    given = (
        ("at_once", _("At once")),
        ("once_filled", _("Once somebody else takes the time")),
        ("once_agreed", _("Once the studio has agreed")),
    )
    return [
        *listed,
        made.text("then.credit.valid.days", _("Good for so many days"), _("Empty: no such end.")),
        made.select("then.credit.valid.counted_from", _("Counted"), since, "lesson"),
        made.select("then.credit.valid.until", _("Not after"), until),
        made.select("then.credit.aligned", _("Only at the own weekday and time"), _yes_no(), "no"),
        made.select("then.credit.given", _("Given"), given, "at_once"),
    ]


def _other_fields(made: "_Fields") -> list[FieldShown]:
    used = (
        ("", _("Nothing is said")),
        ("returned", _("It comes back")),
        ("lost", _("It is lost")),
    )
    slot = (("kept", _("Kept")), ("released", _("Given up")))
    return [
        made.select("then.used_credit", _("A credit it was booked with"), used),
        made.select("then.late", _("Marked as late"), _yes_no(), "no"),
        made.select("then.slot", _("The weekly place"), slot, "kept"),
        made.text("then.teacher_pay", _("Percent of the teacher’s pay"), _("Empty: as usual.")),
    ]


def _yes_no() -> Choices:
    return (("no", _("No")), ("yes", _("Yes")))


def _span_hint() -> str:
    return _("Such as 24 h, 90 min or 2 d.")


class _Fields:
    """Fields of one rule, each with what stands in it."""

    def __init__(self, rule: Mapping[str, Any], currency: str) -> None:
        self.rule, self.currency = rule, currency

    def text(self, part: str, label: str, hint: str = "") -> FieldShown:
        return FieldShown(part, label, "text", shown(self.rule, part, self.currency), (), hint)

    def said(self, *parts: tuple[str, str]) -> Iterable[FieldShown]:
        """Fields for what is rarely said: only where it is."""
        return [self.text(part, label) for part, label in parts if value_at(self.rule, part)]

    def select(self, part: str, label: str, choices: Choices, default: str = "") -> FieldShown:
        value = shown(self.rule, part, self.currency) or default
        options = tuple(Option(one, say(words)) for one, words in choices)
        return FieldShown(part, label, "select", value, options)

    def chips(self, part: str, label: str, choices: Choices) -> FieldShown:
        chosen = value_at(self.rule, part) or ()
        options = tuple(Option(one, say(words), one in chosen) for one, words in choices)
        return FieldShown(part, label, "chips", "", options)
