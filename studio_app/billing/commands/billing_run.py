"""A month or a term, billed: the same plan that the preview shows, written at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from studio_app.billing.access import packages, seats
from studio_app.billing.access.run import month_of, planned, term_of
from studio_app.billing.commands.charging import recognise
from studio_app.billing.commands.covering import cover_seats
from studio_app.billing.commands.drafting import Wanted, draft
from studio_app.billing.commands.ledger import post, today
from studio_app.billing.commands.sending import send
from studio_app.billing.rules.invoicing import lines_of
from studio_app.billing.rules.planning import Plan, Problem, Span
from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import InvoiceId, SeatId, TermId
from studio_app.kit.locks import lock_in_order
from studio_app.kit.words import many
from studio_app.kit.work import Work, requires

DUE_IN = 14


class Undecided(Refused):
    """Lessons that nobody has recorded, or that have no price: billed never silently."""


@dataclass(frozen=True, slots=True)
class Billed:
    """What a run has written; run again, it has nothing left to write."""

    invoice_ids: tuple[InvoiceId, ...] = ()
    charges: int = 0


@requires(Permission.BILLING_MANAGE)
def bill_month(
    work: Work,
    month: date,
    *,
    leaving: Collection[SeatId] = (),
    due_in: int = DUE_IN,
    sending: bool = False,
) -> Billed:
    """Bill what was held in the month of this day, and whatever else is not billed yet.

    Every lesson that is not recorded or has no price must be decided: recorded, priced, or
    left for later: in this run by naming it in `leaving`, in every run by `leave_for_later`.
    """
    return _bill(work, month_of(month), leaving, due_in, sending=sending)


@requires(Permission.BILLING_MANAGE)
def bill_term(
    work: Work,
    term_id: TermId,
    *,
    leaving: Collection[SeatId] = (),
    due_in: int = DUE_IN,
    sending: bool = False,
) -> Billed:
    """Sell a term to those who are billed in advance: every lesson of theirs in it.

    Who starts in the middle pays for the lessons they come to.
    """
    return _bill(work, term_of(work, term_id), leaving, due_in, sending=sending)


def _bill(
    work: Work, span: Span, leaving: Collection[SeatId], due_in: int, *, sending: bool
) -> Billed:
    lock_in_order(work, work.studio_id)  # two runs at once: the second finds nothing left
    cover_seats(work, packages.held_and_open(work))  # before what is left is charged
    plan = planned(work, span, leaving=frozenset(leaving))
    if plan.undecided:
        raise Undecided(_what_is_missing(plan))
    post(work, *plan.postings)
    issued_on = today(work)
    due_on = issued_on + timedelta(days=due_in)
    wanted = [Wanted(family_id, lines_of(items)) for family_id, items in plan.items.items()]
    wanted = [each for each in wanted if each.total]  # what costs nothing needs no invoice
    invoice_ids = draft(work, wanted, issued_on=issued_on, due_on=due_on, span=span)
    charged = [posting.about_id for posting in plan.postings]
    recognise(work, seats.seats_by_id(work, [SeatId(id_) for id_ in charged]))
    if sending:
        send(work, invoice_ids)
    return Billed(tuple(invoice_ids), len(plan.postings))


def _what_is_missing(plan: Plan) -> str:
    unrecorded = sum(u.problem is Problem.UNRECORDED for u in plan.undecided)
    unpriced = len(plan.undecided) - unrecorded
    said = [
        many(
            "{n} lesson is not recorded. Record it, or leave it for later.",
            "{n} lessons are not recorded. Record them, or leave them for later.",
            n=unrecorded,
        ),
        many(
            "{n} lesson has no price. Set one, or leave it for later.",
            "{n} lessons have no price. Set one, or leave them for later.",
            n=unpriced,
        ),
    ]
    return " ".join(str(text) for text, n in zip(said, (unrecorded, unpriced), strict=True) if n)
