"""Who is asking, and what their roles let them do.

`GRANTS` is the policy as it ships. A studio may widen or narrow it (identity keeps the
differences); the result is loaded with the session, so only `Actor.may` ever decides.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from studio_app.kit.ids import PersonId, StudioId
from studio_app.kit.words import SOURCE_LOCALE, Labelled


class Permission(StrEnum):
    """What can be allowed. The part before the dot is the subject, behind it the verb."""

    OWN_ACCOUNT = "account.own"
    STUDIO_CONFIGURE = "studio.configure"
    MEMBER_MANAGE = "member.manage"
    TOKEN_MANAGE = "token.manage"  # noqa: S105  the name of a permission
    AUDIT_READ = "audit.read"
    PEOPLE_VIEW = "people.view"
    PEOPLE_MANAGE = "people.manage"
    STUDENT_ADD = "student.add"
    FAMILY_VIEW = "family.view"
    CALENDAR_VIEW = "calendar.view"
    CALENDAR_MANAGE = "calendar.manage"
    LESSON_VIEW = "lesson.view"
    LESSON_MOVE = "lesson.move"
    LESSON_BOOK = "lesson.book"
    HOURS_MANAGE = "hours.manage"
    SCHEDULE_CONFIGURE = "schedule.configure"
    ATTENDANCE_MARK = "attendance.mark"
    BILLING_VIEW = "billing.view"
    BILLING_MANAGE = "billing.manage"
    STATEMENT_VIEW = "statement.view"
    IMPORT_RUN = "import.run"
    MESSAGE_VIEW = "message.view"
    MESSAGE_SEND = "message.send"
    MESSAGE_CONFIGURE = "message.configure"
    OVERVIEW_VIEW = "overview.view"
    JOBS_VIEW = "jobs.view"
    JOBS_MANAGE = "jobs.manage"
    TASK_MANAGE = "task.manage"
    AUTOMATION_MANAGE = "automation.manage"
    JOBS_RUN = "jobs.run"


class Role(Labelled):
    OWNER = "owner"
    ADMIN = "admin"
    TEACHER = "teacher"
    GUARDIAN = "guardian"
    STUDENT = "student"
    SYSTEM = "system"


_EVERYTHING = frozenset(Permission)
_FAMILY = frozenset(
    {Permission.OWN_ACCOUNT, Permission.LESSON_VIEW, Permission.FAMILY_VIEW}
    | {Permission.STATEMENT_VIEW, Permission.TOKEN_MANAGE, Permission.LESSON_BOOK}
)
GRANTS: dict[Role, frozenset[Permission]] = {
    Role.OWNER: _EVERYTHING - {Permission.JOBS_RUN},
    Role.ADMIN: _EVERYTHING - {Permission.JOBS_RUN},
    Role.TEACHER: frozenset(
        {Permission.OWN_ACCOUNT, Permission.TOKEN_MANAGE, Permission.PEOPLE_VIEW}
        | {Permission.STUDENT_ADD, Permission.CALENDAR_VIEW, Permission.LESSON_VIEW}
        | {Permission.LESSON_MOVE, Permission.ATTENDANCE_MARK, Permission.HOURS_MANAGE}
    ),
    Role.GUARDIAN: _FAMILY,
    # Whether they are of age is the booking's to ask.
    Role.STUDENT: frozenset(
        {Permission.OWN_ACCOUNT, Permission.LESSON_VIEW, Permission.LESSON_BOOK}
    ),
    Role.SYSTEM: _EVERYTHING,
}


@lru_cache(maxsize=1024)
def granted(
    roles: frozenset[Role],
    allowed: frozenset[tuple[Role, Permission]] = frozenset(),
    withheld: frozenset[tuple[Role, Permission]] = frozenset(),
) -> frozenset[Permission]:
    """What these roles together may do, with a studio's own differences applied per role."""
    return frozenset(
        permission
        for role in roles
        for permission in Permission
        if (permission in GRANTS[role] or (role, permission) in allowed)
        and (role, permission) not in withheld
    )


@dataclass(frozen=True, slots=True)
class Actor:
    """One person acting in one studio; `system` acts for jobs, `public` for anybody."""

    person_id: PersonId | None
    studio_id: StudioId | None
    roles: frozenset[Role]
    grants: frozenset[Permission]
    locale: str = SOURCE_LOCALE

    def may(self, permission: Permission) -> bool:
        return permission in self.grants

    def is_any(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    @classmethod
    def of(cls, person_id: PersonId, studio_id: StudioId, *roles: Role) -> "Actor":
        """Somebody with the grants that ship with these roles."""
        held = frozenset(roles)
        return cls(person_id, studio_id, held, granted(held))

    @classmethod
    def system(cls, studio_id: StudioId) -> "Actor":
        return cls(None, studio_id, frozenset({Role.SYSTEM}), GRANTS[Role.SYSTEM])

    @classmethod
    def public(cls, studio_id: StudioId | None = None, locale: str = SOURCE_LOCALE) -> "Actor":
        """Somebody we do not know: a visitor of the sign-in page, a link from a mail."""
        return cls(None, studio_id, frozenset(), frozenset(), locale)
