"""Whether a policy can be kept as it is; each fault a sentence beside its part."""

from collections.abc import Iterator, Mapping
from datetime import date

from studio_app.bookings.rules.policies.conditions import (
    ANY_CASE,
    Count,
    Lasting,
    Notice,
    When,
)
from studio_app.bookings.rules.policies.document import Policy, Rule, Window
from studio_app.bookings.rules.policies.kinds import REASONS, Act, ChargeAs, Period, Until, UsableIn
from studio_app.bookings.rules.policies.outcomes import Credit, Fee, Then
from studio_app.bookings.rules.policies.shapes import span_of
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.errors import Refused
from studio_app.kit.words import Text, _
from studio_app.scheduling.rules.states import CancelledBy

Fault = tuple[str, Text]
_WHOLE = 100


class Unusable(Refused):
    """`faults` says what is wrong, part by part: `rules.0.when.notice`."""

    message = _("Please look at the marked parts.")

    def __init__(self, faults: Mapping[str, Text]) -> None:
        super().__init__(next(iter(faults.values()), None))
        self.faults = faults


def check(policy: Policy) -> None:
    """Raises `Unusable` with a sentence for each part that cannot be kept."""
    if found := faults_of(policy):
        raise Unusable(found)


def faults_of(policy: Policy) -> dict[str, Text]:
    """By the path of the part; of several faults of one part the first."""
    found: dict[str, Text] = {}
    for where, fault in _faults(policy):
        found.setdefault(where, fault)
    return found


def _faults(policy: Policy) -> Iterator[Fault]:
    yield from _order(policy)
    for n, rule in enumerate(policy.rules):
        yield from _in_rule(policy, rule, f"rules.{n}")
    for n, window in enumerate(policy.windows):
        yield from _window(window, f"windows.{n}")
    if not _is_day(policy.year_begins) or len(policy.year_begins) != len("09-01"):
        yield "year_begins", _("A month and a day, such as 09-01, please.")


def _order(policy: Policy) -> Iterator[Fault]:
    seen: set[str] = set()
    last = len(policy.rules) - 1
    for n, rule in enumerate(policy.rules):
        if rule.id in seen:
            yield f"rules.{n}.id", _("Two rules have this name.")
        seen.add(rule.id)
        is_default = rule.when == ANY_CASE and rule.unless is None
        if n < last and is_default:
            yield f"rules.{n}.when", _("This rule fits everything: those below are never reached.")
        if n == last and not is_default:
            yield f"rules.{n}.when", _("The last rule has no conditions: it is for all the rest.")


def _in_rule(policy: Policy, rule: Rule, at: str) -> Iterator[Fault]:
    yield from _in_when(policy, rule.when, f"{at}.when")
    if rule.unless is not None:
        if rule.unless == ANY_CASE:
            yield f"{at}.unless", _("Say when this rule does not count, or leave that out.")
        yield from _in_when(policy, rule.unless, f"{at}.unless")
    yield from _in_then(policy, rule, f"{at}.then")


def _in_when(policy: Policy, when: When, at: str) -> Iterator[Fault]:
    if when.notice:
        yield from _notice(when.notice, f"{at}.notice")
    for name, lasting in (("late_by", when.late_by), ("member_for", when.member_for)):
        if lasting and not _is_span(lasting):
            yield f"{at}.{name}", _("Say from how long or up to how long; from less to more.")
    yield from _known(policy, when, at)
    for n, count in enumerate(when.counts):
        yield from _count(policy, count, f"{at}.counts.{n}")


def _known(policy: Policy, when: When, at: str) -> Iterator[Fault]:
    known = {*REASONS, *(one.key for one in policy.reasons)}
    named = {one.name for one in policy.windows}
    for reason in when.reasons:
        if reason not in known:
            yield f"{at}.reasons", _("“{reason}” is not among the reasons.", reason=reason)
    for window in when.windows:
        if window not in named:
            yield f"{at}.windows", _("There is no part of the year “{name}”.", name=window)


def _notice(notice: Notice, at: str) -> Iterator[Fault]:
    if notice == Notice():
        yield at, _("Say how long before the lesson.")
    low = max((span_of(one) for one in (notice.at_least, notice.more_than) if one), default=None)
    high = min((span_of(one) for one in (notice.less_than, notice.at_most) if one), default=None)
    if low is not None and high is not None and low >= high:
        yield at, _("The first limit has to be the smaller one: nothing lies between these.")


def _is_span(said: Lasting) -> bool:
    if said.at_least is None or said.less_than is None:
        return (said.at_least or said.less_than) is not None
    return span_of(said.at_least) < span_of(said.less_than)


def _count(policy: Policy, count: Count, at: str) -> Iterator[Fault]:
    low, high = count.at_least, count.fewer_than
    if low is None and high is None:
        yield at, _("Say how often: fewer than, or at least.")
    if low is not None and high is not None and low >= high:
        yield at, _("No number is that large and that small at once.")
    if (count.period is Period.ROLLING) != (count.days is not None):
        yield at, _("Say how many days, where the last days are counted; only there.")
    if count.period is Period.WINDOW and not policy.windows:
        yield at, _("Say first which parts of the year there are.")


def _in_then(policy: Policy, rule: Rule, at: str) -> Iterator[Fault]:
    then = rule.then
    if not then.allowed and then != Then(allowed=False, words=then.words):
        yield at, _("What is not possible has no other consequence.")
    if (then.charge.how is ChargeAs.PERCENT) != (then.charge.percent is not None):
        yield f"{at}.charge", _("Say how many percent are charged, and only there.")
    if then.fee:
        yield from _sum(then.fee, f"{at}.fee")
    if then.credit:
        yield from _credit(policy, then.credit, f"{at}.credit")
    yield from _given_twice(rule, at)


def _given_twice(rule: Rule, at: str) -> Iterator[Fault]:
    """A family gets back one lesson for one lesson. For what a teacher or the studio cancels, a
    studio may give more than that."""
    then, by = rule.then, rule.when.by
    if then.credit is None:
        return
    refunded = then.refund.percent if then.refund else 0
    worth = then.credit.percent if then.credit.kind is CreditKind.MONEY else _WHOLE
    if refunded + (worth or 0) > _WHOLE:
        yield f"{at}.credit", _("Refund and credit together are more than the lesson.")
    cancels = not rule.when.acts or Act.CANCEL in rule.when.acts
    family = not by or CancelledBy.FAMILY in by
    if then.charge.how is ChargeAs.NONE and cancels and family:
        yield f"{at}.credit", _("Nothing is charged, so there is nothing to be made up for.")


def _sum(said: Fee | Credit, at: str) -> Iterator[Fault]:
    if (said.minor is None) == (said.percent is None):
        yield at, _("Either a sum or a percentage, please.")


def _credit(policy: Policy, credit: Credit, at: str) -> Iterator[Fault]:
    if credit.kind is CreditKind.MONEY:
        yield from _sum(credit, at)
    elif credit.minor is not None or credit.percent is not None:
        yield at, _("Sums and percentages are for credits of money.")
    until = credit.valid.until if credit.valid else None
    if until in {Until.WINDOW, Until.NEXT_WINDOW} and not policy.windows:
        yield f"{at}.valid", _("Say first which parts of the year there are.")
    days = until is Until.MAKE_UP_DAYS or UsableIn.MAKE_UP_DAYS in credit.usable_in
    if days and not policy.make_up_days:
        yield at, _("Say first which days the make-up days are.")


def _window(window: Window, at: str) -> Iterator[Fault]:
    if not (_is_day(window.first) and _is_day(window.last)):
        yield at, _("There is no such day.")
    elif len(window.first) != len(window.last):
        yield at, _("Both days of every year, or both of one year.")
    elif len(window.first) > len("09-01") and window.last < window.first:
        yield at, _("The last day comes after the first.")


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day if len(day) > len("09-01") else f"2024-{day}")
    except ValueError:
        return False
    return True
