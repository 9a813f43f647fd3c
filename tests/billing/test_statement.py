"""What a family owes and how it came about."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from studio_app.attendance.rules import Outcome
from studio_app.billing.queries.computed import how_computed
from studio_app.billing.queries.owing import who_owes
from studio_app.billing.queries.reports import revenue_by_month
from studio_app.billing.queries.statement import family_balance, family_statement
from studio_app.billing.rules.ledger import TaxRate
from studio_app.kit.access import Actor, Role
from studio_app.kit.errors import NotFound
from studio_app.people.models import Guardian, Payer
from tests.attendance.lessons import Lessons
from tests.billing.till import Till, pounds
from tests.conftest import HOUR, World


def test_every_line_says_where_it_comes_from(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    seat = lessons.seat(world.now - HOUR)
    till.mark(seat)
    till.mark(lessons.seat(world.now - 2 * HOUR), Outcome.NO_SHOW)
    till.bill()
    till.pay(pounds(20))

    statement = world.run(world.grace, family_statement, world.family_id)
    assert [line.amount for line in statement.lines] == ["£25.00", "£25.00", "-£20.00"]
    assert [line.balance for line in statement.lines] == ["£25.00", "£50.00", "£30.00"]
    assert {line.mark for line in statement.lines[:2]} == {"Present", "No show"}
    first = statement.lines[0]
    assert (first.student, first.invoice_number) == ("Sam Gray", 1)
    assert first.price == "£25.00 · The studio's standard price, since 1 Jan 2026"
    assert statement.lines[2].title == "Payment by bank transfer"
    assert statement.balance_minor == till.balance() == 3000


def test_what_is_brought_forward_is_the_sum_of_what_was_before(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    for days in (40, 30, 1):
        till.mark(lessons.seat(world.now - timedelta(days=days)))
    whole = world.run(world.grace, family_statement, world.family_id)
    part = world.run(world.grace, family_statement, world.family_id, since=date(2026, 8, 10))
    assert part.brought_forward_minor == whole.lines[1].balance_minor == 5000
    assert part.balance_minor == whole.balance_minor


def test_a_statement_takes_few_statements(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    for hours in range(1, 7):
        till.mark(lessons.seat(world.now - hours * HOUR))
    till.bill()
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(world.connection, "before_cursor_execute", note)
    world.run(world.grace, family_statement, world.family_id)
    event.remove(world.connection, "before_cursor_execute", note)
    questions = [sql for sql in asked if sql.lower().lstrip().startswith("select")]
    assert 1 <= len([sql for sql in questions if "set_config" not in sql]) <= 8


def test_other_parents_and_studios_do_not_find_it(world: World, lessons: Lessons) -> None:
    other = lessons.student("Ann")
    with pytest.raises(NotFound):
        world.run(world.grace, family_statement, other.family_id)
    with pytest.raises(NotFound):
        world.run(world.rita, family_balance, world.family_id)


def test_a_teacher_who_is_a_parent_too_reads_their_own_account_only(
    world: World, lessons: Lessons
) -> None:
    own = lessons.student("Tim").family_id
    tom = Guardian(person_id=world.tom.person_id, name="Tom Teal")
    lessons.save(tom)
    lessons.save(Payer(family_id=own, guardian_id=tom.id))
    both = Actor.of(world.tom.person_id, world.harmony, Role.TEACHER, Role.GUARDIAN)
    assert world.run(both, family_balance, own).minor == 0
    with pytest.raises(NotFound):
        world.run(both, family_balance, world.family_id)


def test_how_a_total_was_computed(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25), tax=TaxRate(2000, included=False))
    till.mark(lessons.seat(world.now - HOUR))
    till.mark(lessons.seat(world.now - 2 * HOUR), Outcome.LATE)
    billed = till.bill().invoice_ids[0]
    till.pay(pounds(10))

    computed = world.run(world.grace, how_computed, billed)
    lines, tax, paid = computed.steps
    assert (lines.formula, lines.running) == ("2 × £25.00 = £50.00", "£50.00")
    assert [source.label for source in lines.sources] == [
        "£25.00 · The studio's standard price, since 1 Jan 2026",
        "Tue 1 Sept · Late",
        "Tue 1 Sept · Present",
    ]
    assert (tax.formula, tax.running) == ("20% × £50.00 = £10.00", "£60.00")
    assert (paid.result, paid.running) == ("-£10.00", "£50.00")
    assert (computed.total, computed.balance_due, computed.matches) == ("£60.00", "£50.00", True)


def test_a_total_that_does_not_match_says_so(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    billed = till.bill().invoice_ids[0]
    line = "select id, invoice_id from invoice_line"
    world.as_(world.olivia)
    line_id, invoice_id = world.connection.execute(text(line)).one()
    world.connection.execute(
        text(
            "insert into invoice_line (id, created_at, invoice_id, position, title, detail,"
            " quantity, amount_minor, tax_bp, tax_included, tax_minor)"
            " select gen_random_uuid(), now(), invoice_id, 9, title, detail, 1, 1, 0, true, 0"
            " from invoice_line where id = :id"
        ),
        {"id": line_id},
    )
    assert invoice_id == billed
    assert not world.run(world.olivia, how_computed, billed).matches


def test_who_owes_now_and_who_not_yet(world: World, lessons: Lessons, till: Till) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - HOUR))
    till.bill()
    owing = world.run(world.olivia, who_owes)
    assert [(o.due_now, o.not_yet_due) for o in owing] == [("£0.00", "£25.00")]

    late = world.at(world.now + timedelta(days=20))
    owing = late.run(world.olivia, who_owes)
    assert [(o.due_now, o.not_yet_due, o.days_overdue) for o in owing] == [("£25.00", "£0.00", 6)]
    assert world.run(world.rita, who_owes) == []


def test_revenue_is_by_the_month_it_was_earned_in(
    world: World, lessons: Lessons, till: Till
) -> None:
    till.price(pounds(25))
    till.mark(lessons.seat(world.now - timedelta(days=20)))
    till.mark(lessons.seat(world.now - HOUR))
    months = world.run(world.olivia, revenue_by_month, since=date(2026, 1, 1))
    assert [(m.label, m.said) for m in months] == [
        ("August 2026", "£25.00"),
        ("September 2026", "£25.00"),
    ]
