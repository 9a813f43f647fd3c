"""A pool whose connections the server has closed: a restart is not noticed by anybody."""

import time

import pytest
from sqlalchemy import Engine, text

from studio_app.identity.sessions import actor_for
from studio_app.kit import database
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.database import engine_for
from studio_app.kit.errors import SignedOut
from studio_app.kit.work import Work, public, run
from tests.database import Database


@public
def hello(work: Work) -> int:
    return work.session.connection().execute(text("select 42")).scalar_one()


@pytest.fixture
def pool(cloned: Database) -> Engine:
    """Two connections that were used just now and that the server has closed since."""
    engine = engine_for(cloned.app_url, pool_size=2)
    with engine.connect() as one, engine.connect() as other:
        closing = [c.execute(text("select pg_backend_pid()")).scalar_one() for c in (one, other)]
    with cloned.owner.connect() as owner:
        for pid in closing:
            owner.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    return engine


def test_work_goes_on_over_a_connection_that_died_just_now(pool: Engine) -> None:
    assert [run(pool, Actor.public(), hello) for _ in range(3)] == [42, 42, 42]
    pool.dispose()


def test_a_session_is_looked_up_over_a_connection_that_died_just_now(pool: Engine) -> None:
    for _twice in range(2):
        with pytest.raises(SignedOut):
            actor_for(pool, "nobody's", utc_now())
    pool.dispose()


def test_an_idle_connection_is_asked_before_it_is_used(
    pool: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "TRUSTED_FOR", 0.01)
    time.sleep(0.02)
    with pool.connect() as connection:
        assert connection.execute(text("select 42")).scalar_one() == 42
    pool.dispose()
