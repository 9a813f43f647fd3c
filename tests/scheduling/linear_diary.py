"""A teacher's diary as it would be if everything happened one after the other."""

from dataclasses import dataclass
from enum import StrEnum

Slot = int
"""The nth of the times that are fought for."""
Lesson = str


class Said(StrEnum):
    """What a diary answers who does not get what was asked for."""

    TAKEN = "taken"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Book:
    """Answered by the lesson, or that the time is taken."""

    teacher: int
    slot: Slot


@dataclass(frozen=True, slots=True)
class Move:
    """Answered by where the lesson was; or that the time is taken, or that it was cancelled."""

    teacher: int
    lesson: Lesson
    to: Slot


@dataclass(frozen=True, slots=True)
class Cancel:
    """Answered by None; cancelling twice is cancelling once."""

    teacher: int
    lesson: Lesson


@dataclass(frozen=True, slots=True)
class Look:
    """Answered by every lesson that takes place and where it is."""

    teacher: int


Asked = Book | Move | Cancel | Look
Diary = frozenset[tuple[Lesson, Slot]]
"""The lessons that take place, each with its slot."""
EMPTY: Diary = frozenset()


def step(diary: Diary, asked: Asked, answer: object) -> Diary | None:
    match asked:
        case Book(slot=slot):
            return _booked(diary, slot, answer)
        case Move(lesson=lesson, to=to):
            return _moved(diary, lesson, to, answer)
        case Cancel(lesson=lesson):
            left = frozenset(one for one in diary if one[0] != lesson)
            return left if answer is None else None
        case Look():
            return diary if answer == diary else None


def _booked(diary: Diary, slot: Slot, answer: object) -> Diary | None:
    if any(at == slot for _lesson, at in diary):
        return diary if answer is Said.TAKEN else None
    if isinstance(answer, Said) or not isinstance(answer, Lesson):
        return None
    made: Diary = frozenset({(answer, slot)})
    return diary | made


def _moved(diary: Diary, lesson: Lesson, to: Slot, answer: object) -> Diary | None:
    was = next((at for one, at in diary if one == lesson), None)
    if was is None:
        return diary if answer is Said.GONE else None
    if any(at == to for one, at in diary if one != lesson):
        return diary if answer is Said.TAKEN else None
    return diary - {(lesson, was)} | {(lesson, to)} if answer == was else None
