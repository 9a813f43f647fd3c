"""Loads the demonstration: Riverside Music around today, and a small studio in Paris."""

from datetime import datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import Engine

from studio_app.demo.atelier import load_atelier
from studio_app.demo.credits_given import give_credits
from studio_app.demo.desk import Desk
from studio_app.demo.letters import begin_to_tell, live_on
from studio_app.demo.next_term import ask_who_goes_on
from studio_app.demo.riverside import Shared, load_riverside
from studio_app.demo.wanting import deciding_oneself, want_something
from studio_app.identity.commands.sign_up import NewStudio, found_demonstration
from studio_app.identity.sessions import actor_of, every_studio
from studio_app.kit import database
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.delivery import deliver_waiting
from studio_app.kit.jobs import declare
from studio_app.kit.outbox import Subscriptions, wire
from studio_app.kit.trouble import Trouble
from studio_app.kit.work import happening_at, run
from studio_app.wiring import JOBS, SUBSCRIPTIONS

OWNER = ("Dana Doyle", "dana.doyle@example.org")
RIVERSIDE = NewStudio("Riverside Music", "GB", "Europe/London", "GBP", "en-GB", "ENG")
ATELIER_OWNER = ("Camille Roche", "camille.roche@example.org")
ATELIER = NewStudio("Atelier Sonore", "FR", "Europe/Paris", "EUR", "fr")
FOUNDED = timedelta(weeks=30)
BOOKS = "studio_app.billing.subscribers"
SEED = 1685  # the same people and the same luck every time


def load_demo(engine: Engine | None = None, *, now: datetime | None = None) -> None:
    """Fill an empty database with two studios, relative to now. Refused where there is a studio."""
    declare(JOBS)
    engine = engine or database.engine()
    if every_studio(engine):
        raise Trouble("There is a studio here already: the demonstration wants an empty database.")
    wire(_the_books_only())
    moment = now or utc_now()
    riverside = _open(engine, RIVERSIDE, OWNER, moment)
    shared = load_riverside(riverside)
    load_atelier(_open(engine, ATELIER, ATELIER_OWNER, moment), shared)
    with happening_at(moment):
        deliver_waiting(engine)
    wire(SUBSCRIPTIONS)
    _begin_today(riverside.at(moment), shared)


def _begin_today(desk: Desk, shared: Shared) -> None:
    """From now on people hear of what happens, and may answer."""
    begin_to_tell(desk, shared.guardians)
    live_on(desk)
    ask_who_goes_on(desk, shared.places, shared.houses[0])
    give_credits(desk, shared)
    with deciding_oneself(desk):
        want_something(desk, shared)
        with happening_at(desk.now):
            deliver_waiting(desk.engine)


def _the_books_only() -> Subscriptions:
    """Who reacts to the past: nobody is told of it any more, but it has to be in the books."""
    return {
        event: [one for one in subscribers if one.__module__ == BOOKS]
        for event, subscribers in SUBSCRIPTIONS.items()
    }


def _open(engine: Engine, studio: NewStudio, owner: tuple[str, str], now: datetime) -> Desk:
    """Found a studio half a year ago and sit down at its owner's desk."""
    founded = now - FOUNDED
    with happening_at(founded):
        person_id, studio_id = run(engine, Actor.public(), found_demonstration, *owner, studio)
    return Desk(
        engine=engine,
        actor=actor_of(engine, person_id, studio_id),
        studio_id=studio_id,
        zone=ZoneInfo(studio.timezone),
        currency=studio.currency,
        chance=Random(SEED),  # noqa: S311  not a secret
        now=now,
        moment=founded,
    )
