"""What families owed before: typed, and posted once."""

from collections.abc import Mapping
from datetime import date

from studio_app.identity.access import studio
from studio_app.imports import access
from studio_app.imports.checking import typed_balance
from studio_app.imports.models import ImportBalance, ImportBatch
from studio_app.imports.opening import post_balances
from studio_app.imports.rules.batches import BatchState
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, NotFound, Refused
from studio_app.kit.ids import BatchId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.money import Money
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

MOST_MINOR = 10**11


class AlreadyPosted(Conflict):
    message = _("These opening balances are in the accounts already. Nothing was posted twice.")


class NothingToPost(Refused):
    message = _("No family has an amount yet. Type one, then post it.")


class NotImportedYet(Conflict):
    message = _("Import the file first: opening balances are posted with it.")


class NotOurCurrency(Refused):
    message = _("This studio keeps its books in another currency.")


class TooMuch(Refused):
    message = _("That is more than an account can hold.")


class TakenBack(Conflict):
    message = _("This import was taken back. Choose the file again to change something.")


@requires(Permission.IMPORT_RUN)
def type_opening_balances(
    work: Work, batch_id: BatchId, owed: Mapping[str, Money | None], *, on: date | None = None
) -> None:
    """What families of the file owed at cut-over, by the key of their rows; negative: what they
    had paid ahead, None: nothing. What is as it was before is left alone; what was posted
    cannot be typed over."""
    batch = access.batch(work, batch_id, lock=True)
    if batch.state == BatchState.UNDONE:
        raise TakenBack
    families = {row.family_key for row in access.rows(work, batch_id)}
    if not families.issuperset(owed):
        raise NotFound
    if any(amount and amount.currency != studio(work).currency for amount in owed.values()):
        raise NotOurCurrency
    if any(amount and abs(amount.minor) > MOST_MINOR for amount in owed.values()):
        raise TooMuch
    before = {balance.family_key: balance for balance in access.balances(work, batch_id)}
    for key, amount in owed.items():
        _type(work, batch, before.get(key), key, amount.minor if amount else 0)
    batch.opening_on = on or batch.opening_on


@requires(Permission.IMPORT_RUN)
def post_opening_balances(work: Work, batch_id: BatchId, *, on: date | None = None) -> int:
    """Post what was typed since the import into the accounts, dated that day; how many. Each
    family's once: a second time is refused."""
    lock_in_order(work, work.studio_id)
    batch = access.batch(work, batch_id, lock=True)
    if batch.state == BatchState.UNDONE:
        raise TakenBack
    if batch.state != BatchState.APPLIED:
        raise NotImportedYet
    waiting = [b for b in access.balances(work, batch_id) if b.amount_minor]
    if not waiting:
        raise NothingToPost
    batch.opening_on = on or batch.opening_on
    if batch.opening_on is None:
        raise AssertionError("an applied file has its day")
    posted = post_balances(work, batch, batch.opening_on)
    if not posted:
        raise AlreadyPosted
    return posted


def _type(
    work: Work, batch: ImportBatch, before: ImportBalance | None, key: str, minor: int
) -> None:
    now = before.amount_minor if before else 0
    if minor == now:
        return
    if before and before.posted:
        raise AlreadyPosted
    typed_balance(work, batch, key).amount_minor = minor
