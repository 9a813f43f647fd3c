"""What the cover assistant knows: whose lessons, on which days, and who gives each."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import reflex as rx

from studio_app.kit.ids import LessonId, TeacherId, TimeOffId, new_id
from studio_app.scheduling.commands.absences import cancel_day, restore_day
from studio_app.scheduling.commands.covering import Covered, assign_cover, take_cover_back
from studio_app.scheduling.queries.covers import (
    CoverNeed,
    SubstituteShown,
    cover_suggestions,
    who_may_be_away,
)
from studio_app.scheduling.queries.lessons import today
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form, as_date, as_id
from studio_app.web.opening import Opening
from studio_app.web.ui.reasons import DESPITE
from studio_app.web.words import _, many

LEAVE, CANCEL = "leave", "cancel"
DAY = timedelta(days=1)
SPANS = ("today", "tomorrow", "this_week", "next_week")


@dataclass(frozen=True)
class NeedLine:
    """A lesson, who gives it as chosen so far, and who could."""

    lesson_id: str = ""
    when: str = ""
    title: str = ""
    where: str = ""
    chosen: str = LEAVE
    why: str = ""
    """What speaks for who is chosen"""
    options: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    reasons: dict[str, str] = field(default_factory=dict[str, str])


class CoverState(Opening, rx.State):
    teachers: list[dict[str, str]] = []
    teacher_id: str = ""
    span: str = "next_week"
    first_on: str = ""
    until: str = ""
    needs: list[NeedLine] = []
    nobody: list[NeedLine] = []
    """Lessons that nobody is free for."""
    action: str = ""
    """What the button does: how many lessons it assigns and cancels; empty: nothing yet"""
    can_cancel: bool = False
    _done: Covered = Covered(())
    _off: str = ""

    @loader
    async def load(self) -> None:
        listed = await self._run(who_may_be_away)
        self.teachers = [{"value": str(one.id), "label": one.name} for one in listed]
        known = {one["value"] for one in self.teachers}
        asked = self._asked("teacher", self.teacher_id)
        self.teacher_id = asked if asked in known else ""
        await self._choose_span(self.span if self.span in SPANS else "next_week")
        await self._look()

    @handler
    async def look_again(self) -> None:
        await self._look()

    @handler
    async def choose_teacher(self, teacher_id: str) -> None:
        self.teacher_id = str(as_id(teacher_id)) if teacher_id else ""
        await self._look()

    @handler
    async def choose_span(self, span: str, marker: str) -> None:
        await self._choose_span(span)
        await self._look()

    @handler
    async def choose_first(self, day: str) -> None:
        self.first_on, self.span = as_date(day).isoformat(), ""
        self.until = max(self.until, self.first_on)
        await self._look()

    @handler
    async def choose_last(self, day: str) -> None:
        self.until, self.span = as_date(day).isoformat(), ""
        self.first_on = min(self.until, self.first_on)
        await self._look()

    @handler
    async def choose(self, lesson_id: str, chosen: str) -> None:
        """Somebody else gives this lesson; or it is left as it is, or cancelled."""

        def changed(line: NeedLine) -> NeedLine:
            allowed = {one["value"] for one in line.options}
            if line.lesson_id != lesson_id or chosen not in allowed:
                return line
            return replace(line, chosen=chosen, why=line.reasons.get(chosen, ""))

        self._set([changed(line) for line in self.needs + self.nobody])
        self.caution = ""

    @handler
    async def assign(self, sent: dict[str, Any]) -> None:
        """All of them, or none and why."""
        despite = Form(sent).optional_text(DESPITE)
        lines = self.needs + self.nobody
        covers = {
            LessonId(as_id(line.lesson_id)): TeacherId(as_id(line.chosen))
            for line in lines
            if line.chosen not in {LEAVE, CANCEL}
        }
        off = [LessonId(as_id(line.lesson_id)) for line in lines if line.chosen == CANCEL]
        why = _("{teacher} is away", teacher=self._name())
        done = await self._run_once(
            self._key, assign_cover, covers, cancelled=off, reason=why, despite=despite
        )
        self._done = done
        await self._look()
        words = many("{n} lesson is covered.", "{n} lessons are covered.", n=len(covers))
        told = _("Families, substitutes and the teacher hear of it.")
        await self._tell(words, detail=told, undo=CoverState.take_back())

    @handler
    async def take_back(self) -> None:
        await self._run(take_cover_back, self._done)
        self._done = Covered(())
        await self._look()

    @handler
    async def cancel_all(self) -> None:
        """Nobody steps in: all lessons of these days fall away, and the teacher is off."""
        reason = _("{teacher} is away", teacher=self._name())
        first, last = as_date(self.first_on), as_date(self.until)
        teacher_id = TeacherId(as_id(self.teacher_id))
        done = await self._run_once(
            self._key, cancel_day, teacher_id, first, reason=reason, until=last
        )
        self.opened, self._off = "", str(done.time_off_id or "")
        await self._look()
        words = many("{n} lesson is cancelled.", "{n} lessons are cancelled.", n=done.lessons)
        told = many("{n} family hears of it.", "{n} families hear of it.", n=done.families)
        undo = CoverState.come_back() if self._off else None
        await self._tell(words, detail=told, undo=undo)

    @handler
    async def come_back(self) -> None:
        await self._run(restore_day, TimeOffId(as_id(self._off)))
        await self._look()

    def _name(self) -> str:
        named = {one["value"]: one["label"] for one in self.teachers}
        return named.get(self.teacher_id, "")

    async def _choose_span(self, span: str) -> None:
        first, last = _days(span, await self._run(today))
        self.span, self.first_on, self.until = span, first.isoformat(), last.isoformat()

    async def _look(self) -> None:
        self.caution, self._key = "", str(new_id())
        if not self.teacher_id:
            self._set([])
            return
        teacher_id = TeacherId(as_id(self.teacher_id))
        first, last = as_date(self.first_on), as_date(self.until)
        found = await self._run(cover_suggestions, teacher_id, first, last)
        self._set([_line(need) for need in found])

    def _set(self, lines: list[NeedLine]) -> None:
        self.needs = [line for line in lines if line.reasons]
        self.nobody = [line for line in lines if not line.reasons]
        self.can_cancel = bool(lines)
        off = sum(line.chosen == CANCEL for line in lines)
        given = sum(line.chosen not in {LEAVE, CANCEL} for line in lines)
        parts = [many("Assign {n} lesson", "Assign {n} lessons", n=given)] if given else []
        parts += [many("cancel {n}", "cancel {n}", n=off)] if off else []
        self.action = ", ".join(parts)


def _days(span: str, on: date) -> tuple[date, date]:
    monday = on - timedelta(days=on.weekday())
    match span:
        case "today":
            return on, on
        case "tomorrow":
            return on + DAY, on + DAY
        case "this_week":
            return on, monday + 6 * DAY
        case _:
            return monday + 7 * DAY, monday + 13 * DAY


def _line(need: CoverNeed) -> NeedLine:
    """The best suited is chosen, unless the way would be too short for them."""
    reasons = {str(one.teacher_id): _why(one) for one in need.substitutes}
    chosen = next((str(s.teacher_id) for s in need.substitutes if not s.hurried), LEAVE)
    listed = [{"value": str(one.teacher_id), "label": one.name} for one in need.substitutes]
    return NeedLine(
        lesson_id=str(need.lesson_id),
        when=need.when,
        title=need.title,
        where=" · ".join(part for part in (need.kind, need.room) if part),
        chosen=chosen,
        why=reasons.get(chosen, ""),
        options=[
            *listed,
            {"value": LEAVE, "label": _("Leave it as it is")},
            {"value": CANCEL, "label": _("Cancel the lesson")},
        ],
        reasons=reasons,
    )


def _why(one: SubstituteShown) -> str:
    said = [_("works then") if one.works_then else _("free, outside their hours")]
    if one.knows:
        said.append(_("has taught them before"))
    if one.same_place:
        said.append(_("is there that day"))
    if one.hurried:
        said.append(_("short of time for the way"))
    return " · ".join(said)
