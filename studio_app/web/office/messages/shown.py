"""One message in words: what the log's panel shows."""

from dataclasses import dataclass

from studio_app.messaging.queries.messages import MessageView
from studio_app.web import routes
from studio_app.web.ui.account import name_of
from studio_app.web.words import _


@dataclass(frozen=True)
class Step:
    """Something that happened to it, and when."""

    words: str = ""
    when: str = ""


@dataclass(frozen=True)
class MessageShown:
    id: str = ""
    who: str = ""
    address: str = ""
    what: str = ""
    way: str = ""
    status: str = ""
    reason: str = ""
    why: str = ""
    caused_by: str = ""
    subject: str = ""
    body: str = ""
    steps: tuple[Step, ...] = ()
    words_of: str = ""
    """Whose words: Cadenza's, or the studio's third version."""
    provider_id: str = ""
    lesson: str = ""
    lesson_href: str = ""
    bulk_href: str = ""
    theirs: str = ""
    """Where everything to this person is listed."""
    can_send_again: bool = False
    needs_somebody: bool = False


def shown(view: MessageView) -> MessageShown:
    row = view.row
    return MessageShown(
        id=str(row.id),
        who=row.who,
        address=view.address,
        what=row.what,
        way=row.way,
        status=row.status.value,
        reason=row.reason,
        why=view.why,
        caused_by=view.caused_by or _("Cadenza, by itself"),
        subject=row.subject,
        body=view.body,
        steps=_steps(view),
        words_of=_words_of(view),
        provider_id=view.provider_id,
        lesson=view.lesson_when,
        lesson_href=_lesson(view),
        bulk_href=routes.filled(routes.BULK, bulk_id=view.bulk_id) if view.bulk_id else "",
        theirs=f"{routes.MESSAGES}?contact={view.contact_id}" if view.contact_id else "",
        can_send_again=view.can_send_again,
        needs_somebody=row.needs_somebody,
    )


def _steps(view: MessageView) -> tuple[Step, ...]:
    waits = view.row.status.value == "waiting"
    steps = (
        (_("Made"), view.made),
        (_("To go out"), view.due if waits else ""),
        (_("Tried {n} times, last", n=view.attempts), view.tried if view.attempts > 1 else ""),
        (_("Tried"), view.tried if view.attempts == 1 and not view.sent else ""),
        (_("Sent"), view.sent),
        (_("Read"), view.read),
        (_("Seen to"), view.seen_to),
    )
    return tuple(Step(words, when) for words, when in steps if when)


def _words_of(view: MessageView) -> str:
    if not view.language:
        return ""
    n, language = view.template_version, name_of(view.language)
    if not n:
        return _("Cadenza’s words · {language}", language=language)
    return _("Your words, version {n} · {language}", n=n, language=language)


def _lesson(view: MessageView) -> str:
    if view.lesson_id is None or view.lesson_at is None:
        return ""
    return routes.lesson(view.lesson_at.date(), view.lesson_id)
