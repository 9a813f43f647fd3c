"""Real worker processes that die, and stand still, with a letter in their hands."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import time as clock
from datetime import timedelta

import pytest
from sqlalchemy import text

from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.delivery import deliver_waiting
from studio_app.kit.machine import child_environment
from studio_app.kit.settings import ROOT, settings
from studio_app.kit.work import happening_at
from studio_app.messaging.commands.clock import send_due_messages
from studio_app.messaging.commands.settings import Wishes, choose_times
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import MessageStatus
from tests.cast import cast_of
from tests.database import Database
from tests.messaging.town import Town
from tests.standins import smtp
from tests.standins.smtp import PostOffice

PATIENCE = 30.0
GRACE = "grace@example.org"


@pytest.fixture
def now_town(cloned: Database) -> Town:
    """Harmony at this very moment: workers of their own have the real clock."""
    with cloned.owner.begin() as connection:
        connection.execute(text("delete from procrastinate_jobs; delete from delivery_failure"))
    with cloned.app.begin() as connection:
        cast = cast_of(connection, utc_now() - timedelta(days=1))
    town = Town(cloned, cast, utc_now() - timedelta(minutes=5))
    town.begin_telling()
    never_quiet = Wishes(clock(0), clock(0), (24, 2), None)  # at whatever hour this test runs
    town.run(town.cast.olivia, choose_times, never_quiet)
    return town


@pytest.fixture
def workers(now_town: Town, office: PostOffice) -> Iterator["Workers"]:
    found = Workers(now_town)
    yield found
    found.end()


class Workers:
    def __init__(self, town: Town) -> None:
        self.town = town
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self) -> subprocess.Popen[bytes]:
        given = {
            **self.town.database.environment(),
            "STUDIO_SMTP_URL": settings().studio_smtp_url.get_secret_value(),
            "STUDIO_MAIL_FROM": settings().studio_mail_from,
            "STUDIO_VENDOR_PATIENCE": "5",
        }
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.messaging.worker_process"],
            cwd=ROOT,
            env=child_environment(**given),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.started.append(process)
        return process

    def end(self) -> None:
        for process in self.started:
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait(PATIENCE)


def letter(town: Town) -> MessageStatus:
    [found] = [m for m in town.messages("lesson_booked", Channel.EMAIL) if m.address == GRACE]
    return MessageStatus(found.status)


def until(true: Callable[[], bool]) -> None:
    ended = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < ended, "nothing happened"
        time.sleep(0.05)


def book(town: Town) -> None:
    """A lesson whose confirmation is due, and not yet sent by anybody."""
    noon = utc_now().replace(hour=12, minute=0, second=0, microsecond=0)
    town.lesson(noon + timedelta(days=5))
    town.deliver()
    town.now += timedelta(minutes=2)


def set_going(town: Town) -> None:
    town.run(Actor.system(town.cast.harmony), send_due_messages)


def test_killed_after_the_server_took_the_letter_it_is_not_sent_again(
    now_town: Town, workers: Workers, office: PostOffice
) -> None:
    office.script(GRACE, smtp.TAKEN_THEN_SILENT)
    book(now_town)
    set_going(now_town)
    first = workers.start()
    until(lambda: len(office.letters_to(GRACE)) == 1)
    first.kill()
    first.wait(PATIENCE)
    assert letter(now_town) == MessageStatus.SENDING
    workers.start()  # takes the lost job over, and leaves the letter alone
    time.sleep(3)
    assert letter(now_town) == MessageStatus.SENDING
    workers.end()
    now_town.now = utc_now() + timedelta(minutes=15)
    set_going(now_town)
    with happening_at(now_town.now):  # that its worker was lost is written down
        deliver_waiting(now_town.database.app)
    assert letter(now_town) == MessageStatus.DOUBTFUL
    assert len(office.letters_to(GRACE)) == 1


def test_a_worker_that_stands_still_and_wakes_up_sends_nothing_twice(
    now_town: Town, workers: Workers, office: PostOffice
) -> None:
    office.script(GRACE, smtp.TAKEN_THEN_SILENT)
    book(now_town)
    set_going(now_town)
    first = workers.start()
    until(lambda: len(office.letters_to(GRACE)) == 1)
    first.send_signal(signal.SIGSTOP)
    workers.start()
    time.sleep(3)
    first.send_signal(signal.SIGCONT)
    until(lambda: letter(now_town) == MessageStatus.DOUBTFUL)
    assert len(office.letters_to(GRACE)) == 1
    assert office.attempts[GRACE] == 1
