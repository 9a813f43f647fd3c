"""What families of a file owed before, on its way into the ledger."""

from datetime import date

from studio_app.billing.commands.payments import post_opening_balance
from studio_app.imports import access
from studio_app.imports.models import ImportBatch
from studio_app.kit.ids import FamilyId, StudentId
from studio_app.kit.money import Money
from studio_app.kit.work import Work


def families_come_in(work: Work, batch: ImportBatch) -> dict[str, FamilyId]:
    """The accounts of an applied file's families, by the key of their rows: where students of
    one key have several, that of the first line."""
    came: dict[str, StudentId] = {}
    for row in access.rows(work, batch.id):
        if row.student_id:
            came.setdefault(row.family_key, StudentId(row.student_id))
    homes = access.families_of(work, list(came.values()))
    return {key: homes[student_id] for key, student_id in came.items() if student_id in homes}


def post_balances(work: Work, batch: ImportBatch, on: date) -> int:
    """Post what is not posted yet; how many were. A family that has an opening balance already
    keeps it."""
    waiting = [b for b in access.balances(work, batch.id) if b.amount_minor and not b.posted]
    if not waiting:
        return 0
    families = families_come_in(work, batch)
    before = access.with_opening_balance(work, families.values())
    for balance in waiting:
        family_id = families.get(balance.family_key)
        balance.family_id = family_id
        if family_id is not None and family_id not in before:
            owed = Money(balance.amount_minor, balance.currency)
            post_opening_balance(work, family_id, owed, on)
            balance.posted = True
    return sum(balance.posted for balance in waiting)
