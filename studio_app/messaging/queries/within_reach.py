"""Of whom a question would reach nobody."""

from collections.abc import Collection

from studio_app.kit.access import Permission
from studio_app.kit.ids import StudentId
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.within_reach import out_of_reach_among


@requires(Permission.CALENDAR_MANAGE)
def students_out_of_reach(work: Work, students: Collection[StudentId]) -> set[StudentId]:
    """Those of these students of whom nobody has an e-mail address or an account."""
    return out_of_reach_among(work, students)
