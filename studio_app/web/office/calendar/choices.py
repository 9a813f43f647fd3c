"""Teachers, rooms, kinds of lessons and terms as the options of a select."""

from dataclasses import dataclass, field

from studio_app.people.queries.families import teachers
from studio_app.scheduling.queries.setup import lesson_types, locations, terms
from studio_app.web.session import PageState
from studio_app.web.words import _

Options = list[dict[str, str]]


@dataclass(frozen=True)
class Choices:
    teachers: Options = field(default_factory=list)
    rooms: Options = field(default_factory=list)
    kinds: Options = field(default_factory=list)
    terms: Options = field(default_factory=list)


class Choosing(PageState, mixin=True):
    """A dialog in which a teacher, a room or a kind of lesson is chosen."""

    choices: Choices = Choices()

    async def _load_choices(self) -> None:
        places = await self._run(locations)
        rooms = [
            _option(room.id, room.name if len(places) == 1 else f"{room.name}, {place.name}")
            for place in places
            for room in place.rooms
        ]
        self.choices = Choices(
            teachers=[_option(one.id, one.name) for one in await self._run(teachers)],
            rooms=[_option("", _("No room")), *rooms],
            kinds=[_option(one.id, one.name) for one in await self._run(lesson_types)],
            terms=[_option(one.id, f"{one.name}, {one.dates}") for one in await self._run(terms)],
        )


def _option(value: object, label: str) -> dict[str, str]:
    return {"value": str(value), "label": label}
