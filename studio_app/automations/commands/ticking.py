"""What the clock sets off."""

from datetime import date, time

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from studio_app.automations.access import rows as access
from studio_app.automations.access.facts import Fact, whom
from studio_app.automations.access.knowing import those_who_meet
from studio_app.automations.events import AutomationDue
from studio_app.automations.models import Automation, AutomationTick
from studio_app.automations.rules.recipe import Happening, recipe_of
from studio_app.automations.rules.timing import due_day
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import to_instant
from studio_app.kit.ids import AutomationId, RunId, new_id
from studio_app.kit.work import Work, requires

SCHEDULED = tuple(one for one in Happening if one.is_scheduled)


@requires(Permission.JOBS_RUN)
def run_due_automations(work: Work) -> str:
    """The clock's use case: whose turn has come goes through everybody it is about.

    A turn is claimed by its row, one for each automation and day; whoever comes second, or
    again after the clock was set back, finds it taken.
    """
    zone, turns, met = studio_zone(work), 0, 0
    for automation in access.listening(work, SCHEDULED):
        when = recipe_of(automation.recipe).when
        last_on = access.last_slot(work, automation.id)
        day = due_day(when, now=work.now, zone=zone, since=automation.since, last_on=last_on)
        if day is not None and _claimed(work, automation, day):
            at = to_instant(day, time(when.hour), zone)
            turns += 1
            met += _go_through(work, automation, whom(work, when, day, at), day)
    return f"{turns} automations, {met} times something to do"


def _claimed(work: Work, automation: Automation, day: date) -> bool:
    row = {"id": new_id(), "automation_id": automation.id, "slot": day, "ran_at": work.now}
    row |= {"created_at": work.now, "considered": 0, "met": 0}
    statement = insert(AutomationTick).values(**row).on_conflict_do_nothing()
    claimed = work.session.connection().execute(statement.returning(col(AutomationTick.id)))
    return claimed.scalar() is not None


def _go_through(work: Work, automation: Automation, facts: list[Fact], day: date) -> int:
    """Only those for whom the conditions hold are carried out, each in a work of its own."""
    met = those_who_meet(work, recipe_of(automation.recipe), facts)
    work.emit(*(due(automation.id, fact) for fact in met))
    counted = update(AutomationTick).where(
        col(AutomationTick.automation_id) == automation.id, col(AutomationTick.slot) == day
    )
    values = counted.values(considered=len(facts), met=len(met))
    work.session.connection().execute(values)
    return len(met)


def due(automation_id: AutomationId, fact: Fact, *, after_id: RunId | None = None) -> AutomationDue:
    """The event that has an automation look at a fact: ids and moments, no words."""
    return AutomationDue(
        automation_id,
        fact.happening,
        fact.occasion,
        fact.at,
        fact.student_id,
        fact.family_id,
        fact.lesson_id,
        after_id,
    )
