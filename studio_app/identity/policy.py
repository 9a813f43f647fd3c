"""The studio's own policy: what each role may do, as it stands now."""

from dataclasses import dataclass

from sqlmodel import select

from studio_app.identity.models import GrantOverride
from studio_app.kit.access import GRANTS, Permission, Role
from studio_app.kit.work import Work

SETTLED = (Role.ADMIN, Role.TEACHER, Role.GUARDIAN, Role.STUDENT)
"""The roles whose policy a studio may change; owners keep everything."""


@dataclass(frozen=True, slots=True)
class Grant:
    permission: Permission
    role: Role
    allowed: bool
    changed: bool
    """Whether this studio has it otherwise than it ships."""


def grants(work: Work) -> list[Grant]:
    own = {
        (Role(o.role), Permission(o.permission)): o.allowed
        for o in work.session.exec(select(GrantOverride))
    }
    return [
        Grant(
            permission,
            role,
            own.get((role, permission), permission in GRANTS[role]),
            changed=(role, permission) in own,
        )
        for permission in Permission
        if permission is not Permission.JOBS_RUN
        for role in SETTLED
    ]
