"""How the studio is doing, in four figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import and_, case, func, select
from sqlmodel import col

from studio_app.attendance.access import ask, is_latest
from studio_app.attendance.models import AttendanceMark
from studio_app.attendance.rules import BILLABLE, HELD
from studio_app.billing.models.ledger import LedgerEntry, LedgerTransaction
from studio_app.billing.queries.owing import who_owes
from studio_app.billing.rules.ledger import Account
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_days
from studio_app.kit.formats import say_month, say_percent
from studio_app.kit.words import Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.overview import takings
from studio_app.overview.months import month_begin, months_before
from studio_app.overview.takings import today_of
from studio_app.people.models import Student
from studio_app.people.queries.students import StudentStatus
from studio_app.scheduling.models.lessons import Seat

GOOD, BAD, PLAIN = "ok", "bad", "mute"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure in words, what to know about it, and how it went month by month."""

    name: str
    said: str
    note: str
    tone: str
    """ok, bad or mute"""
    trend: tuple[float, ...]


@requires(Permission.OVERVIEW_VIEW)
def studio_figures(work: Work) -> list[Figure]:
    """Collected this month, outstanding, attendance, active students."""
    return [_collected(work), _outstanding(work), _attendance(work), _students(work)]


def _collected(work: Work) -> Figure:
    today = today_of(work)
    begins = [*months_before(today, takings.MONTHS - 1), month_begin(today)]
    by_day = takings.by_day(work, begins[0])
    now = sum(minor for day, minor in by_day if day >= begins[-1])
    before = sum(minor for day, minor in by_day if begins[-2] <= day <= _same_day_before(today))
    note, tone = _compared(work, now, before, say_month(begins[-2], work.actor.locale))
    trend = tuple(float(minor) for minor in _summed(by_day, begins))
    name = _("Collected in {month}", month=say_month(today, work.actor.locale))
    return Figure(str(name), takings.said(work, now), str(note), tone, trend)


def _compared(work: Work, now: int, before: int, month: str) -> tuple[Text, str]:
    if not before:
        return _("Nothing to compare with yet"), PLAIN
    share = say_percent(abs(now - before) / before, work.actor.locale)
    if now >= before:
        return _("{share} more than by this day in {month}", share=share, month=month), GOOD
    return _("{share} less than by this day in {month}", share=share, month=month), PLAIN


def _outstanding(work: Work) -> Figure:
    owing = [one for one in who_owes(work) if one.balance_minor > 0]
    late = [one for one in owing if one.is_late]
    overdue = takings.said(work, sum(one.due_now_minor for one in late))
    today = today_of(work)
    begins = [*months_before(today, takings.MONTHS - 1), today + timedelta(days=1)]
    note: Text = many(
        "{n} family overdue, {money}", "{n} families overdue, {money}", n=len(late), money=overdue
    )
    return Figure(
        str(_("Outstanding")),
        takings.said(work, sum(one.balance_minor for one in owing)),
        str(note if late else _("Nothing is overdue")),
        BAD if late else GOOD,
        tuple(float(_owed_before(work, begin)) for begin in begins),
    )


def _attendance(work: Work) -> Figure:
    today = today_of(work)
    begins = [
        *months_before(today, takings.MONTHS - 1),
        month_begin(today),
        today + timedelta(days=1),
    ]
    shares = [_share_held(work, first, until) for first, until in pairwise(begins)]
    now, before = shares[-1], shares[-2]
    locale = work.actor.locale
    month = say_month(begins[-3], locale)
    note = _("No marks in {month} to compare with", month=month)
    if before is not None:
        note = _("{share} in {month}", share=say_percent(before, locale), month=month)
    better = now is not None and before is not None and now >= before
    said = say_percent(now, locale) if now is not None else "–"
    trend = tuple(share for share in shares if share is not None)
    return Figure(str(_("Attendance")), said, str(note), GOOD if better else PLAIN, trend)


def _students(work: Work) -> Figure:
    today = today_of(work)
    begins = [*months_before(today, takings.MONTHS - 1), today + timedelta(days=1)]
    here = select(func.count()).where(
        col(Student.status) == StudentStatus.ACTIVE.value, col(Student.archived_at).is_(None)
    )
    [(active,)] = ask(work, here)
    began = func.coalesce(col(Student.started_on), func.date(col(Student.created_at)))
    month = month_begin(today)
    counted = select(
        func.count().filter(began >= month),
        func.count().filter(col(Student.left_on) >= month),
        *[
            func.count().filter(began < begin, func.coalesce(col(Student.left_on), begin) >= begin)
            for begin in begins
        ],
    )
    [(new, left, *trend)] = ask(work, counted)
    note = _("{new} new this month, {left} left", new=new, left=left)
    tone = GOOD if new > left else PLAIN
    trend = tuple(float(n) for n in trend)
    return Figure(str(_("Active students")), str(active), str(note), tone, trend)


def _summed(by_day: Sequence[tuple[date, int]], begins: Sequence[date]) -> list[int]:
    return [sum(minor for day, minor in by_day if month_begin(day) == begin) for begin in begins]


def _owed_before(work: Work, day: date) -> int:
    query = (
        select(func.coalesce(func.sum(col(LedgerEntry.amount_minor)), 0))
        .join(LedgerTransaction, col(LedgerTransaction.id) == col(LedgerEntry.transaction_id))
        .where(
            col(LedgerEntry.account) == Account.RECEIVABLE,
            col(LedgerTransaction.effective_on) < day,
        )
    )
    [(minor,)] = ask(work, query)
    return int(minor)


def _share_held(work: Work, first: date, until: date) -> float | None:
    """Of the lessons that were marked and not excused, those that were held."""
    days = local_days(first, until, studio_zone(work))
    outcome = col(AttendanceMark.outcome)
    counts = func.sum(case((outcome.in_(HELD), 1), else_=0)), func.count()
    query = (
        select(*counts)
        .select_from(AttendanceMark)
        .join(Seat, and_(col(Seat.id) == col(AttendanceMark.seat_id), is_latest()))
        .where(
            col(Seat.starts_at) >= days.starts_at,
            col(Seat.starts_at) < days.ends_at,
            outcome.in_(BILLABLE),
        )
    )
    [(held, marked)] = ask(work, query)
    return held / marked if marked else None


def _same_day_before(today: date) -> date:
    last_of_month = month_begin(today) - timedelta(days=1)
    return last_of_month.replace(day=min(today.day, last_of_month.day))
