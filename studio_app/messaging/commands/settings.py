"""How a studio wants its messages: when, by which ways, in which words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from studio_app.identity.access import studio
from studio_app.kit.access import Permission
from studio_app.kit.errors import Conflict, NotFound, Refused, constraint
from studio_app.kit.ids import new_id
from studio_app.kit.settings import settings
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.studio import settings_row
from studio_app.messaging.composing import languages
from studio_app.messaging.models.settings import KindChoice, MessagingSettings, Template
from studio_app.messaging.rules.kinds import EDITABLE, KINDS, Channel
from studio_app.messaging.rules.quiet import leaves_room
from studio_app.messaging.rules.wording import Wording, require_sound
from studio_app.people.contacts import email_address, phone_number

REMINDERS = (1, 2, 3, 4, 6, 8, 12, 24, 36, 48, 72)
MOST_REMINDERS = 3


class NumberTaken(Conflict):
    message = _("Another studio here has this number already.")


class NotYourNumber(Refused):
    message = _(
        "This number is not given to your studio yet. Whoever runs this installation can do that."
    )


class TooMuchNight(Refused):
    message = _("Please leave at least four hours of the day in which messages may go out.")


class NobodyCouldSignIn(Refused):
    message = _("This cannot be switched off: without it nobody could sign in.")


class WrongReminders(Refused):
    message = _("Please choose up to three of the offered times for reminders.")


@dataclass(frozen=True, slots=True)
class Wishes:
    """When messages go and where answers come; wall time of the studio, hours before a lesson."""

    quiet_from: time
    quiet_until: time
    reminder_hours: tuple[int, ...]
    digest_at: time | None
    sms_number: str = ""
    reply_to: str = ""


@requires(Permission.MESSAGE_CONFIGURE)
def begin_telling(work: Work) -> None:
    """From now on families and teachers hear of changes by themselves."""
    chosen = _chosen(work)
    if chosen.started_at is None:
        chosen.started_at = work.now


@requires(Permission.MESSAGE_CONFIGURE)
def stop_telling(work: Work) -> None:
    """No more messages by themselves, until telling is begun again; what waits still goes."""
    _chosen(work).started_at = None


@requires(Permission.MESSAGE_CONFIGURE)
def choose_times(work: Work, wishes: Wishes) -> None:
    """Quiet hours, reminders, the morning's digest, the studio's number and reply address."""
    if not leaves_room(wishes.quiet_from.isoformat(), wishes.quiet_until.isoformat()):
        raise TooMuchNight
    hours = sorted(set(wishes.reminder_hours), reverse=True)
    if len(hours) > MOST_REMINDERS or not set(hours) <= set(REMINDERS):
        raise WrongReminders
    chosen = _chosen(work)
    chosen.quiet_from, chosen.quiet_until = wishes.quiet_from, wishes.quiet_until
    chosen.reminder_hours, chosen.digest_at = hours, wishes.digest_at
    chosen.sms_number = _own_number(work, wishes.sms_number)
    chosen.reply_to = email_address(wishes.reply_to)
    with constraint({"messaging_number_is_one_studios": NumberTaken}):
        work.session.flush()


@requires(Permission.MESSAGE_CONFIGURE)
def choose_way(work: Work, kind: str, channel: Channel, *, on: bool) -> None:
    """Whether a kind of message takes a way here."""
    found = KINDS.get(kind)
    if found is None or channel not in found.channels:
        raise NotFound
    if not found.can_be_switched:
        raise NobodyCouldSignIn
    row = {"id": new_id(), "created_at": work.now, "kind": kind}
    row |= {"channel": channel.value, "is_on": on}
    statement = insert(KindChoice).values(**row)
    again = statement.on_conflict_do_update(constraint="kind_choice_once", set_={"is_on": on})
    work.session.connection().execute(again)


@requires(Permission.MESSAGE_CONFIGURE)
def write_template(work: Work, kind: str, language: str, wording: Wording) -> None:
    """The studio's own words for a kind in a language; what cannot be filled in is refused."""
    _require_editable(kind, language)
    require_sound(wording, KINDS[kind].known_words)
    found = _template(work, kind, language)
    if found is None:
        found = Template(kind=kind, language=language, subject="", body="", short="", version=0)
        work.session.add(found)
    found.subject, found.body = wording.subject.strip(), wording.body.strip()
    found.short, found.version = wording.short.strip(), found.version + 1
    work.session.flush()


@requires(Permission.MESSAGE_CONFIGURE)
def reset_template(work: Work, kind: str, language: str) -> None:
    """Back to the words Cadenza comes with."""
    _require_editable(kind, language)
    own = delete(Template).where(col(Template.kind) == kind, col(Template.language) == language)
    work.session.connection().execute(own)


def _own_number(work: Work, typed: str) -> str | None:
    """Answers reach whoever has the number, so it has to be given to this studio from outside."""
    number = phone_number(typed, studio(work).country) or None
    if number is not None and settings().sms_numbers.get(number) != str(work.studio_id):
        raise NotYourNumber
    return number


def _template(work: Work, kind: str, language: str) -> Template | None:
    query = select(Template).where(col(Template.kind) == kind, col(Template.language) == language)
    found: Sequence[Template] = work.session.scalars(query.with_for_update()).all()
    return found[0] if found else None


def _require_editable(kind: str, language: str) -> None:
    if kind not in {one.name for one in EDITABLE} or language not in languages():
        raise NotFound


def _chosen(work: Work) -> MessagingSettings:
    chosen = settings_row(work, lock=True)
    if chosen is None:
        chosen = MessagingSettings(created_at=work.now)
        work.session.add(chosen)
        work.session.flush()
    return chosen
