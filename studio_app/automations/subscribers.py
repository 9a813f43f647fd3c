"""What automations do when something happens."""

from sqlalchemy import Engine

from studio_app.automations.access import rows as access
from studio_app.automations.access.facts import Fact, awaited, facts_of, happenings_of
from studio_app.automations.commands.carrying import carry_out
from studio_app.automations.commands.telling import send_webhook
from studio_app.automations.commands.ticking import due
from studio_app.automations.events import AutomationDue, WebhookDue
from studio_app.automations.rules.recipe import recipe_of
from studio_app.kit.access import Actor
from studio_app.kit.outbox import Event, outside, when_awaited
from studio_app.kit.work import Work


@when_awaited(awaited)
def consider(work: Work, event: Event) -> None:
    """Note for each automation that waits for this what it has to look at."""
    automations = access.listening(work, happenings_of(event))
    if not automations:
        return
    facts = facts_of(work, event, {one.happening for one in automations})
    after_id = access.run_of_work(work, work.cause)
    asked_of = [(automation.id, recipe_of(automation.recipe).when) for automation in automations]
    work.emit(
        *(
            due(automation_id, fact, after_id=after_id)
            for automation_id, when in asked_of
            for fact in facts
            if fact.happening is when.happening and when.is_meant(fact.word)
        )
    )


def carry_out_automation(work: Work, event: AutomationDue) -> None:
    """In a work of its own: what it does is known to be this run's, and nothing else's."""
    fact = Fact(
        event.happening,
        event.occasion,
        event.at,
        event.student_id,
        event.family_id,
        event.lesson_id,
    )
    carry_out(work, event.automation_id, fact, after_id=event.after_id)


@outside
def post_webhook(engine: Engine, actor: Actor, event: WebhookDue) -> None:
    send_webhook(engine, actor, event.action_id)
