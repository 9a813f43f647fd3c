"""The teachers and kinds of lessons that conditions name by their id."""

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import col, select

from studio_app.automations.rules.asking import QUESTIONS, Kind
from studio_app.automations.rules.recipe import Recipe
from studio_app.kit.errors import NotFound
from studio_app.kit.ids import LessonTypeId, TeacherId
from studio_app.kit.work import Work
from studio_app.people import access as people
from studio_app.people.models import Teacher
from studio_app.scheduling.access.setup import row
from studio_app.scheduling.models.setup import LessonType


def require_what_it_names(work: Work, recipe: Recipe) -> None:
    """NotFound unless each of them is one of this studio's."""
    for value in _named(recipe, Kind.TEACHER):
        people.teacher(work, TeacherId(_id(value)))
    for value in _named(recipe, Kind.LESSON_TYPE):
        row(work, LessonType, LessonTypeId(_id(value)))


def names_in(work: Work, recipes: Iterable[Recipe]) -> dict[str, str]:
    """What they are called, by id as it stands in the condition."""
    several = list(recipes)
    teachers = {value for one in several for value in _named(one, Kind.TEACHER)}
    kinds = {value for one in several for value in _named(one, Kind.LESSON_TYPE)}
    found: dict[str, str] = {}
    if teachers:
        query = select(Teacher.id, Teacher.name).where(col(Teacher.id).in_(_ids(teachers)))
        found |= {str(key): name for key, name in work.session.exec(query)}
    if kinds:
        called = select(LessonType.id, LessonType.name).where(col(LessonType.id).in_(_ids(kinds)))
        found |= {str(key): name for key, name in work.session.exec(called)}
    return found


def _named(recipe: Recipe, kind: Kind) -> list[str]:
    return [one.value for one in recipe.conditions if QUESTIONS[one.what].kind is kind]


def _ids(values: Iterable[str]) -> list[UUID]:
    return [_id(value) for value in values]


def _id(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise NotFound from None
