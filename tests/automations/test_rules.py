"""What an automation may be made of, and whether its conditions hold."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from studio_app.automations.rules.asking import QUESTIONS, asked_of
from studio_app.automations.rules.checking import Unusable, check, faults_of, filled
from studio_app.automations.rules.deciding import Known, all_held, outcomes
from studio_app.automations.rules.phrases import sentence
from studio_app.automations.rules.presets import PRESETS
from studio_app.automations.rules.recipe import (
    About,
    Action,
    Compare,
    Condition,
    Do,
    Happening,
    NotARecipe,
    Recipe,
    What,
    When,
    as_data,
    recipe_of,
)
from studio_app.kit.ids import new_id

NOW = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
CANCELLED = When(Happening.LESSON_CANCELLED)
TASK = Action(Do.TASK, words="Ring {family}")
PIANO = Condition(What.STUDENT_INSTRUMENT, Compare.IS, "piano")


def held(condition: Condition, known: Known) -> bool:
    return all_held(outcomes([condition], known))


def test_a_recipe_comes_back_from_json_as_it_was() -> None:
    recipe = Recipe(CANCELLED, (PIANO,), (TASK, Action(Do.WEBHOOK, url="https://a.example")))
    assert recipe_of(as_data(recipe)) == recipe


@pytest.mark.parametrize("data", [None, 3, {}, {"when": {"happening": "full_moon"}}])
def test_what_is_no_recipe_is_refused(data: object) -> None:
    with pytest.raises(NotARecipe):
        recipe_of(data)


def test_words_are_compared_whatever_their_case() -> None:
    assert held(PIANO, Known(NOW, instrument="Piano "))
    assert not held(PIANO, Known(NOW, instrument="Violin"))
    assert held(replace(PIANO, compare=Compare.IS_NOT), Known(NOW, instrument="Violin"))


def test_what_is_not_known_never_holds_not_even_as_is_not() -> None:
    for what, question in QUESTIONS.items():
        for compare in question.compares:
            assert not held(Condition(what, compare, "1", days=30), Known(NOW)), what


def test_one_tag_of_several_is_enough() -> None:
    tagged = Condition(What.STUDENT_TAG, Compare.IS, "exam")
    assert held(tagged, Known(NOW, tags=("choir", "Exam")))
    assert not held(tagged, Known(NOW, tags=()))
    assert held(replace(tagged, compare=Compare.IS_NOT), Known(NOW, tags=()))


def test_numbers_are_compared_as_numbers() -> None:
    known = Known(NOW, age=10, owed_minor=5000, overdue_days=14)
    assert held(Condition(What.STUDENT_AGE, Compare.MORE_THAN, "9"), known)
    assert not held(Condition(What.OVERDUE_DAYS, Compare.MORE_THAN, "14"), known)
    assert held(Condition(What.OVERDUE_DAYS, Compare.AT_LEAST, "14"), known)
    assert held(Condition(What.OWED, Compare.LESS_THAN, "5001"), known)


def test_no_shows_are_counted_in_the_days_before() -> None:
    known = Known(NOW, no_shows=tuple(NOW - timedelta(days=n) for n in (0, 29, 31)))
    twice = Condition(What.NO_SHOWS, Compare.AT_LEAST, "2", days=30)
    assert held(twice, known)
    assert not held(replace(twice, value="3"), known)
    assert held(replace(twice, value="3", days=31), known)


def test_hours_before_are_whole_and_never_less_than_none() -> None:
    late = Condition(What.LESSON_HOURS_BEFORE, Compare.LESS_THAN, "24")
    in_time = Known(NOW, lesson_starts_at=NOW + timedelta(hours=24))
    assert not held(late, in_time)
    assert held(late, replace(in_time, at=NOW + timedelta(minutes=1)))
    begun = replace(in_time, at=NOW + timedelta(days=2))
    assert outcomes([late], begun)[0].found == 0


def test_all_conditions_must_hold_and_each_is_told() -> None:
    teacher = new_id()
    conditions = (PIANO, Condition(What.STUDENT_TEACHER, Compare.IS, str(teacher)))
    known = Known(NOW, instrument="Piano", teacher_ids=(new_id(),))
    found = outcomes(conditions, known)
    assert [one.held for one in found] == [True, False]
    assert not all_held(found)
    assert all_held(outcomes(conditions, replace(known, teacher_ids=(teacher,))))


def test_a_lesson_cannot_be_asked_about_when_a_payment_comes() -> None:
    paid = When(Happening.PAYMENT_RECEIVED)
    weekday = Condition(What.LESSON_WEEKDAY, Compare.IS, "1")
    assert list(faults_of(Recipe(paid, (weekday,), (TASK,)))) == ["conditions.0"]
    assert faults_of(Recipe(CANCELLED, (weekday,), (TASK,))) == {}


@pytest.mark.parametrize(
    "condition",
    [
        Condition(What.STUDENT_AGE, Compare.IS, "9"),
        Condition(What.STUDENT_AGE, Compare.MORE_THAN, "old"),
        Condition(What.STUDENT_AGE, Compare.MORE_THAN, "²"),
        Condition(What.STUDENT_STATUS, Compare.IS, "asleep"),
        Condition(What.LESSON_WEEKDAY, Compare.IS, "8"),
        Condition(What.STUDENT_INSTRUMENT, Compare.IS, "  "),
        Condition(What.NO_SHOWS, Compare.AT_LEAST, "2"),
        Condition(What.NO_SHOWS, Compare.AT_LEAST, "2", days=400),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(condition: Condition) -> None:
    with pytest.raises(Unusable) as refused:
        check(Recipe(CANCELLED, (condition,), (TASK,)))
    assert list(refused.value.faults) == ["conditions.0"]


@pytest.mark.parametrize(
    "action",
    [
        Action(Do.TASK),
        Action(Do.TASK, words="Ask {the moon}"),
        Action(Do.TASK, words="Ring", due_in=-1),
        Action(Do.MESSAGE_FAMILY, words="Hello"),
        Action(Do.MESSAGE_TEACHER, words="x" * 601, subject="Hello"),
        Action(Do.ADD_TAG),
        Action(Do.ADD_TAG, tag="x" * 41),
        Action(Do.WEBHOOK, url="ftp://example.org"),
        Action(Do.WEBHOOK, url="https://me:secret@example.org"),
        Action(Do.WEBHOOK, url="https://[broken"),
        Action(Do.WEBHOOK, url=""),
    ],
)
def test_an_action_that_cannot_be_done_is_refused(action: Action) -> None:
    assert list(faults_of(Recipe(CANCELLED, (), (action,)))) == ["actions.0"]


@pytest.mark.parametrize("do", [Do.PAUSE, Do.ADD_TAG, Do.REMOVE_TAG])
def test_only_a_student_is_paused_or_tagged(do: Do) -> None:
    action = Action(do, tag="exam")
    assert faults_of(Recipe(When(Happening.INVOICE_SENT), (), (action,)))
    assert faults_of(Recipe(CANCELLED, (), (action,))) == {}


def test_a_studio_as_such_is_nobody_to_write_to() -> None:
    monthly = When(Happening.EVERY_MONTH, each=About.STUDIO)
    letter = Action(Do.MESSAGE_FAMILY, words="Hello", subject="Hello")
    assert list(faults_of(Recipe(monthly, (), (letter,)))) == ["actions.0"]


def test_an_automation_does_something() -> None:
    assert list(faults_of(Recipe(CANCELLED))) == ["actions"]


def test_placeholders_are_filled_and_nothing_else_is_read() -> None:
    said = filled("Ring {family} {family.__class__} {", {"family": "Gray {owed}"})
    assert said == "Ring Gray {owed}  {"


def test_every_preset_can_be_kept() -> None:
    for preset in PRESETS:
        said = zip(preset.recipe.actions, preset.words, strict=True)
        subject = preset.subject.msgid if preset.subject else ""
        actions = tuple(
            replace(action, words=words.msgid, subject=subject) for action, words in said
        )
        assert faults_of(replace(preset.recipe, actions=actions)) == {}, preset.key


def test_it_reads_as_a_sentence() -> None:
    recipe = Recipe(CANCELLED, (PIANO,), (TASK, Action(Do.PAUSE)))
    said = sentence(recipe, locale="en-GB", currency="GBP", names={})
    assert str(said) == (
        "When a lesson is cancelled, if the student’s instrument is piano, "
        "make the task “Ring {family}” and pause the student."
    )


def test_a_schedule_reads_as_a_sentence_too() -> None:
    [monday] = [one.recipe for one in PRESETS if one.key == "overdue_families"]
    said = str(sentence(monday, locale="en-GB", currency="GBP", names={}))
    assert said.startswith(
        "Every Monday at 08:00, for each family, if the days overdue are more than 14, make"
    )


def test_every_part_has_words() -> None:
    for happening in Happening:
        about = When(happening).about
        conditions = tuple(
            Condition(what, QUESTIONS[what].compares[0], _sample(what), days=3)
            for what in asked_of(about)
        )
        actions = tuple(Action(do, tag="a", url="https://a.example", words="b") for do in Do)
        recipe = Recipe(When(happening), conditions, actions)
        for locale in ("en-GB", "fr"):
            assert sentence(recipe, locale=locale, currency="GBP", names={}).say(locale)


def test_the_studio_as_such_has_nothing_to_ask() -> None:
    assert asked_of(About.STUDIO) == ()


def _sample(what: What) -> str:
    special = {
        What.STUDENT_STATUS: "active",
        What.LESSON_CANCELLED_BY: "family",
        What.STUDENT_ADULT: "yes",
        What.LESSON_ONLINE: "no",
    }
    return special.get(what, "1")
