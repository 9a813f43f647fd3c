"""What the page of jobs shows, and what may be done there."""

import json
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex.event import EventType

from studio_app.overview.commands.jobs import (
    discard_dead_letter,
    retry_all_dead_letters,
    retry_dead_letter,
    run_job_now,
)
from studio_app.overview.queries.jobs import (
    BacklogRow,
    DeadLetter,
    DeclaredJob,
    JobRunRow,
    backlog,
    dead_letters,
    declared_jobs,
    job_runs,
)
from studio_app.web.handlers import handler, loader
from studio_app.web.inputs import Form
from studio_app.web.opening import Opening
from studio_app.web.turning import Turning
from studio_app.web.words import _, many

SHOWN = 20
MINUTE, HOUR, DAY = 60, 3600, 86400


@dataclass(frozen=True)
class RunLine:
    when: str = ""
    state: str = ""
    """done, failed or going"""
    took: str = ""
    result: str = ""
    who: str = ""


@dataclass(frozen=True)
class JobLine:
    name: str = ""
    words: str = ""
    schedule: str = ""
    next_when: str = ""
    last_when: str = ""
    state: str = ""
    took: str = ""
    result: str = ""


@dataclass(frozen=True)
class WaitingLine:
    words: str = ""
    waiting: int = 0
    retrying: int = 0
    dead: int = 0
    since: str = ""


@dataclass(frozen=True)
class DeadLine:
    id: str = ""
    words: str = ""
    when: str = ""
    because: str = ""
    tries: str = ""
    error: str = ""
    payload: str = ""


class JobsState(Turning, Opening, rx.State):
    jobs: list[JobLine] = []
    waiting: list[WaitingLine] = []
    dead: list[DeadLine] = []
    runs: list[RunLine] = []
    """Of the job whose dialog is open."""

    @loader
    async def load(self) -> None:
        self._from_the_start()
        await self._show()

    @loader
    async def look_again(self) -> None:
        """Something ran or failed meanwhile; the page of failures stays where it is."""
        await self._show()

    @handler
    async def retry(self, number: str) -> EventType[()]:
        await self._run(retry_dead_letter, _number(number))
        await self._tell(_("It is being tried again."))
        return JobsState.look_again

    @handler
    async def retry_all(self) -> EventType[()]:
        n = await self._run(retry_all_dead_letters)
        await self._tell(many("{n} is being tried again.", "{n} are being tried again.", n=n))
        return JobsState.load

    @handler
    async def discard(self, sent: dict[str, Any]) -> EventType[()]:
        """The one whose dialog is open."""
        read = Form(sent)
        reason = read.optional_text("reason")
        read.check()
        await self._run_once(
            self._key, discard_dead_letter, _number(self._about("discard")), reason
        )
        self.opened = ""
        await self._tell(_("Discarded."), detail=reason)
        return JobsState.look_again

    @handler
    async def run_now(self, name: str) -> EventType[()]:
        await self._run(run_job_now, name)
        await self._tell(_("It runs now."))
        return JobsState.look_again

    async def _opened(self, name: str) -> None:
        about = self._about("runs")
        if about:
            self.runs = []
            self.runs = [_run(one) for one in await self._run(job_runs, about, limit=SHOWN)]

    async def _show(self) -> None:
        after = int(self._after()) if self._after() else None
        found = await self._run(dead_letters, after=after, limit=SHOWN + 1)
        self.dead = [_dead(one) for one in found[:SHOWN]]
        self._turned(found[SHOWN - 1].id if len(found) > SHOWN else None)
        self.waiting = [_waiting(one) for one in await self._run(backlog)]
        self.jobs = [_job(one) for one in await self._run(declared_jobs)]


def _number(number: str) -> int:
    read = Form({"number": number})
    found = read.number("number", least=1, most=2**53)
    read.check()
    return found


def _job(one: DeclaredJob) -> JobLine:
    last = RunLine() if one.last is None else _run(one.last)
    result = _("What went wrong is in the history.") if last.state == "failed" else last.result
    about = (last.when, last.state, last.took, result)
    return JobLine(one.name, one.words, one.schedule, one.next_when, *about)


def _run(run: JobRunRow) -> RunLine:
    state = "failed" if run.failed else "going" if run.ended_at is None else "done"
    took = "" if run.seconds is None else lasting(run.seconds)
    return RunLine(run.when, state, took, run.result, run.asked_by)


def _waiting(one: BacklogRow) -> WaitingLine:
    since = "" if one.oldest_seconds is None else lasting(one.oldest_seconds)
    return WaitingLine(one.words, one.waiting, one.retrying, one.dead, since)


def _dead(one: DeadLetter) -> DeadLine:
    return DeadLine(
        str(one.id),
        one.words,
        one.when,
        one.because,
        many("tried once", "tried {n} times", n=one.attempts),
        ": ".join(part for part in (one.error_type, one.error) if part),
        json.dumps(dict(one.payload), indent=2),
    )


def lasting(seconds: float) -> str:
    """Under a second; 12 seconds; 4 minutes; 3 hours; 2 days."""
    if seconds < 1:
        return _("under a second")
    if seconds < MINUTE:
        return many("{n} second", "{n} seconds", n=round(seconds))
    if seconds < HOUR:
        return many("{n} minute", "{n} minutes", n=round(seconds / MINUTE))
    if seconds < DAY:
        return many("{n} hour", "{n} hours", n=round(seconds / HOUR))
    return many("{n} day", "{n} days", n=round(seconds / DAY))
