"""Sign-up, invitations, tokens: how people come to belong to a studio, and leave it."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from studio_app.identity.commands.members import (
    AcceptedAlready,
    LastOwner,
    OwnersOnly,
    invite,
    remove_member,
    set_grant,
    withdraw_invitation,
)
from studio_app.identity.commands.sign_in import LinkExpired
from studio_app.identity.commands.sign_up import AddressKnown, NewStudio, sign_up
from studio_app.identity.commands.tokens import (
    create_personal_token,
    issue_tokens,
    read_access_token,
    refresh_tokens,
)
from studio_app.identity.queries import members, open_invitations
from studio_app.identity.secrets import INVITATION, hash_of, token_about
from studio_app.kit.access import Actor, Permission, Role
from studio_app.kit.errors import Forbidden, NotFound, Refused, SignedOut
from studio_app.people.commands.joining import accept_invitation
from studio_app.people.models import Teacher
from tests.conftest import World

PUBLIC = Actor.public()
GOOD = "three unlikely violas"
NEW = NewStudio("Aria", "CA", "America/Vancouver", "CAD")


def test_signing_up_makes_a_studio_with_its_owner(world: World) -> None:
    ticket = world.run(PUBLIC, sign_up, "Alma Ash", "alma@example.org", GOOD, NEW)

    assert ticket.path == "/welcome"
    row = world.connection.execute(
        text("select * from identity_session(:hash, :at)"),
        {"hash": hash_of(ticket.token), "at": world.now},
    ).one()
    assert row.roles == ["owner"]
    alma = Actor.of(row.person_id, row.studio_id, Role.OWNER)
    assert [m.name for m in world.run(alma, members)] == ["Alma Ash"]


def test_a_known_address_cannot_be_taken_over_by_signing_up(world: World) -> None:
    with pytest.raises(AddressKnown):
        world.run(PUBLIC, sign_up, "Eve", "grace@example.org", GOOD, NEW)


@pytest.mark.parametrize(
    ("owner", "email", "studio"),
    [
        ("", "alma@example.org", NEW),
        ("Alma", "alma", NEW),
        ("Alma", "alma@example.org", NewStudio("Aria", "CA", "Mars/Olympus", "CAD")),
        ("Alma", "alma@example.org", NewStudio("Aria", "Canada", "America/Vancouver", "CAD")),
    ],
)
def test_sign_up_says_what_is_missing(
    world: World, owner: str, email: str, studio: NewStudio
) -> None:
    with pytest.raises(Refused, match=r"Please|look like"):
        world.run(PUBLIC, sign_up, owner, email, GOOD, studio)


def test_an_invited_teacher_joins_as_that_teacher(world: World) -> None:
    owner = world.as_(world.olivia)
    teacher = Teacher(name="Tess")
    owner.session.add(teacher)
    owner.session.commit()
    invitation_id = world.run(
        world.olivia, invite, "tess@example.org", Role.TEACHER, name="Tess", teacher_id=teacher.id
    )
    token = token_about(INVITATION, invitation_id)

    world.run(PUBLIC, accept_invitation, token, password=GOOD)

    linked = world.as_(world.olivia).session.exec(select(Teacher).where(Teacher.name == "Tess"))
    tess = linked.one().person_id
    assert tess in {m.person_id for m in world.run(world.olivia, members)}
    with pytest.raises(LinkExpired):
        world.run(PUBLIC, accept_invitation, token)


def test_an_invitation_expires(world: World) -> None:
    invitation_id = world.run(world.olivia, invite, "tess@example.org", Role.TEACHER)
    late = world.at(world.now + timedelta(days=15))
    with pytest.raises(LinkExpired):
        late.run(PUBLIC, accept_invitation, token_about(INVITATION, invitation_id))


def test_a_withdrawn_invitation_opens_nothing(world: World) -> None:
    invitation_id = world.run(world.olivia, invite, "tess@example.org", Role.TEACHER)
    with pytest.raises(NotFound):
        world.run(world.rita, withdraw_invitation, invitation_id)
    with pytest.raises(Forbidden):
        world.run(world.tom, withdraw_invitation, invitation_id)

    world.run(world.olivia, withdraw_invitation, invitation_id)
    world.run(world.olivia, withdraw_invitation, invitation_id)

    assert world.run(world.olivia, open_invitations) == []
    with pytest.raises(LinkExpired):
        world.run(PUBLIC, accept_invitation, token_about(INVITATION, invitation_id))


def test_an_accepted_invitation_is_not_withdrawn(world: World) -> None:
    invitation_id = world.run(world.olivia, invite, "tess@example.org", Role.TEACHER)
    world.run(PUBLIC, accept_invitation, token_about(INVITATION, invitation_id))
    with pytest.raises(AcceptedAlready):
        world.run(world.olivia, withdraw_invitation, invitation_id)


def test_nobody_is_invited_as_another_studios_teacher_or_parent(world: World) -> None:
    for ids in ({"teacher_id": world.teacher_id}, {"guardian_id": world.guardian_id}):
        unknown = {name: type(each)(int=1) for name, each in ids.items()}
        for theirs in (ids, unknown):
            with pytest.raises(NotFound):
                world.run(world.rita, invite, "eve@example.org", Role.TEACHER, **theirs)
    assert world.run(world.rita, open_invitations) == []


def test_only_owners_make_and_unmake_owners(world: World) -> None:
    adam = Actor.of(world.tom.person_id, world.harmony, Role.ADMIN)
    person_id = world.olivia.person_id
    with pytest.raises(OwnersOnly):
        world.run(adam, invite, "eve@example.org", Role.OWNER)
    with pytest.raises(OwnersOnly):
        world.run(adam, remove_member, person_id, Role.OWNER)
    invitation_id = world.run(world.olivia, invite, "otto@example.org", Role.OWNER)
    with pytest.raises(OwnersOnly):
        world.run(adam, withdraw_invitation, invitation_id)


def test_only_those_who_manage_members_invite(world: World) -> None:
    with pytest.raises(Forbidden):
        world.run(world.tom, invite, "eve@example.org", Role.OWNER)


def test_a_studio_keeps_at_least_one_owner(world: World) -> None:
    person_id = world.olivia.person_id
    assert person_id is not None
    with pytest.raises(LastOwner):
        world.run(world.olivia, remove_member, person_id, Role.OWNER)


def test_a_removed_member_has_no_roles_left(world: World) -> None:
    person_id = world.tom.person_id
    assert person_id is not None
    world.run(world.olivia, remove_member, person_id, Role.TEACHER)
    roles = world.connection.execute(
        text("select roles from identity_actor(:who, :studio)"),
        {"who": person_id, "studio": world.harmony},
    ).scalar_one()
    assert roles == []


def test_a_studio_may_withhold_what_ships_with_a_role(world: World) -> None:
    world.run(world.olivia, set_grant, Role.TEACHER, Permission.STUDENT_ADD, allowed=False)
    row = world.connection.execute(
        text("select allowed, withheld from identity_actor(:who, :studio)"),
        {"who": world.tom.person_id, "studio": world.harmony},
    ).one()
    assert (row.allowed, row.withheld) == ([], ["teacher student.add"])
    with pytest.raises(Refused):
        world.run(world.olivia, set_grant, Role.OWNER, Permission.STUDENT_ADD, allowed=False)


def test_an_access_token_names_its_person_for_two_hours(world: World) -> None:
    pair = world.run(world.tom, issue_tokens)
    assert read_access_token(pair.access_token, world.now).person_id == world.tom.person_id
    with pytest.raises(SignedOut):
        read_access_token(pair.access_token, world.now + timedelta(hours=2))
    with pytest.raises(SignedOut):
        read_access_token(pair.access_token[:-3] + "abc", world.now)


def test_a_refresh_token_works_once(world: World) -> None:
    pair = world.run(world.tom, issue_tokens)
    again = world.run(PUBLIC, refresh_tokens, pair.refresh_token)
    assert read_access_token(again.access_token, world.now).studio_id == world.harmony
    with pytest.raises(SignedOut):
        world.run(PUBLIC, refresh_tokens, pair.refresh_token)


def test_a_personal_token_has_no_more_rights_than_its_maker(world: World) -> None:
    with pytest.raises(Refused):
        world.run(world.tom, create_personal_token, "script", [Permission.BILLING_MANAGE.value])
    assert world.run(world.tom, create_personal_token, "script", [Permission.LESSON_VIEW.value])
