"""An automation as a sentence: "When a lesson is cancelled, if …, then …"."""

from collections.abc import Mapping
from datetime import time

from studio_app.automations.rules.asking import QUESTIONS, YES, Kind
from studio_app.automations.rules.recipe import (
    About,
    Action,
    Compare,
    Condition,
    Do,
    Happening,
    Recipe,
    What,
    When,
)
from studio_app.kit.formats import say_list, say_money, say_wall_time, say_weekday
from studio_app.kit.money import Money
from studio_app.kit.words import Text, _, many
from studio_app.people.rules import StudentStatus
from studio_app.scheduling.rules.states import CancelledBy

_HAPPENINGS: dict[Happening, Text] = {
    Happening.LESSON_CANCELLED: _("a lesson is cancelled"),
    Happening.LESSON_MOVED: _("a lesson is moved"),
    Happening.LESSON_HELD: _("a lesson is marked as held"),
    Happening.NO_SHOW: _("a student is marked as a no-show"),
    Happening.STUDENT_ADDED: _("a student is added"),
    Happening.STUDENT_ENROLLED: _("a student gets a weekly lesson"),
    Happening.ENROLMENT_ENDED: _("a weekly lesson of a student ends"),
    Happening.STUDENT_TAGGED: _("a student gets a tag"),
    Happening.INVOICE_SENT: _("an invoice is sent"),
    Happening.PAYMENT_RECEIVED: _("a payment is received"),
}
_EACH: dict[About, Text] = {
    About.STUDENT: _("for each student"),
    About.FAMILY: _("for each family"),
    About.STUDIO: _("once for the studio"),
}
_ASKED: dict[What, Text] = {
    What.STUDENT_STATUS: _("the student’s status"),
    What.STUDENT_AGE: _("the student’s age"),
    What.STUDENT_INSTRUMENT: _("the student’s instrument"),
    What.STUDENT_TAG: _("a tag of the student"),
    What.STUDENT_ADULT: _("the student is an adult"),
    What.STUDENT_TEACHER: _("a teacher of the student"),
    What.LESSON_TYPE: _("the kind of lesson"),
    What.LESSON_TEACHER: _("the lesson’s teacher"),
    What.LESSON_WEEKDAY: _("the lesson’s weekday"),
    What.LESSON_ONLINE: _("the lesson is online"),
    What.LESSON_HOURS_BEFORE: _("the hours left before the lesson"),
    What.LESSON_CANCELLED_BY: _("who cancelled"),
    What.OWED: _("what the family owes"),
    What.OVERDUE_DAYS: _("the days overdue"),
    What.NO_SHOWS: _("the no-shows"),
}
_DONE: dict[Do, Text] = {
    Do.TASK: _("make a task for the office"),
    Do.MESSAGE_FAMILY: _("write to the family"),
    Do.MESSAGE_TEACHER: _("write to the teacher"),
    Do.ADD_TAG: _("add a tag"),
    Do.REMOVE_TAG: _("remove a tag"),
    Do.PAUSE: _("pause the student"),
    Do.WEBHOOK: _("tell another program"),
}
_COMPARED: dict[Compare, Text] = {
    Compare.IS: _("is"),
    Compare.IS_NOT: _("is not"),
    Compare.MORE_THAN: _("more than"),
    Compare.LESS_THAN: _("less than"),
    Compare.AT_LEAST: _("at least"),
}


def happening_words(happening: Happening) -> Text:
    """As an entry of a list; the clock's also say how often."""
    often = {
        Happening.EVERY_DAY: _("every day"),
        Happening.EVERY_WEEK: _("every week"),
        Happening.EVERY_MONTH: _("every month"),
    }
    return _HAPPENINGS[happening] if happening in _HAPPENINGS else often[happening]


def each_words(each: About) -> Text:
    return _EACH[each]


def asked_words(what: What) -> Text:
    return _ASKED[what]


def compared_words(compare: Compare) -> Text:
    return _COMPARED[compare]


def do_words(do: Do) -> Text:
    return _DONE[do]


def sentence(recipe: Recipe, *, locale: str, currency: str, names: Mapping[str, str]) -> Text:
    """The whole of it; `names` says what teachers and kinds of lessons are called, by id."""
    ifs = [condition_words(one, locale, currency, names) for one in recipe.conditions]
    thens = [action_words(one) for one in recipe.actions]
    when = when_words(recipe.when, locale)
    done = say_list([one.say(locale) for one in thens], locale)
    if not ifs:
        return _("{when}, {then}.", when=when, then=done)
    held = say_list([one.say(locale) for one in ifs], locale)
    return _("{when}, if {conditions}, {then}.", when=when, conditions=held, then=done)


def when_words(when: When, locale: str) -> Text:
    if when.happening is Happening.STUDENT_TAGGED and when.tag:
        return _("When a student gets the tag “{tag}”", tag=when.tag)
    if not when.happening.is_scheduled:
        return _("When {happening}", happening=_HAPPENINGS[when.happening])
    at, each = say_wall_time(time(when.hour), locale), _EACH[when.each]
    match when.happening:
        case Happening.EVERY_WEEK:
            day = say_weekday(when.weekday, locale)
            return _("Every {weekday} at {time}, {each}", weekday=day, time=at, each=each)
        case Happening.EVERY_MONTH:
            return _(
                "On day {day} of every month at {time}, {each}", day=when.day, time=at, each=each
            )
        case _:
            return _("Every day at {time}, {each}", time=at, each=each)


def condition_words(
    condition: Condition, locale: str, currency: str, names: Mapping[str, str]
) -> Text:
    question = QUESTIONS[condition.what]
    if question.kind is Kind.FLAG:
        return _yes_or_no(condition)
    asked, compare = _ASKED[condition.what], _COMPARED[condition.compare]
    value = _value_words(condition.value, question.kind, locale, currency, names)
    if question.looks_back:
        return many(
            "{asked} in the last day are {compare} {value}",
            "{asked} in the last {n} days are {compare} {value}",
            n=condition.days,
            asked=asked,
            compare=compare,
            value=value,
        )
    if condition.compare in {Compare.IS, Compare.IS_NOT}:
        return _("{asked} {compare} {value}", asked=asked, compare=compare, value=value)
    if condition.what is What.OVERDUE_DAYS or condition.what is What.LESSON_HOURS_BEFORE:
        return _("{asked} are {compare} {value}", asked=asked, compare=compare, value=value)
    return _("{asked} is {compare} {value}", asked=asked, compare=compare, value=value)


def _yes_or_no(condition: Condition) -> Text:
    yes = condition.value == YES
    if condition.what is What.STUDENT_ADULT:
        return _("the student is an adult") if yes else _("the student is a child")
    return _("the lesson is online") if yes else _("the lesson is in a room")


def _value_words(
    value: str, kind: Kind, locale: str, currency: str, names: Mapping[str, str]
) -> Text | str:
    match kind:
        case Kind.STATUS:
            return StudentStatus(value).label
        case Kind.CANCELLED_BY:
            return CancelledBy(value).label
        case Kind.WEEKDAY:
            return say_weekday(int(value), locale)
        case Kind.MONEY:
            return say_money(Money(int(value), currency), locale)
        case Kind.TEACHER | Kind.LESSON_TYPE:
            return names.get(value, _("somebody or something that is gone"))
        case _:
            return value


_WRITING = {
    (Do.MESSAGE_FAMILY, False): _("write “{subject}” to the family"),
    (Do.MESSAGE_TEACHER, False): _("write “{subject}” to the teacher"),
    (Do.MESSAGE_FAMILY, True): _("write “{subject}” to the family, as a text too"),
    (Do.MESSAGE_TEACHER, True): _("write “{subject}” to the teacher, as a text too"),
}


def action_words(action: Action) -> Text:
    match action.do:
        case Do.TASK:
            return _("make the task “{words}”", words=action.words)
        case Do.MESSAGE_FAMILY | Do.MESSAGE_TEACHER:
            said = _WRITING[action.do, action.by_text]
            return Text(said.msgid, {"subject": action.subject})
        case Do.ADD_TAG:
            return _("add the tag “{tag}”", tag=action.tag)
        case Do.REMOVE_TAG:
            return _("remove the tag “{tag}”", tag=action.tag)
        case Do.PAUSE:
            return _("pause the student")
        case Do.WEBHOOK:
            return _("tell {url}", url=action.url)
