"""A day of the demonstration, hour by hour: exactly the messages of the reviewed list go out.

`day/expected.txt` is read by a person whenever it changes; what happened lies in `.build/day.txt`.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from studio_app.attendance.commands import mark_seat
from studio_app.attendance.queries import day_sheet
from studio_app.attendance.rules import Outcome
from studio_app.billing.commands.invoices import send_invoice
from studio_app.billing.commands.payments import record_payment
from studio_app.billing.queries.invoices import invoices
from studio_app.billing.queries.owing import who_owes
from studio_app.billing.rules.status import Method
from studio_app.demo.seed import load_demo
from studio_app.identity.sessions import actor_of, every_studio
from studio_app.kit.access import Actor
from studio_app.kit.delivery import deliver_waiting
from studio_app.kit.ids import PersonId, StudioId
from studio_app.kit.money import Money
from studio_app.kit.work import happening_at, run
from studio_app.messaging.commands.bulk import say_running_late
from studio_app.messaging.commands.clock import plan_reminders, send_due_messages
from studio_app.overview.commands.digest import write_digests
from studio_app.scheduling.commands.lessons import cancel_lesson, note_on_lesson
from studio_app.scheduling.rules.states import CancelledBy
from tests.database import Database, rows
from tests.standins.smtp import PostOffice, post_office
from tests.standins.twilio import Twilio, twilio_peer

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)  # a Wednesday, six in the morning
EXPECTED = Path(__file__).parent / "day" / "expected.txt"
HAPPENED = Path(__file__).parents[2] / ".build" / "day.txt"
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<=Invoice )\d+")
STEP = timedelta(minutes=30)


class Day:
    """Riverside Music, from six in the morning to six the next."""

    def __init__(self, database: Database) -> None:
        self.database, self.now = database, NOW
        query = "select id from studio where name = 'Riverside Music'"
        [(studio_id,)] = rows(database.owner, query)
        self.studio_id = StudioId(studio_id)  # type: ignore[arg-type]
        owner = "select id from person where email = 'dana.doyle@example.org'"
        [(person_id,)] = rows(database.owner, owner)
        with happening_at(self.now):
            self.owner = actor_of(database.app, PersonId(person_id), self.studio_id)  # type: ignore[arg-type]

    def run(self, use_case, *args, actor: Actor | None = None, **kwargs):  # noqa: ANN001, ANN002, ANN003, ANN201
        with happening_at(self.now):
            return run(self.database.app, actor or self.owner, use_case, *args, **kwargs)

    def tick(self) -> None:
        """Two minutes of the clock: what is held back for half a minute goes in the second."""
        with happening_at(self.now):
            deliver_waiting(self.database.app)
        self.now += timedelta(minutes=1)
        system = Actor.system(self.studio_id)
        for job in (plan_reminders, write_digests, send_due_messages):
            self.run(job, actor=system)
        with happening_at(self.now):
            deliver_waiting(self.database.app)
        self.now -= timedelta(minutes=1)

    def live(self) -> None:
        """What people do at which hour, between the ticks."""
        happenings = {9: self._bill, 11: self._teacher_is_ill, 12: self._be_paid,
                      15: self._run_late, 17: self._mark, 23: self._cancel_at_night}  # fmt: skip
        while self.now < NOW + timedelta(hours=24):
            local = self.now.astimezone(LONDON)
            if local.minute == 0 and local.hour in happenings:
                happenings[local.hour]()
            self.tick()
            self.now += STEP

    def _bill(self) -> None:
        drafts = self.run(invoices, only_drafts=True)
        forgotten = {"£61.00", "£8.00"}  # their numbers differ, not what they are about
        for card in [one for one in drafts if one.total in forgotten]:
            self.run(send_invoice, card.id)

    def _teacher_is_ill(self) -> None:
        seats = self.run(day_sheet, self.now.date())
        amara = [seat for seat in seats if seat.teacher == "Amara Okafor"]
        for lesson_id in dict.fromkeys(s.lesson_id for s in amara if s.starts_at > self.now):
            self.run(cancel_lesson, lesson_id, by=CancelledBy.TEACHER, reason="Ill")

    def _be_paid(self) -> None:
        owing = min(self.run(who_owes), key=lambda one: one.family)
        self.run(
            record_payment, owing.family_id, Money(1000, "GBP"), method=Method.BANK,
            received_on=self.now.date(), key="the day’s",
        )  # fmt: skip

    def _run_late(self) -> None:
        for seat in self.run(day_sheet, self.now.date()):
            if seat.teacher == "Theo Marchand" and seat.starts_at >= self.now:
                self.run(say_running_late, seat.lesson_id, 10)
                return

    def _mark(self) -> None:
        """One did not come; what another is to practise is written down."""
        seats = self.run(day_sheet, self.now.date())
        over = [s for s in seats if s.teacher == "Callum Reid" and s.ends_at <= self.now]
        self.run(mark_seat, over[0].seat_id, Outcome.NO_SHOW)
        self.run(mark_seat, over[1].seat_id, Outcome.PRESENT)
        self.run(note_on_lesson, over[1].lesson_id, focus="Bars 9 to 16, hands apart")

    def _cancel_at_night(self) -> None:
        tomorrow = (self.now + timedelta(days=1)).astimezone(LONDON).date()
        first, *_rest, last = self.run(day_sheet, tomorrow)
        self.run(cancel_lesson, first.lesson_id, by=CancelledBy.TEACHER, reason="Burst pipe")
        self.run(cancel_lesson, last.lesson_id, reason="Trip")


@pytest.fixture
def peers() -> Iterator[tuple[PostOffice, Twilio]]:
    with post_office() as office, twilio_peer() as twilio:
        yield office, twilio


@pytest.mark.long
def test_a_day_sends_exactly_what_it_should(
    cloned: Database, peers: tuple[PostOffice, Twilio]
) -> None:
    office, twilio = peers
    load_demo(cloned.app, now=NOW)
    with cloned.owner.begin() as connection:  # else its letters stay here
        connection.execute(text("update studio set is_demo = false"))
        connection.execute(text("analyze"))  # what autovacuum does elsewhere
    day = Day(cloned)
    assert len(every_studio(cloned.app)) == 2
    day.live()
    happened = _written_down(cloned)
    HAPPENED.parent.mkdir(exist_ok=True)
    HAPPENED.write_text(happened)
    assert happened.splitlines() == EXPECTED.read_text().splitlines()
    sent = "select channel, count(*) from message where sent_at is not null group by channel"
    counted = {str(way): n for way, n in rows(cloned.owner, sent)}
    assert len(office.letters) == counted["email"]
    assert len(twilio.texts) == counted["text"]
    assert twilio.complaints == []


def _written_down(database: Database) -> str:
    """One line for each message: when, by which way, to whom, in which words, what became."""
    query = """
      select to_char(m.sent_at at time zone 'Europe/London', 'DD HH24:MI'), m.channel,
        coalesce(g.name, t.name, p.name, s.first_name, ''), m.kind,
        case when m.channel in ('text', 'push') then m.body else m.subject end, m.status,
        m.reason, m.urgent
      from message m left join contact c on c.id = m.contact_id
        left join guardian g on g.id = c.guardian_id left join teacher t on t.id = c.teacher_id
        left join person p on p.id = c.person_id left join student s on s.id = c.student_id
        join studio st on st.id = m.studio_id where st.name = 'Riverside Music'
    """
    lines = [
        ID.sub("…", " | ".join("-" if part is None else str(part) for part in row)).replace(
            "\n", " / "
        )
        for row in rows(database.owner, query)
    ]
    return "\n".join(sorted(lines)) + "\n"
