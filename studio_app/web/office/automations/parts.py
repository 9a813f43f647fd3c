"""An automation between its recipe and the fields of its page."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from uuid import UUID

from studio_app.automations.commands.building import Draft, Recipe
from studio_app.automations.queries.building import (
    About,
    Action,
    Compare,
    Condition,
    Do,
    Happening,
    Kind,
    What,
    When,
)
from studio_app.automations.queries.words import Asked, Blocks
from studio_app.kit.errors import Refused
from studio_app.kit.ids import new_id
from studio_app.kit.money import Money, exponent
from studio_app.kit.words import Text
from studio_app.web.inputs import Form, Invalid

Options = list[dict[str, str]]
NO_DAYS = 30


@dataclass(frozen=True)
class ConditionShown:
    n: int = 0
    uid: str = ""
    """Goes with it to another place, so that what was typed does"""
    what: str = ""
    compare: str = ""
    value: str = ""
    days: str = str(NO_DAYS)
    compares: Options = field(default_factory=list[dict[str, str]])
    choices: Options = field(default_factory=list[dict[str, str]])
    is_number: bool = False
    looks_back: bool = False


@dataclass(frozen=True)
class ActionShown:
    n: int = 0
    uid: str = ""
    do: str = ""
    words: str = ""
    subject: str = ""
    tag: str = ""
    url: str = ""
    due_in: str = ""
    hook: str = ""
    by_text: str = ""
    """yes, or empty"""


@dataclass(frozen=True)
class WhenShown:
    happening: str = Happening.LESSON_CANCELLED.value
    hour: str = "8"
    weekday: str = "1"
    day: str = "1"
    each: str = About.STUDENT.value
    tag: str = ""

    @property
    def about(self) -> About:
        return _when(self).about


def options(pairs: Sequence[tuple[str, str]]) -> Options:
    return [{"value": value, "label": label} for value, label in pairs]


def fresh_id() -> str:
    return str(new_id())


def fresh_condition(n: int, blocks: Blocks) -> ConditionShown:
    return asking(ConditionShown(n, fresh_id()), blocks.asked[0])


def asking(one: ConditionShown, asked: Asked) -> ConditionShown:
    """A condition that now looks at this; a comparison and value that fit are kept."""
    compares, choices = options(asked.compares), options(asked.values)
    known = {each["value"] for each in compares}
    fits = {each["value"] for each in choices}
    kept = "" if fits or one.what != asked.what.value else one.value
    value = one.value if one.value in fits else choices[0]["value"] if choices else kept
    return replace(
        one,
        what=asked.what.value,
        compare=one.compare if one.compare in known else compares[0]["value"],
        value=value,
        compares=compares,
        choices=choices,
        is_number=asked.kind in {Kind.NUMBER, Kind.MONEY},
        looks_back=asked.looks_back,
    )


def shown_of(recipe: Recipe, currency: str) -> tuple[WhenShown, list[Condition], list[ActionShown]]:
    """The fields of a recipe; conditions still want their lists: see `conditions_of`."""
    when = recipe.when
    begins = WhenShown(
        when.happening.value,
        str(when.hour),
        str(when.weekday),
        str(when.day),
        when.each.value,
        when.tag,
    )
    conditions = [
        replace(one, value=_major(one.value, currency)) if one.what is What.OWED else one
        for one in recipe.conditions
    ]
    return begins, conditions, [_action_shown(n, one) for n, one in enumerate(recipe.actions)]


def conditions_of(conditions: Sequence[Condition], blocks: Blocks) -> list[ConditionShown]:
    asked = {one.what: one for one in blocks.asked}
    return [
        asking(
            ConditionShown(
                n,
                fresh_id(),
                one.what.value,
                one.compare.value,
                one.value,
                str(one.days or NO_DAYS),
            ),
            asked[one.what],
        )
        for n, one in enumerate(conditions)
        if one.what in asked
    ]


def draft_of(
    name: str,
    limit: str,
    when: WhenShown,
    conditions: Sequence[ConditionShown],
    actions: Sequence[ActionShown],
    currency: str,
) -> Draft:
    """Raises `Invalid` where a number is none; the rest is looked at by the use case."""
    read = Form({"name": name, "limit": limit})
    called, most = read.text("name", longest=120), read.number("limit", least=1, most=10_000)
    faults: dict[str, Text] = dict(read.faults)
    recipe = Recipe(
        _when(when),
        tuple(_condition(one, currency, faults) for one in conditions),
        tuple(_action(one, faults) for one in actions),
    )
    if faults:
        raise Invalid(faults)
    return Draft(called, recipe, most)


def is_whole(
    when: WhenShown,
    conditions: Sequence[ConditionShown],
    actions: Sequence[ActionShown],
    currency: str,
) -> bool:
    """Whether everything that is typed can be read."""
    try:
        draft_of("-", "1", when, conditions, actions, currency)
    except Refused:
        return False
    return True


def renumbered(actions: Sequence[ActionShown]) -> list[ActionShown]:
    return [replace(one, n=n) for n, one in enumerate(actions)]


def _when(shown: WhenShown) -> When:
    read = Form(shown.__dict__)
    happening, each = read.choice("happening", Happening), read.choice("each", About)
    hour = read.number("hour", most=23)
    weekday, day = read.number("weekday", least=1, most=7), read.number("day", least=1, most=31)
    read.check()
    tag = shown.tag.strip() if happening is Happening.STUDENT_TAGGED else ""
    return When(happening, hour, weekday, day, each, tag)


def _condition(one: ConditionShown, currency: str, faults: dict[str, Text]) -> Condition:
    read = Form({"what": one.what, "compare": one.compare, "days": one.days, "money": one.value})
    what, compare = read.choice("what", What), read.choice("compare", Compare)
    days = read.number("days", least=1, most=366) if one.looks_back else 0
    value = one.value.strip()
    if what is What.OWED:
        value = str(read.money("money", currency).minor)
    if read.faults:
        faults[f"conditions.{one.n}"] = next(iter(read.faults.values()))
    return Condition(what, compare, value, days)


def _action(one: ActionShown, faults: dict[str, Text]) -> Action:
    read = Form({"do": one.do, "due_in": one.due_in})
    do = read.choice("do", Do)
    due_in = read.number("due_in", most=365) if one.due_in.strip() else None
    if read.faults:
        faults[f"actions.{one.n}"] = next(iter(read.faults.values()))
    written = do in {Do.TASK, Do.MESSAGE_FAMILY, Do.MESSAGE_TEACHER}
    return Action(
        do,
        words=one.words.strip() if written else "",
        subject=one.subject.strip() if written and do is not Do.TASK else "",
        by_text=one.by_text == "yes" and written and do is not Do.TASK,
        due_in=due_in if do is Do.TASK else None,
        tag=one.tag.strip() if do in {Do.ADD_TAG, Do.REMOVE_TAG} else "",
        url=one.url.strip() if do is Do.WEBHOOK else "",
        hook=UUID(one.hook) if one.hook and do is Do.WEBHOOK else None,
    )


def _action_shown(n: int, one: Action) -> ActionShown:
    due_in = "" if one.due_in is None else str(one.due_in)
    hook = str(one.hook) if one.hook else ""
    written = (one.words, one.subject, one.tag, one.url)
    by_text = "yes" if one.by_text else ""
    return ActionShown(n, fresh_id(), one.do.value, *written, due_in, hook, by_text)


def _major(minor: str, currency: str) -> str:
    amount = Decimal(Money(int(minor), currency).minor).scaleb(-exponent(currency))
    return f"{amount:f}"
