"""A weekly lesson before it is saved: the days that need a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from studio_app.scheduling.queries.planning import PreviewDay, SeriesPreview
from studio_app.scheduling.wishes import Choice, Decision
from studio_app.web.inputs import as_date, as_wall_time
from studio_app.web.words import _, many

SKIP, KEEP, MOVE = Choice.SKIP.value, Choice.KEEP.value, Choice.MOVE.value
MOST_LINES = 60


@dataclass(frozen=True)
class Preview:
    summary: str = ""
    sentences: tuple[str, ...] = ()
    """3 of your 12 lessons fall on closure dates; every Monday in August is closed."""
    clear: str = ""
    lessons: int = 0
    goes_on: bool = False


@dataclass(frozen=True)
class PreviewLine:
    """One day on which something is in the way, and what to do about it."""

    on: str = ""
    when: str = ""
    problems: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    taken: bool = False
    choice: str = SKIP
    to_day: str = ""
    to_time: str = ""


def summed(shown: SeriesPreview) -> Preview:
    said = (shown.closed_sentence, shown.conflicts_sentence, *shown.patterns)
    free = sum(1 for day in shown.days if not day.closed and not day.conflicts)
    return Preview(
        summary=shown.summary,
        sentences=tuple(one for one in said if one),
        clear=many("{n} lesson fits as it is.", "{n} lessons fit as they are.", n=free),
        lessons=free,
        goes_on=shown.goes_on,
    )


def against(shown: SeriesPreview) -> str:
    """What speaks against some of the days, each once; they are kept for a reason."""
    said = (
        f"{day.when}: {words}" for day in shown.days if not day.closed for words in day.cautions
    )
    return " ".join(dict.fromkeys(said))


def lines(shown: SeriesPreview) -> list[PreviewLine]:
    return [_line(day) for day in shown.days if day.closed or day.conflicts][:MOST_LINES]


def decisions(chosen: Sequence[PreviewLine]) -> dict[date, Decision]:
    """What was decided, by day; a day that is moved needs its new day and time."""
    return {as_date(one.on): _decision(one) for one in chosen}


def kept(preview: Preview, chosen: Sequence[PreviewLine]) -> int:
    """How many lessons there will be with these decisions."""
    return preview.lessons + sum(1 for one in chosen if one.choice != SKIP)


def button_words(preview: Preview, chosen: Sequence[PreviewLine]) -> str:
    n = kept(preview, chosen)
    if preview.goes_on:
        return _("Save the weekly lesson")
    return many("Save {n} lesson", "Save {n} lessons", n=n)


def _line(day: PreviewDay) -> PreviewLine:
    on, _t, at = day.starts.partition("T")
    return PreviewLine(
        on=day.on.isoformat(),
        when=day.when,
        problems=tuple(one for one in (day.closed, *day.conflicts) if one),
        options=(SKIP, MOVE) if day.conflicts else (SKIP, KEEP, MOVE),
        taken=bool(day.conflicts),
        to_day=on,
        to_time=at,
    )


def _decision(line: PreviewLine) -> Decision:
    if line.choice != MOVE:
        return Decision(Choice(line.choice))
    return Decision(Choice.MOVE, as_wall_time(f"{line.to_day}T{line.to_time}"))
