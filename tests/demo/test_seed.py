"""The demonstration keeps its promises on whatever day it is loaded."""

# ruff: noqa: S608  our own SQL about our own tables

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from studio_app.demo.links import demonstration_links
from studio_app.demo.names import atelier_households, riverside_households
from studio_app.demo.seed import load_demo
from studio_app.demo.year import SETTLED_IN, WEEK, current, terms_around
from studio_app.identity.queries import link_state
from studio_app.identity.sessions import every_studio
from studio_app.kit.access import Actor, Role
from studio_app.kit.doctor import examine
from studio_app.kit.errors import NotFound
from studio_app.kit.trouble import Trouble
from studio_app.kit.work import happening_at, run
from studio_app.wiring import INVARIANTS
from tests.database import Database, rows

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 18, 16, 20, tzinfo=UTC)  # a Wednesday


@pytest.fixture(scope="module")
def demo(cloned: Database) -> Database:
    load_demo(cloned.app, now=NOW)
    return cloned


def one(demo: Database, query: str, *, studio: str = "Riverside Music") -> int:
    wanted = f"select count(*) from ({query}) q join studio s on s.id = q.studio_id "
    ((found,),) = rows(demo.owner, wanted + f"where s.name = '{studio}'")
    return int(str(found))


def test_it_has_the_people_and_places_it_promises(demo: Database) -> None:
    counted = {
        table: one(demo, f"select * from {table}")
        for table in ("family", "student", "teacher", "location", "room")
    }
    assert counted == {"family": 60, "student": 80, "teacher": 4, "location": 2, "room": 5}


def test_a_second_studio_lives_elsewhere_with_a_parent_and_a_teacher_of_the_first(
    demo: Database,
) -> None:
    studios = rows(
        demo.owner, "select name, country, currency, timezone, is_demo from studio order by name"
    )
    shared = rows(
        demo.owner,
        "select role from membership group by person_id, role having count(*) = 2 order by role",
    )
    assert studios == [
        ("Atelier Sonore", "FR", "EUR", "Europe/Paris", True),
        ("Riverside Music", "GB", "GBP", "Europe/London", True),
    ]
    assert shared == [("guardian",), ("teacher",)]


def test_a_weekday_has_about_25_lessons(demo: Database) -> None:
    for day in (16, 17, 18, 19, 20):
        found = one(demo, f"select * from lesson where starts_at::date = '2026-11-{day}'")
        assert 22 <= found <= 30, day


def test_lessons_are_in_every_state(demo: Database) -> None:
    over = f"where l.ends_at < '{NOW.isoformat()}' and l.status = 'scheduled'"
    marks = "select distinct seat_id from attendance_mark"
    seats = "select s.* from seat s join lesson l on l.id = s.lesson_id"
    assert one(demo, f"{seats} {over} and s.id in ({marks})") > 800
    left = (
        f"select distinct lesson_id, q.studio_id from ({seats} {over} and s.id not in ({marks})) q"
    )
    assert 4 <= one(demo, left) <= 8
    assert one(demo, "select * from lesson where status = 'cancelled'") > 10
    assert one(demo, "select * from lesson where kind = 'make_up'") > 5
    moved = "select l.* from lesson l join series r on r.id = l.series_id where r.at <> "
    assert one(demo, f"{moved} (l.starts_at at time zone r.zone)::time") > 5
    assert one(demo, "select * from lesson where focus <> ''") > 30


def test_invoices_are_paid_part_paid_and_overdue(demo: Database) -> None:
    open_ = """
        select i.id, i.studio_id, i.due_on,
          (select sum(amount_minor + case when tax_included then 0 else tax_minor end)
             from invoice_line where invoice_id = i.id) as total,
          (select coalesce(sum(amount_minor), 0) from allocation where invoice_id = i.id) as paid
        from invoice i where sent_at is not null"""
    assert one(demo, f"select * from ({open_}) o where total = paid") > 50
    assert one(demo, f"select * from ({open_}) o where 0 < paid and paid < total") >= 2
    overdue = f"select * from ({open_}) o where paid < total and due_on < '{NOW.date()}'"
    assert one(demo, overdue) >= 2
    assert {row[0] for row in rows(demo.owner, "select distinct method from payment")} == {
        "bank",
        "cash",
    }


def test_money_went_wrong_and_was_put_right_in_every_way(demo: Database) -> None:
    written = "select * from ledger_transaction where kind"
    assert one(demo, f"{written} = 'write_off'") == 1
    bounced = "select id from ledger_transaction where kind = 'payment'"
    assert one(demo, f"{written} = 'reversal' and reverses_id in ({bounced})") == 1
    assert one(demo, "select * from invoice where kind = 'credit_note' and reason <> ''") == 1
    assert 2 <= one(demo, "select * from invoice where sent_at is null") <= 8


def test_some_pay_by_the_term_and_their_lessons_are_earned_as_they_are_held(
    demo: Database,
) -> None:
    assert one(demo, "select * from billing_arrangement where mode = 'advance'") >= 6
    terms = "select i.* from invoice i join term t on t.starts_on = i.period_from"
    assert one(demo, f"{terms} and i.sent_at is not null") >= 5
    deferred = "select e.* from ledger_entry e where e.account = 'deferred_income' and "
    assert one(demo, f"{deferred} amount_minor < 0") > one(demo, f"{deferred} amount_minor > 0") > 9


def test_this_week_has_lessons_moved_called_off_and_made_up(demo: Database) -> None:
    week = "l.starts_at >= '2026-11-16' and l.starts_at < '2026-11-21'"
    moved = "select l.* from lesson l join series r on r.id = l.series_id where r.at <> "
    assert one(demo, f"{moved} (l.starts_at at time zone r.zone)::time and {week}") >= 2
    assert one(demo, f"select * from lesson l where status = 'cancelled' and {week}") >= 2
    assert one(demo, f"select * from lesson l where kind = 'make_up' and {week}") >= 3


def test_a_part_of_the_lessons_ends_with_the_term_and_families_are_asked_who_goes_on(
    demo: Database,
) -> None:
    ending = "select r.* from series r join term t on t.id = r.term_id where r.follows_id is null"
    endless = "select * from series where term_id is null and until_on is null"
    assert 40 <= one(demo, ending) <= 60
    assert one(demo, endless) > 40
    assert one(demo, "select * from rollover where state = 'open'") == 1
    asked = "select * from rollover_place where not left_out and answer"
    assert one(demo, f"{asked} = 'yes'") > 20
    assert one(demo, f"{asked} = 'no'") >= 2
    assert one(demo, f"{asked} is null") >= 5
    held = "select l.* from lesson l join series r on r.id = l.series_id where r.follows_id"
    assert one(demo, f"{held} is not null and l.status = 'provisional'") > 20


def test_the_parent_one_signs_in_as_has_not_answered_yet(demo: Database) -> None:
    mine = """
        select p.id, p.studio_id from rollover_place p join guardianship g
          on g.student_id = p.student_id join guardian a on a.id = g.guardian_id
        where a.person_id is not null and not p.left_out and p.answer is null"""
    assert one(demo, mine) >= 1


def test_every_promise_holds(demo: Database) -> None:
    with demo.owner.connect() as connection:
        assert [each.promise for each in examine(connection, INVARIANTS) if each.rows] == []


def test_the_demo_teacher_has_lessons_behind_and_ahead_today(demo: Database) -> None:
    theo = (
        "select l.* from lesson l join teacher t on t.id = l.teacher_id "
        f"where t.name = 'Theo Marchand' and l.starts_at::date = '{NOW.date()}' and l."
    )
    assert one(demo, f"{theo}ends_at < '{NOW.isoformat()}'") >= 2
    assert one(demo, f"{theo}starts_at > '{NOW.isoformat()}'") >= 2


def test_nothing_waits_when_it_has_ended(demo: Database) -> None:
    left = rows(demo.owner, "select 1 from procrastinate_jobs where status <> 'succeeded'")
    assert left == []


def test_a_second_demonstration_is_refused(demo: Database) -> None:
    with pytest.raises(Trouble, match="studio here already"):
        load_demo(demo.app, now=NOW)


def test_the_links_sign_in_the_owner_a_teacher_and_a_parent(demo: Database) -> None:
    studios = every_studio(demo.app)
    for links in [run(demo.app, Actor.system(each), demonstration_links) for each in studios]:
        assert set(links) == {Role.OWNER, Role.TEACHER, Role.GUARDIAN}
        for token in links.values():
            assert run(demo.app, Actor.public(), link_state, token).usable


def test_a_studio_that_is_no_demonstration_has_no_links(demo: Database) -> None:
    first, *_ = every_studio(demo.app)
    with demo.owner.begin() as connection:
        connection.exec_driver_sql("update studio set is_demo = false")
    try:
        with pytest.raises(NotFound):
            run(demo.app, Actor.system(first), demonstration_links)
    finally:
        with demo.owner.begin() as connection:
            connection.exec_driver_sql("update studio set is_demo = true")


def test_a_moment_ends_with_its_block(demo: Database) -> None:
    with happening_at(NOW):
        pass
    first, *_ = every_studio(demo.app)
    run(demo.app, Actor.system(first), demonstration_links)
    ((newest,),) = rows(demo.owner, "select max(created_at) from sign_in_link")
    assert isinstance(newest, datetime)
    assert newest != NOW


def test_today_is_well_inside_a_term_whatever_day_it_is() -> None:
    day = date(2026, 1, 1)
    for _ in range(800):
        term = current(terms_around(day), day)
        week = (day - term.starts_on) // WEEK
        assert SETTLED_IN <= week < term.weeks, day
        assert week != term.half_term, day
        day += timedelta(days=1)


def test_everybody_has_an_address_that_is_nobodys() -> None:
    houses = [*riverside_households(), *atelier_households()]
    assert sum(len(house.learners) for house in riverside_households()) == 80
    assert len(riverside_households()) == 60
    assert all(house.address for house in houses)
