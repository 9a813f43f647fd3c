"""Telling another program, and keeping how that went."""

from uuid import UUID

from sqlalchemy import Engine

from studio_app.automations import webhook_gateway
from studio_app.automations.access import rows as access
from studio_app.automations.commands.building import webhook_secret
from studio_app.automations.queries.webhooks import webhook_letter
from studio_app.automations.rules.recipe import said_of
from studio_app.automations.rules.results import ActionResult
from studio_app.automations.rules.webhooks import body_of, signature
from studio_app.automations.webhook_gateway import Answer
from studio_app.kit.access import Actor, Permission
from studio_app.kit.clock import utc_now
from studio_app.kit.settings import settings
from studio_app.kit.work import Work, requires, run


class NotHeard(Exception):
    """The other side may hear it another time: the queue tries again, later and later."""


def send_webhook(engine: Engine, actor: Actor, action_id: UUID) -> None:
    """Post it, outside of any transaction. It may arrive twice; its id is the same then."""
    letter = run(engine, actor, webhook_letter, action_id)
    if letter is None:
        return
    body, sent_at = body_of(letter.told), int(utc_now().timestamp())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Cadenza",
        "Cadenza-Id": letter.told["id"],
        "Cadenza-Timestamp": str(sent_at),
        "Cadenza-Signature": signature(webhook_secret(letter.hook), sent_at, body),
    }
    answer = webhook_gateway.post(letter.url, body, headers, allowed=settings().webhook_hosts)
    run(engine, actor, record_webhook, action_id, answer)
    if answer.try_again:
        raise NotHeard(str(answer.problem))


@requires(Permission.JOBS_RUN)
def record_webhook(work: Work, action_id: UUID, answer: Answer) -> None:
    """A failed one says why, also while it is going to be tried again."""
    row = access.action(work, action_id, lock=True)
    row.attempts += 1
    row.ended_at = work.now
    row.result = ActionResult.FAILED if answer.problem else ActionResult.DONE
    row.reason = said_of(answer.problem) if answer.problem else {}
