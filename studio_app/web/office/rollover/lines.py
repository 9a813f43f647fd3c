"""The places of a run, ready to show."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from studio_app.bookings.queries.rollover import Counts, PlaceRow, RolloverRow
from studio_app.bookings.queries.rollover_checks import Check, Checked
from studio_app.kit.ids import StudentId
from studio_app.web import routes
from studio_app.web.words import _, many

ALL, YES, NO, WAITING, OUT, MET = "all", "yes", "no", "waiting", "out", "met"


@dataclass(frozen=True)
class PlaceLine:
    id: str = ""
    student: str = ""
    href: str = ""
    family: str = ""
    family_id: str = ""
    teacher: str = ""
    about: str = ""
    when: str = ""
    ahead: str = ""
    """11 lessons from 5 Jan 2027 · £18.00 a lesson"""
    met: list[str] | None = None
    """What stands in the way"""
    known: list[str] | None = None
    """What should be known"""
    impossible: bool = False
    can_change: bool = False
    left_out: bool = False
    dialog: str = ""
    weekday: str = ""
    at: str = ""
    answer: str = ""
    said: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Head:
    terms: str = ""
    dates: str = ""
    state: str = ""
    answer_by: str = ""
    answer_by_said: str = ""
    closed: str = ""
    yes: int = 0
    no: int = 0
    waiting: int = 0
    left_out: int = 0
    met: int = 0
    impossible: int = 0
    unreached: int = 0
    families: str = ""
    waiting_said: str = ""
    asked: int = 0


@dataclass(frozen=True)
class Looked:
    """What was found out about a run that is not sent yet; nothing of another."""

    checked: Checked | None = None
    unreached: frozenset[StudentId] = frozenset()


def head_of(row: RolloverRow, looked: Looked) -> Head:
    counts: Counts = row.counts
    checked = looked.checked
    late = _("the day to answer by is over")
    return Head(
        terms=_("From {old} to {new}", old=row.from_term, new=row.to_term),
        dates=row.to_dates,
        state=row.state.value,
        answer_by=row.answer_by.isoformat(),
        answer_by_said=f"{row.answer_by_said}, {late}" if row.is_late else row.answer_by_said,
        closed=row.closed,
        yes=counts.yes,
        no=counts.no,
        waiting=counts.waiting,
        left_out=counts.left_out,
        asked=counts.asked,
        met=checked.conflicts if checked else 0,
        impossible=checked.impossible if checked else 0,
        unreached=len(looked.unreached),
        families=many("{n} family", "{n} families", n=counts.families),
        waiting_said=_waiting(counts),
    )


def _waiting(counts: Counts) -> str:
    """3 families, 4 lessons"""
    families = many("{n} family", "{n} families", n=counts.families_waiting)
    lessons = many("{n} lesson", "{n} lessons", n=counts.waiting)
    return _("{families}, {lessons}", families=families, lessons=lessons)


def line_of(row: PlaceRow, looked: Looked) -> PlaceLine:
    checked = looked.checked
    check = checked.lessons.get(row.lesson_id) if checked else None
    price = checked.prices.get(row.id, "") if checked else ""
    known = [*check.cautions] if check else []
    if check and check.closed:
        known.append(check.closed)
    if row.student_id in looked.unreached:
        known.append(_("Nobody can be written to: there is no e-mail address."))
    return PlaceLine(
        id=str(row.id),
        student=row.student,
        href=routes.filled(routes.STUDENT, student_id=row.student_id),
        family=row.family,
        family_id=str(row.family_id),
        teacher=row.teacher,
        about=_about(row),
        when=row.rhythm,
        ahead=" · ".join(part for part in (_ahead(row, check), price) if part),
        met=list(check.conflicts) if check else [],
        known=known,
        impossible=bool(check and check.impossible and not row.left_out),
        can_change=not row.goes_on,
        left_out=row.left_out,
        dialog=f"change {row.lesson_id}",
        weekday=str(row.weekday or ""),
        at=row.at,
        answer=row.answer.value if row.answer else "",
        said=row.said or (_("Reminded {when}", when=row.reminded) if row.reminded else ""),
        reason=row.reason,
    )


def _about(row: PlaceRow) -> str:
    length = many("{n} minute", "{n} minutes", n=row.minutes)
    return " · ".join(part for part in (row.lesson, length, row.where) if part)


def _ahead(row: PlaceRow, check: Check | None) -> str:
    if check is None:
        waits = row.goes_on and row.answer is None and not row.left_out
        return _("Goes on by itself unless they say no") if waits else ""
    n = many("{n} lesson", "{n} lessons", n=check.lessons)
    said = _("{lessons} from {day}", lessons=n, day=check.from_on) if check.from_on else n
    if row.goes_on:
        return _("{lessons}, goes on by itself", lessons=said)
    return _("{lessons}, at another time than before", lessons=said) if row.is_changed else said


def shown(lines: list[PlaceLine], which: str, teacher: str) -> list[PlaceLine]:
    """Those of a filter, and of one teacher if one was chosen."""
    tests: Mapping[str, Callable[[PlaceLine], bool]] = {
        YES: lambda one: one.answer == YES,
        NO: lambda one: one.answer == NO,
        WAITING: lambda one: not one.answer and not one.left_out,
        OUT: lambda one: one.left_out,
        MET: lambda one: bool(one.met) and not one.left_out,
    }
    test = tests.get(which, lambda _one: True)
    return [one for one in lines if test(one) and teacher in {"", one.teacher}]
