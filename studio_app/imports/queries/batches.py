"""The files that were brought in."""

from sqlmodel import col, select

from studio_app.identity.access import studio
from studio_app.imports.cards import BatchCard, batch_card, counts_of
from studio_app.imports.models import ImportBatch
from studio_app.kit.access import Permission
from studio_app.kit.work import Work, requires


@requires(Permission.IMPORT_RUN)
def import_batches(work: Work) -> list[BatchCard]:
    """Every file that was brought in, the newest first."""
    batches = work.session.exec(
        select(ImportBatch).order_by(col(ImportBatch.created_at).desc(), col(ImportBatch.id).desc())
    ).all()
    counts = counts_of(work, [batch.id for batch in batches])
    return [batch_card(work, batch, counts) for batch in batches]


@requires(Permission.IMPORT_RUN)
def studio_name(work: Work) -> str:
    """Which studio a file would go into."""
    return studio(work).name
