"""Getting in, by password and by link, and being out again."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from studio_app.identity.commands.account import change_password
from studio_app.identity.commands.sign_in import (
    LinkExpired,
    WrongCredentials,
    ask_for_link,
    count_try,
    sign_in,
    sign_out,
    switch_studio,
    use_link,
)
from studio_app.identity.queries import link_state, my_profile, my_sessions, my_studios
from studio_app.identity.rules import password_problem, safe_path
from studio_app.identity.secrets import LINK, hash_of, token_about
from studio_app.kit.access import Actor
from studio_app.kit.errors import NotFound, Refused
from tests.conftest import World

PUBLIC = Actor.public()
GOOD = "three unlikely violas"


def person_behind(world: World, token: str) -> object:
    query = text("select person_id from identity_session(:hash, :at)")
    given = {"hash": hash_of(token), "at": world.now}
    return world.connection.execute(query, given).scalar()


def link_token(world: World) -> str:
    """The token in the letter that was written last."""
    query = text(
        "select args->'payload'->'event'->>'link_id' from procrastinate_jobs order by id desc"
    )
    link_id = world.connection.execute(query).scalars().first()
    assert link_id is not None
    return token_about(LINK, type(world.olivia.person_id)(link_id))


def test_the_right_password_opens_a_session(world: World) -> None:
    world.run(world.grace, change_password, "", GOOD)
    ticket = world.run(PUBLIC, sign_in, "Grace@example.org ", GOOD)
    assert person_behind(world, ticket.token) == world.grace.person_id


@pytest.mark.parametrize(
    ("email", "password"),
    [("grace@example.org", "not this one"), ("nobody@example.org", GOOD), ("tom@example.org", "")],
)
def test_a_wrong_password_and_an_unknown_address_sound_alike(
    world: World, email: str, password: str
) -> None:
    world.run(world.grace, change_password, "", GOOD)
    with pytest.raises(WrongCredentials):
        world.run(PUBLIC, sign_in, email, password)


def test_a_link_signs_in_once_and_leads_where_it_was_meant_to(world: World) -> None:
    world.run(PUBLIC, ask_for_link, "grace@example.org", path="/portal/invoices")
    token = link_token(world)

    ticket = world.run(PUBLIC, use_link, token)

    assert ticket.path == "/portal/invoices"
    assert person_behind(world, ticket.token) == world.grace.person_id
    with pytest.raises(LinkExpired):
        world.run(PUBLIC, use_link, token)


def test_looking_at_a_link_does_not_use_it(world: World) -> None:
    world.run(PUBLIC, ask_for_link, "grace@example.org")
    token = link_token(world)
    assert world.run(PUBLIC, link_state, token).usable
    assert world.run(PUBLIC, link_state, token).usable
    assert world.run(PUBLIC, use_link, token).path == "/"
    assert not world.run(PUBLIC, link_state, token).usable


def test_a_link_expires(world: World) -> None:
    world.run(PUBLIC, ask_for_link, "grace@example.org")
    token = link_token(world)
    with pytest.raises(LinkExpired):
        world.at(world.now + timedelta(hours=49)).run(PUBLIC, use_link, token)


def test_asking_for_a_link_to_an_unknown_address_says_nothing(world: World) -> None:
    before = world.connection.execute(text("select count(*) from procrastinate_jobs")).scalar()
    world.run(PUBLIC, ask_for_link, "nobody@example.org")
    after = world.connection.execute(text("select count(*) from procrastinate_jobs")).scalar()
    assert before == after


def test_signing_out_ends_the_session_at_once(world: World) -> None:
    world.run(world.grace, change_password, "", GOOD)
    ticket = world.run(PUBLIC, sign_in, "grace@example.org", GOOD)
    (session,) = world.run(world.grace, my_sessions)
    world.run(world.grace, sign_out, session.id)
    assert person_behind(world, ticket.token) is None


def test_nobody_ends_anothers_session(world: World) -> None:
    world.run(world.grace, change_password, "", GOOD)
    world.run(PUBLIC, sign_in, "grace@example.org", GOOD)
    (session,) = world.run(world.grace, my_sessions)
    for other in (world.olivia, world.rita):
        with pytest.raises(NotFound):
            world.run(other, sign_out, session.id)


def test_switching_to_a_studio_one_does_not_belong_to_finds_nothing(world: World) -> None:
    world.run(world.grace, change_password, "", GOOD)
    world.run(PUBLIC, sign_in, "grace@example.org", GOOD)
    (session,) = world.run(world.grace, my_sessions)
    with pytest.raises(NotFound):
        world.run(world.grace, switch_studio, session.id, world.rival)
    assert [s.name for s in world.run(world.grace, my_studios)] == ["Harmony"]


def test_a_profile_says_who_and_where(world: World) -> None:
    profile = world.run(world.grace, my_profile)
    assert (profile.name, profile.studio, profile.currency) == ("Grace Gray", "Harmony", "GBP")


def test_a_new_password_ends_every_session(world: World) -> None:
    world.run(world.grace, change_password, "", GOOD)
    ticket = world.run(PUBLIC, sign_in, "grace@example.org", GOOD)
    world.run(world.grace, change_password, GOOD, "another three violas")
    assert person_behind(world, ticket.token) is None
    with pytest.raises(Refused, match="present password"):
        world.run(world.grace, change_password, GOOD, "yet another viola")


def test_tries_are_counted_and_forgotten_after_a_quarter_of_an_hour(world: World) -> None:
    tries = [world.run(PUBLIC, count_try, "sign-in", "Grace", limit=3) for _ in range(4)]
    assert tries == [True, True, True, False]
    later = world.at(world.now + timedelta(minutes=16))
    assert later.run(PUBLIC, count_try, "sign-in", "grace ", limit=3)


@pytest.mark.parametrize("password", ["short", "password1234", "aaaaaaaaaaaa", "grace-and-more"])
def test_an_easy_password_is_refused_with_a_reason(password: str) -> None:
    assert password_problem(password, email="grace@example.org") is not None
    assert password_problem(GOOD, email="grace@example.org") is None


@pytest.mark.parametrize(
    ("asked", "given"),
    [("/portal", "/portal"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\x", "/")],
)
def test_a_link_never_leads_to_another_site(asked: str, given: str) -> None:
    assert safe_path(asked) == given
