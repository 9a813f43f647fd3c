"""What must not have happened: a row of Harmony changed, a word of Harmony shown."""

from sqlalchemy import text

from studio_app.kit.queue import STUDIO
from tests.stage import WORDS, Stage

_CHANGES = text(
    "select (select count(*) from audit_change where studio_id = :harmony),"  # noqa: S608
    " (select count(*) from ledger_entry where studio_id = :harmony),"
    " (select count(*) from attendance_mark where studio_id = :harmony),"
    f" (select count(*) from procrastinate_jobs as job where {STUDIO} = :name)"
)


def changes(stage: Stage) -> tuple[int, ...]:
    """How much was ever written in Harmony: rows changed, ledger, marks, jobs."""
    harmony = stage.cast.harmony
    with stage.database.owner.connect() as connection:
        found = connection.execute(_CHANGES, {"harmony": harmony, "name": str(harmony)}).one()
    return tuple(found)


def betrayed(answer: str) -> list[str]:
    """Harmony's words in an answer, whatever their case."""
    return [word for word in WORDS if word.lower() in answer.lower()]
