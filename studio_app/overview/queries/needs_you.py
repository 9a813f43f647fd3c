"""What waits for the office, from what is really there; nothing when nothing waits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from studio_app.automations.queries.failing import failing_automations
from studio_app.automations.queries.tasks import tasks
from studio_app.billing.queries.billing_run import unbilled_held_lessons
from studio_app.billing.queries.owing import who_owes
from studio_app.bookings.queries.bookings import waiting_bookings
from studio_app.bookings.queries.freed import freed_that_need_somebody
from studio_app.bookings.queries.rollover import families_waited_for
from studio_app.calendars.queries.video import video_in_trouble
from studio_app.identity.access import studio, studio_zone
from studio_app.imports.queries.leftovers import import_todo, series_proposals
from studio_app.kit import queue
from studio_app.kit.access import Permission
from studio_app.kit.clock import local_date
from studio_app.kit.formats import say_day, say_money
from studio_app.kit.money import Money
from studio_app.kit.words import Labelled, Text, _, many
from studio_app.kit.work import Work, requires
from studio_app.messaging.access.lessons import lessons_between
from studio_app.messaging.access.studio import house
from studio_app.messaging.queries.log import Which, messages, messages_needing_somebody
from studio_app.messaging.queries.replies import replies
from studio_app.messaging.queries.unreached import unreached_invoices
from studio_app.overview.queries.jobs import job_words
from studio_app.overview.queries.running_low import packages_running_low
from studio_app.overview.queries.unmarked import lessons_to_mark
from studio_app.overview.rules.duties import duty
from studio_app.scheduling.queries.planning import unplaced_days
from studio_app.scheduling.queries.proposals import unanswered_proposals

NAMED, SHORT = 3, 60
"""How many are named in the line below, and in how many letters; the button leads to the rest."""
LOOKED_AHEAD = timedelta(days=14)
PATIENCE = timedelta(days=1)
"""How long a family is left to answer before somebody may want to call it."""


class Matter(Labelled):
    BOOKINGS = "bookings"
    FREED = "freed"
    PROPOSED = "proposed"
    ROLLOVER = "rollover"
    OVERDUE = "overdue"
    UNMARKED = "unmarked"
    UNPRICED = "unpriced"
    UNPLACED = "unplaced"
    IMPORTED = "imported"
    DEAD = "dead"
    FAILING = "failing"
    TASKS = "tasks"
    UNDELIVERED = "undelivered"
    UNREACHED = "unreached"
    ANSWERS = "answers"
    SILENT = "silent"
    RUNNING_LOW = "running_low"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Need:
    """One line: what is the matter, who or when, and where the first of it is."""

    matter: Matter
    n: int
    words: str
    detail: str
    on: str = ""
    """The day to look at, as 2026-09-08."""
    about: UUID | None = None
    """The lesson, the student, the family or the automation to begin with."""


@requires(Permission.OVERVIEW_VIEW)
def needs_you(work: Work) -> list[Need]:
    """In the order of how much it hurts to leave it."""
    found = [_bookings(work), _freed(work), _overdue(work), _unplaced(work), _unmarked(work)]
    found += [_proposed(work), _unpriced(work), _rollover(work)]
    found += [_imported(work), _unreached(work), _undelivered(work), _answers(work), _dead(work)]
    found += [_failing(work), _video(work), _tasks(work), _silent(work), _low(work)]
    return [need for need in found if need.n]


def _bookings(work: Work) -> Need:
    """Families that asked and have no answer; what expires first before the others."""
    found = waiting_bookings(work)
    words = many("{n} booking to decide", "{n} bookings to decide", n=len(found))
    said = [
        _("{student}, {when}, until {day}", student=one.student, when=one.when, day=one.expires)
        if one.is_late
        else f"{one.student}, {one.when}"
        for one in found
    ]
    return _need(Matter.BOOKINGS, len(found), words, said)


def _freed(work: Work) -> Need:
    """Times that became free and that nobody on the waitlist has taken."""
    found = freed_that_need_somebody(work)
    words = many("{n} free time that nobody took", "{n} free times that nobody took", n=len(found))
    return _need(Matter.FREED, len(found), words, [f"{one.when}, {one.teacher}" for one in found])


def _proposed(work: Work) -> Need:
    """Times that a family does not want, or has not answered for a day."""
    patience = work.now - PATIENCE
    asked = unanswered_proposals(work)
    found = [one for one in asked if one.is_declined or one.asked_at <= patience]
    words = many(
        "{n} proposal of times without a yes", "{n} proposals of times without a yes", n=len(found)
    )
    said = [
        _("{student}, {when}: none suits", student=one.students, when=one.when)
        if one.is_declined
        else f"{one.students}, {one.when}"
        for one in found
    ]
    return _need(Matter.PROPOSED, len(found), words, said)


def _rollover(work: Work) -> Need:
    """Families that have not said whether they go on, of the run that ends first."""
    found = families_waited_for(work)
    if not found:
        return Need(Matter.ROLLOVER, 0, "", "")
    row, families = found[0]
    words = many(
        "{n} family has not answered about {term}",
        "{n} families have not answered about {term}",
        n=len(families),
        term=row.to_term,
    )
    return _need(Matter.ROLLOVER, len(families), words, families, about=row.id)


def _overdue(work: Work) -> Need:
    late = [one for one in who_owes(work) if one.is_late]
    late.sort(key=lambda one: -one.days_overdue)
    whole = Money(sum(one.due_now_minor for one in late), studio(work).currency)
    words = many(
        "{n} family overdue, {money}",
        "{n} families overdue, {money}",
        n=len(late),
        money=say_money(whole, work.actor.locale),
    )
    said = [
        many("{family} {n} day", "{family} {n} days", n=one.days_overdue, family=one.family)
        for one in late
    ]
    first = late[0].family_id if late else None
    return _need(Matter.OVERDUE, len(late), words, said, about=first)


def _unmarked(work: Work) -> Need:
    found = lessons_to_mark(work)
    words = many("{n} lesson not marked", "{n} lessons not marked", n=len(found))
    zone, locale = studio_zone(work), work.actor.locale
    said = [
        f"{one.teacher}, {say_day(local_date(one.starts_at, zone), locale)}: {one.student}"
        for one in found
    ]
    return _need(Matter.UNMARKED, len(found), words, said)


def _unpriced(work: Work) -> Need:
    found = unbilled_held_lessons(work)
    words = many("{n} lesson has no price", "{n} lessons have no price", n=len(found))
    said = [f"{one.student}, {one.when}" for one in found]
    first = found[0].student_id if found else None
    return _need(Matter.UNPRICED, len(found), words, said, about=first)


def _unplaced(work: Work) -> Need:
    found = unplaced_days(work)
    words = many(
        "{n} lesson of a series meets another",
        "{n} lessons of series meet others",
        n=len(found),
    )
    on = found[0].on.isoformat() if found else ""
    return _need(
        Matter.UNPLACED, len(found), words, [f"{one.teacher}, {one.when}" for one in found], on=on
    )


def _imported(work: Work) -> Need:
    todo, waiting = import_todo(work), series_proposals(work)
    words = many(
        "{n} thing left from the import",
        "{n} things left from the import",
        n=len(todo) + len(waiting),
    )
    said = [
        *[f"{one.student}, {one.when}" for one in waiting],
        *[one.sentence for one in todo],
    ]
    return _need(Matter.IMPORTED, len(todo) + len(waiting), words, said)


def _dead(work: Work) -> Need:
    """What was given up in the background, whoever was to do it."""
    failed = [one for one in queue.backlog(work.session, work.studio_id) if one.dead]
    n = sum(one.dead for one in failed)
    words = many("{n} job failed", "{n} jobs failed", n=n)
    return _need(Matter.DEAD, n, words, [duty(one.task, job_words()) for one in failed])


def _failing(work: Work) -> Need:
    """Automations with something in their history that could not be done."""
    found = failing_automations(work)
    words = many(
        "{n} automation could not do all", "{n} automations could not do all", n=len(found)
    )
    said = [many("{name}: {n} time", "{name}: {n} times", n=o.times, name=o.name) for o in found]
    first = found[0].automation_id if found else None
    return _need(Matter.FAILING, len(found), words, said, about=first)


def _undelivered(work: Work) -> Need:
    """Messages that failed, or of which nobody knows whether they arrived."""
    lost = messages(work, which=Which.UNDELIVERED, limit=NAMED + 1).rows
    n = messages_needing_somebody(work).undelivered
    words = many("{n} message did not arrive", "{n} messages did not arrive", n=n)
    said = [f"{one.who}: {one.what}" for one in lost[:NAMED]]
    return _need(Matter.UNDELIVERED, n, words, said)


def _unreached(work: Work) -> Need:
    """Invoices that went to nobody, because there is nobody with an address."""
    found = unreached_invoices(work)
    words = many("{n} invoice reaches nobody", "{n} invoices reach nobody", n=len(found))
    said = [_("{family}: invoice {number}", family=o.family, number=o.number) for o in found]
    first = found[0].family_id if found else None
    return _need(Matter.UNREACHED, len(found), words, said, about=first)


def _answers(work: Work) -> Need:
    n = messages_needing_somebody(work).unread
    words = many("{n} answer by text nobody has read", "{n} answers by text nobody has read", n=n)
    said = [f"{one.who}: {_short(one.text)}" for one in replies(work, limit=NAMED).rows]
    return _need(Matter.ANSWERS, n, words, said if n else [])


def _silent(work: Work) -> Need:
    """Lessons are taught, and families hear nothing by themselves."""
    began = house(work).started_at is not None
    taught = not began and bool(lessons_between(work, work.now, work.now + LOOKED_AHEAD))
    words = _("Families are not told of changes yet")
    hint = _("Reminders, confirmations and cancellations wait until you begin")
    return _need(Matter.SILENT, int(taught), words, [hint])


def _video(work: Work) -> Need:
    """Accounts for online lessons that have to be seen to; meanwhile others make the meetings."""
    found = video_in_trouble(work)
    words = many(
        "{n} account for online lessons needs you",
        "{n} accounts for online lessons need you",
        n=len(found),
    )
    return _need(Matter.VIDEO, len(found), words, found)


def _tasks(work: Work) -> Need:
    found = tasks(work)
    words = many("{n} task", "{n} tasks", n=len(found))
    return _need(Matter.TASKS, len(found), words, [_short(one.words) for one in found])


def _low(work: Work) -> Need:
    found = packages_running_low(work)
    words = many("{n} package nearly used up", "{n} packages nearly used up", n=len(found))
    whose = (one.family_id for one in found)
    said = [_("{family}: {n} left", family=one.family, n=one.left) for one in found]
    return _need(Matter.RUNNING_LOW, len(found), words, said, about=next(whose, None))


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= SHORT else f"{line[:SHORT].rstrip()}…"


def _need(
    matter: Matter,
    n: int,
    words: Text,
    said: Sequence[Text | str],
    *,
    on: str = "",
    about: UUID | None = None,
) -> Need:
    named = " · ".join(str(one) for one in said[:NAMED])
    more = len(said) - NAMED
    detail = str(_("{named} and {n} more", named=named, n=more)) if more > 0 else named
    return Need(matter, n, str(words), detail, on, about)
