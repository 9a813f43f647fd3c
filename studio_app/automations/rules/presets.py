"""Automations to begin with; each is copied into the studio and can then be changed."""

from dataclasses import dataclass

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
from studio_app.kit.words import Text, _


@dataclass(frozen=True, slots=True)
class Preset:
    """`words` are those of its tasks and messages, in the order of the actions and
    `subject` that of messages: said when it is copied."""

    key: str
    name: Text
    recipe: Recipe
    words: tuple[Text, ...] = ()
    subject: Text | None = None


_TASK = Action(Do.TASK, due_in=1)
_LETTER = Action(Do.MESSAGE_FAMILY)

PRESETS: tuple[Preset, ...] = (
    Preset(
        "two_no_shows",
        _("After two no-shows in 30 days, tell the office"),
        Recipe(
            When(Happening.NO_SHOW),
            (Condition(What.NO_SHOWS, Compare.AT_LEAST, "2", days=30),),
            (_TASK,),
        ),
        (_("{student} has missed two lessons: ask {family} how things are."),),
    ),
    Preset(
        "overdue_families",
        _("Every Monday, a task for each family overdue more than 14 days"),
        Recipe(
            When(Happening.EVERY_WEEK, hour=8, weekday=1, each=About.FAMILY),
            (Condition(What.OVERDUE_DAYS, Compare.MORE_THAN, "14"),),
            (_TASK,),
        ),
        (_("{family} is {days_overdue} days overdue with {owed}: ring them."),),
    ),
    Preset(
        "welcome",
        _("Welcome a new student"),
        Recipe(When(Happening.STUDENT_ADDED), (), (_LETTER, _TASK)),
        (
            _("We look forward to {student}’s first lesson. Ask us whatever you like."),
            _("Welcome {student}: ask {family} whether all is clear for the first lesson."),
        ),
        _("Welcome to {studio}"),
    ),
)


def preset_of(key: str) -> Preset | None:
    return next((one for one in PRESETS if one.key == key), None)
