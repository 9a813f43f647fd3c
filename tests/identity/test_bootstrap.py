"""The operator names the first owner; nobody can be named after that."""

import pytest
from sqlalchemy import text

from studio_app.identity.commands.bootstrap import bootstrap_owner
from studio_app.identity.commands.sign_in import use_link
from studio_app.identity.secrets import hash_of
from studio_app.kit.access import Actor
from studio_app.kit.errors import Refused
from studio_app.kit.work import run
from tests.conftest import World
from tests.database import Database

PUBLIC = Actor.public()


def test_an_empty_installation_gets_its_first_owner(cloned: Database) -> None:
    token = run(cloned.app, PUBLIC, bootstrap_owner, "dana@example.org")
    assert token is not None
    ticket = run(cloned.app, PUBLIC, use_link, token)

    with cloned.app.connect() as connection:
        query = text("select roles from identity_session(:hash, now())")
        roles = connection.execute(query, {"hash": hash_of(ticket.token)}).scalar_one()
    assert roles == ["owner"]
    assert run(cloned.app, PUBLIC, bootstrap_owner, "eve@example.org") is None


def test_where_there_is_a_studio_nobody_is_made_its_owner(world: World) -> None:
    assert world.run(PUBLIC, bootstrap_owner, "eve@example.org") is None


def test_a_word_that_is_no_address_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="STUDIO_OWNER_EMAIL"):
        world.run(PUBLIC, bootstrap_owner, "dana")
