"""Before families are asked: what each weekly lesson would meet in the new term."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio_app.billing.access.seats import rate_card
from studio_app.billing.rules.pricing import Per, Scope
from studio_app.bookings.access import rollover as access
from studio_app.bookings.access.rollover_places import Listed, listed
from studio_app.bookings.meeting_term import Ahead, ahead_of
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_money
from studio_app.kit.ids import RolloverId, RolloverLessonId, RolloverPlaceId
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.scheduling.rules.year import TermDays

NAMED = 3


@dataclass(frozen=True, slots=True)
class Check:
    """A weekly lesson in the new term: how many lessons it has, and what stands in the way."""

    lessons: int
    """That would be held"""
    from_on: str
    closed: str
    """2 days are closed; empty if none is"""
    conflicts: tuple[str, ...]
    """Who or what is taken, for days that would be left out"""
    cautions: tuple[str, ...]
    """What needs a reason, or should at least be known"""
    impossible: bool
    """No day is free: it has to be changed or left out"""


@dataclass(frozen=True, slots=True)
class Checked:
    lessons: Mapping[RolloverLessonId, Check]
    prices: Mapping[RolloverPlaceId, str]
    """£18.00 a lesson; only for who may see prices, where one is known"""
    conflicts: int
    impossible: int


@requires(Permission.CALENDAR_MANAGE)
def rollover_checks(work: Work, rollover_id: RolloverId) -> Checked:
    """As it would be if families were asked now; as many statements however many they are."""
    run = access.rollover(work, rollover_id)
    places = listed(work, run.id, left_out=True)
    _old, new = access.terms_of(work, run)
    found = {lesson_id: _check(one) for lesson_id, one in ahead_of(work, run, new, places).items()}
    return Checked(
        lessons=found,
        prices=_prices(work, places, new) if work.actor.may(Permission.BILLING_VIEW) else {},
        conflicts=sum(bool(one.conflicts) for one in found.values()),
        impossible=sum(one.impossible for one in found.values()),
    )


def _check(one: Ahead) -> Check:
    closed = many("{n} day is closed: {why}", "{n} days are closed: {why}", n=len(one.closed),
                  why=", ".join(dict.fromkeys(one.closed)))  # fmt: skip
    outside: list[Text] = []
    if one.outside:
        outside = [
            many(
                "{n} lesson is outside of the hours of {teacher}.",
                "{n} lessons are outside of the hours of {teacher}.",
                n=one.outside,
                teacher=one.teacher,
            )
        ]
    said = list(dict.fromkeys(str(each) for each in (*one.cautions, *outside)))
    return Check(
        lessons=one.lessons,
        from_on=one.from_on,
        closed=str(closed) if one.closed else "",
        conflicts=tuple(dict.fromkeys(str(each) for each in one.conflicts))[:NAMED],
        cautions=tuple(said[:NAMED]),
        impossible=one.lessons == 0,
    )


def _prices(work: Work, places: Sequence[Listed], new: TermDays) -> dict[RolloverPlaceId, str]:
    card, locale = rate_card(work), work.actor.locale
    found: dict[RolloverPlaceId, str] = {}
    for one in places:
        series = one.series
        scope = Scope(
            series.lesson_type_id, series.teacher_id, one.place.student_id, one.plan.minutes
        )
        price = card.price(scope, new.first_on)
        if price is not None:
            amount = say_money(price.amount, locale)
            each = price.per is Per.LESSON
            said = (
                _("{amount} a lesson", amount=amount)
                if each
                else _("{amount} a term", amount=amount)
            )
            found[one.place.id] = said.say(locale)
    return found
