"""What an automation would have done in the past month. Nothing is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from studio_app.automations.access.facts import Fact, facts_between, whom
from studio_app.automations.access.knowing import those_who_meet
from studio_app.automations.access.named import names_in, require_what_it_names
from studio_app.automations.access.saying import values_of
from studio_app.automations.rules.checking import check, filled
from studio_app.automations.rules.phrases import action_words, sentence
from studio_app.automations.rules.recipe import Do, Recipe
from studio_app.automations.rules.timing import moments
from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_when
from studio_app.kit.ids import FamilyId, StudentId
from studio_app.kit.work import Work, requires

LOOKED_BACK = timedelta(days=31)
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Would:
    """One time it would have done something: when, about whom, and what, in words."""

    when: str
    whom: str
    actions: tuple[str, ...]
    student_id: StudentId | None
    family_id: FamilyId | None


@dataclass(frozen=True, slots=True)
class Trial:
    sentence: str
    happened: int
    """How often what it waits for happened, or whom the clock went through"""
    met: int
    """How often all conditions held"""
    would: tuple[Would, ...]
    """The newest of them"""
    most_in_a_day: int
    """Actions on the busiest day, to compare with the limit"""


@requires(Permission.AUTOMATION_MANAGE)
def dry_run(work: Work, recipe: Recipe) -> Trial:
    """Over the last 31 days, from the rows that were left.

    Status, tags, teachers and what is owed are taken as they are now; ages, hours before the
    lesson and counts as they were then. What automations cause themselves is not followed.
    """
    check(recipe)
    require_what_it_names(work, recipe)
    facts = _facts(work, recipe)
    met = those_who_meet(work, recipe, facts)
    here, zone = studio(work), studio_zone(work)
    days = [local_date(one.at, zone) for one in met]
    busiest = max((days.count(day) for day in set(days)), default=0)
    names, locale = names_in(work, [recipe]), work.actor.locale
    said = sentence(recipe, locale=locale, currency=here.currency, names=names)
    newest = sorted(met, key=lambda one: (one.at, one.occasion), reverse=True)[:SHOWN]
    would = _would(work, recipe, newest)
    return Trial(str(said), len(facts), len(met), would, busiest * len(recipe.actions))


def _facts(work: Work, recipe: Recipe) -> list[Fact]:
    when, first = recipe.when, work.now - LOOKED_BACK
    if when.happening.is_scheduled:
        turns = moments(when, first=first, until=work.now, zone=studio_zone(work))
        return [fact for day, at in turns for fact in whom(work, when, day, at)]
    found = facts_between(work, when.happening, first, work.now)
    return [one for one in found if when.is_meant(one.word)]


def _would(work: Work, recipe: Recipe, facts: Sequence[Fact]) -> tuple[Would, ...]:
    zone, locale = studio_zone(work), work.actor.locale
    said: list[Would] = []
    for fact, values in zip(facts, values_of(work, facts), strict=True):
        actions = tuple(
            filled(action.words, values) if action.do is Do.TASK else str(action_words(action))
            for action in recipe.actions
        )
        whose = values.get("student") or values.get("family") or values["studio"]
        when = say_when(fact.at, zone, locale)
        said.append(Would(when, whose, actions, fact.student_id, fact.family_id))
    return tuple(said)
