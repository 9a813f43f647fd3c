"""Writing documents: a number, frozen lines, and which transactions are on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlmodel import col

from studio_app.billing.access import rows
from studio_app.billing.commands.ledger import post
from studio_app.billing.models.invoices import Invoice, InvoiceCounter, InvoiceItem, InvoiceLine
from studio_app.billing.rules.invoicing import Line
from studio_app.billing.rules.ledger import Kind, Posting
from studio_app.billing.rules.planning import Span
from studio_app.billing.rules.status import DocumentKind
from studio_app.billing.rules.tax import tax_entries
from studio_app.identity.access import studio
from studio_app.kit.ids import FamilyId, InvoiceId, new_id
from studio_app.kit.words import _
from studio_app.kit.work import Work


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document for a family: what it owes, or, where the sum is negative, gets back."""

    family_id: FamilyId
    lines: Sequence[Line]

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def kind(self) -> DocumentKind:
        return DocumentKind.INVOICE if self.total > 0 else DocumentKind.CREDIT_NOTE


def draft(
    work: Work, wanted: Sequence[Wanted], *, issued_on: date, due_on: date, span: Span
) -> list[InvoiceId]:
    """Write these documents with their lines and their tax, in a few statements."""
    if not wanted:
        return []
    ids = [InvoiceId(new_id()) for _each in wanted]
    first = take_numbers(work, len(wanted))
    names = rows.billed_to(work, [each.family_id for each in wanted])
    shared = {
        "created_at": work.now,
        "currency": studio(work).currency,
        "issued_on": issued_on,
        "due_on": due_on,
        "period_from": span.first,
        "period_until": span.until,
        "reason": "",
    }
    invoices = [
        shared
        | {"id": id_, "number": first + nth, "kind": each.kind, "family_id": each.family_id}
        | {"billed_to": names[each.family_id]}
        for nth, (id_, each) in enumerate(zip(ids, wanted, strict=True))
    ]
    _write(work, Invoice, invoices)
    lines, items = _line_rows(work, ids, wanted)
    _write(work, InvoiceLine, lines)
    _write(work, InvoiceItem, items)
    post(work, *_taxes(ids, wanted, invoices, on=issued_on))
    return ids


def take_numbers(work: Work, count: int) -> int:
    """The first of so many numbers in a row; nobody else gets one until we are done."""
    work.session.flush()
    row = {"id": new_id(), "created_at": work.now, "next_number": 1}
    connection = work.session.connection()
    connection.execute(upsert(InvoiceCounter).values(row).on_conflict_do_nothing())
    number = col(InvoiceCounter.next_number)
    taken = update(InvoiceCounter).values(next_number=number + count).returning(number)
    return connection.execute(taken).scalar_one() - count


def line_row(work: Work, invoice_id: InvoiceId, position: int, line: Line) -> dict[str, Any]:
    return {
        "id": new_id(),
        "created_at": work.now,
        "invoice_id": invoice_id,
        "position": position,
        "title": line.title,
        "detail": line.detail,
        "student_id": line.student_id,
        "corrects_id": line.corrects_id,
        "quantity": line.quantity,
        "unit_minor": line.unit_minor,
        "amount_minor": line.minor,
        "tax_bp": line.tax.basis_points,
        "tax_included": line.tax.included,
        "tax_minor": line.tax_minor,
    }


def _line_rows(
    work: Work, ids: Sequence[InvoiceId], wanted: Sequence[Wanted]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    lines: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    for invoice_id, each in zip(ids, wanted, strict=True):
        for position, line in enumerate(each.lines, start=1):
            row = line_row(work, invoice_id, position, line)
            lines.append(row)
            items += [
                {
                    "id": new_id(),
                    "created_at": work.now,
                    "line_id": row["id"],
                    "transaction_id": item.transaction_id,
                    "amount_minor": item.minor,
                    "tax_minor": tax,
                }
                for item, tax in line.items
            ]
    return lines, items


def _taxes(
    ids: Sequence[InvoiceId],
    wanted: Sequence[Wanted],
    invoices: Sequence[dict[str, Any]],
    *,
    on: date,
) -> list[Posting]:
    found: list[Posting] = []
    for id_, each, invoice in zip(ids, wanted, invoices, strict=True):
        shares = [(item.account, tax, item.tax) for line in each.lines for item, tax in line.items]
        entries = tax_entries(each.family_id, shares)
        if entries:
            words = _("Tax on invoice {number}", number=invoice["number"])
            found.append(Posting(Kind.TAX, id_, on, words, invoice["currency"], entries))
    return found


def _write(work: Work, table: Any, rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        work.session.connection().execute(insert(table), rows)
