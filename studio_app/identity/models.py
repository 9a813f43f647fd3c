"""Studios, people, and the ways a person proves to be one.

A person and what belongs to a person stand outside the studio's fence: one account may
belong to several studios. Each of these tables has a policy of its own (see the first
migration) and is otherwise read through identity's few definer functions.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, CheckConstraint, String, UniqueConstraint, Uuid
from sqlmodel import Field

from studio_app.kit.access import Permission, Role
from studio_app.kit.clock import utc_now
from studio_app.kit.ids import GuardianId, PersonId, StudioId, TeacherId
from studio_app.kit.tables import Row, StudioOwned, instant, key, ref, same_studio, studio_table


class Studio(Row, table=True):
    """The tenant: a studio with one canonical timezone, currency and language."""

    id: StudioId = key()
    name: str
    country: str = Field(max_length=2, description="ISO 3166-1 alpha-2")
    region: str = Field(default="", description="subdivision for bank holidays, such as ENG")
    timezone: str = Field(description="IANA name")
    currency: str = Field(max_length=3)
    locale: str = Field(description="BCP 47: how the studio writes dates and money")
    is_demo: bool = False
    created_at: datetime = instant(default_factory=utc_now)


class Person(Row, table=True):
    """Somebody who can sign in; the same person may belong to several studios."""

    id: PersonId = key()
    email: str = Field(unique=True, description="lower case; personal")
    name: str = Field(description="personal")
    password_hash: str | None = None
    locale: str | None = None
    email_verified_at: datetime | None = instant(default=None)
    created_at: datetime = instant(default_factory=utc_now)


class Membership(Row, table=True):
    """One role of a person in a studio; somebody may hold several."""

    __table_args__ = (
        UniqueConstraint("studio_id", "person_id", "role", name="membership_once_per_role"),
    )

    id: UUID = key()
    studio_id: StudioId = ref(foreign_key="studio.id", index=False)
    person_id: PersonId = ref(foreign_key="person.id")
    role: Role = Field(sa_type=String)
    created_at: datetime = instant(default_factory=utc_now)
    ended_at: datetime | None = instant(default=None)


class GrantOverride(StudioOwned, table=True):
    """Where a studio's policy differs from the one that ships with Cadenza."""

    __table_args__ = studio_table(
        UniqueConstraint("studio_id", "role", "permission", name="grant_override_once"),
    )

    id: UUID = key()
    role: Role = Field(sa_type=String)
    permission: Permission = Field(sa_type=String)
    allowed: bool = Field(sa_type=Boolean)


class BrowserSession(Row, table=True):
    """A signed-in browser, in one studio. Only a hash of its cookie is kept."""

    id: UUID = key()
    token_hash: str = Field(unique=True)
    person_id: PersonId = ref(foreign_key="person.id")
    studio_id: StudioId | None = Field(default=None, sa_type=Uuid, foreign_key="studio.id")
    device: str = Field(default="", description="what the browser calls itself, shortened")
    created_at: datetime = instant()
    proved_at: datetime = instant(description="when the person last proved who they are")
    seen_at: datetime = instant()
    expires_at: datetime = instant()
    ended_at: datetime | None = instant(default=None)


class SignInLink(Row, table=True):
    """A link in a letter. It opens one path, once, for one person; opening is not using."""

    id: UUID = key()
    token_hash: str = Field(unique=True)
    person_id: PersonId = ref(foreign_key="person.id")
    studio_id: StudioId | None = Field(default=None, sa_type=Uuid, foreign_key="studio.id")
    path: str = "/"
    created_at: datetime = instant()
    expires_at: datetime = instant()
    used_at: datetime | None = instant(default=None)


class Invitation(StudioOwned, table=True):
    """An offer of a role to an address; accepting it makes or finds the account."""

    __table_args__ = studio_table(
        CheckConstraint("role <> 'system'", name="invitation_role_is_a_persons"),
        same_studio("teacher_id", "teacher", name="invitation_teacher_is_ours", ondelete="CASCADE"),
        same_studio(
            "guardian_id", "guardian", name="invitation_guardian_is_ours", ondelete="CASCADE"
        ),
    )

    id: UUID = key()
    token_hash: str = Field(unique=True)
    email: str = Field(description="personal")
    name: str = Field(default="", description="personal")
    role: Role = Field(sa_type=String)
    teacher_id: TeacherId | None = ref(default=None, index=False)
    guardian_id: GuardianId | None = ref(default=None, index=False)
    invited_by: PersonId | None = ref(default=None, index=False)
    expires_at: datetime = instant()
    accepted_at: datetime | None = instant(default=None)


class ApiToken(Row, table=True):
    """A personal token, or the refresh token of a JWT. Only a hash of it is kept."""

    id: UUID = key()
    token_hash: str = Field(unique=True)
    person_id: PersonId = ref(foreign_key="person.id")
    studio_id: StudioId = ref(foreign_key="studio.id", index=False)
    kind: str = Field(description="personal or refresh")
    name: str = ""
    scopes: list[str] = Field(default_factory=list, sa_type=ARRAY(String))  # type: ignore[call-overload]
    created_at: datetime = instant()
    expires_at: datetime | None = instant(default=None)
    used_at: datetime | None = instant(default=None)
    ended_at: datetime | None = instant(default=None)


class Throttle(Row, table=True):
    """How often something was tried in the running window. The bucket is a hash."""

    bucket: str = Field(primary_key=True)
    tries: int = 0
    since: datetime = instant()
