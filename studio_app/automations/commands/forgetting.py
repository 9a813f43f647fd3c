"""What automations did long ago is not kept for ever."""

from sqlalchemy import text

from studio_app.automations.rules.timing import REMEMBERED
from studio_app.kit.access import Permission
from studio_app.kit.words import many
from studio_app.kit.work import Work, requires

_FORGET = text("select automations_forget(:before)")


@requires(Permission.JOBS_RUN)
def forget_old_automation_runs(work: Work) -> str:
    """The clock's use case. Of each automation the newest run of every result stays."""
    given = {"before": work.now - REMEMBERED}
    n = work.session.connection().execute(_FORGET, given).scalar_one()
    return str(many("{n} run forgotten", "{n} runs forgotten", n=n))
