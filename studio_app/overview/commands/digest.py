"""The owner's morning: what today brings and what waits, as one message."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Engine, text

from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_long_day, say_time
from studio_app.kit.ids import StudioId
from studio_app.kit.words import Text, _, many, speaking
from studio_app.kit.work import Work, requires
from studio_app.messaging import paths
from studio_app.messaging.access import contacts
from studio_app.messaging.access.recipients import Recipient, recipients
from studio_app.messaging.access.studio import House, house
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.overview.queries.needs_you import needs_you
from studio_app.scheduling.queries.calendar import calendar_range

_MORNINGS = text("select id from messaging_studios_at_morning(:at)")


def studios_at_morning(engine: Engine, now: datetime) -> Sequence[StudioId]:
    """Where it is the time of the digest, or was within two hours."""
    with engine.connect() as connection:
        return [StudioId(row.id) for row in connection.execute(_MORNINGS, {"at": now})]


@requires(Permission.JOBS_RUN)
def write_digests(work: Work) -> str:
    """One digest a day for each owner and administrator, in their own language."""
    here = house(work)
    clock = work.now.astimezone(here.zone).time()
    if here.digest_at is None or here.started_at is None or clock < here.digest_at:
        return "0 digests"
    made = sum(_write(work, here, who) for who in recipients(work, contacts.in_office(work)))
    return f"{made} digests"


def _write(work: Work, here: House, who: Recipient) -> int:
    language = who.language or here.language
    theirs = replace(work, actor=replace(work.actor, locale=language))
    today = local_date(work.now, here.zone)
    said_in = speaking.set(language)
    try:
        needs = [f"{need.words}: {need.detail}" if need.detail else need.words
                 for need in needs_you(theirs)]  # fmt: skip
        lessons = _lessons(theirs, here).say(language)
    finally:
        speaking.reset(said_in)
    occasion = Occasion(
        "morning_digest",
        about=(),
        happened_at=work.now,
        key=today.isoformat(),
        why="write_digests",
        facts={
            "day": say_long_day(today, language),
            "lessons": lessons,
            "needs": needs,
            "path": paths.OFFICE,
        },
    )
    return post(work, occasion, [who.contact_id])


def _lessons(work: Work, here: House) -> Text:
    today = local_date(work.now, here.zone)
    found = calendar_range(work, today, today + timedelta(days=1)).lessons
    held = sorted(one.starts for one in found if one.status != "cancelled")
    if not held:
        return _("No lessons today.")
    first = datetime.fromisoformat(held[0]).replace(tzinfo=here.zone)
    return many(
        "{n} lesson today, at {first}.",
        "{n} lessons today, the first at {first}.",
        n=len(held),
        first=say_time(first, here.zone, work.actor.locale),
    )
