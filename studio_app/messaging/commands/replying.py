"""Texts that come in: understood where they are plain, else laid before the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from studio_app.kit.access import Permission
from studio_app.kit.errors import NotFound
from studio_app.kit.formats import say_when
from studio_app.kit.ids import ContactId, LessonId, SeatId, new_id
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.messaging import paths
from studio_app.messaging.access import contacts
from studio_app.messaging.access.asked import Asked, asked_about, choices_of, last_texted
from studio_app.messaging.access.recipients import recipients
from studio_app.messaging.access.studio import house
from studio_app.messaging.commands.consenting import record_consent, stop_texts_to
from studio_app.messaging.commands.posting import Occasion, post
from studio_app.messaging.models.messages import Message, Reply
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.replies import Meaning, choice_of, meaning_of
from studio_app.messaging.rules.states import Heard, MessageStatus, Purpose
from studio_app.messaging.sms_gateway import why_undelivered
from studio_app.scheduling.commands.confirming import confirm_seats, unconfirm_seats

UNNOTED = (MessageStatus.SENDING, MessageStatus.DOUBTFUL)
"""Handed to the text service, and no answer of it noted."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A text as the vendor gave it to us; `provider_id` makes it count once."""

    provider_id: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class _Understood:
    heard: Heard
    answer: Text | None = None
    lesson_id: LessonId | None = None
    path: str = ""
    choices: tuple[UUID, ...] = ()


@requires(Permission.JOBS_RUN)
def receive_text(work: Work, arrived: Arrived) -> Heard | None:
    """Act on a text that came in, keep it, answer it. None: it was here already."""
    reply_id = new_id()
    row: dict[str, Any] = {
        "id": reply_id,
        "created_at": work.now,
        "provider_id": arrived.provider_id,
        "number": arrived.number,
        "text": arrived.text,
        "heard": Heard.WORDS.value,
        "choices": [],
        "received_at": work.now,
    }
    asked_before = choices_of(work, arrived.number)
    statement = insert(Reply).values(**row).on_conflict_do_nothing(constraint="reply_once")
    if work.session.connection().execute(statement.returning(col(Reply.id))).first() is None:
        return None
    people = contacts.with_number(work, arrived.number)
    understood = _act(work, arrived, people, asked_before)
    _keep(work, reply_id, people, understood)
    if understood.answer:
        _answer(work, arrived, people, understood)
    _tell_office(work, arrived, people, understood)
    return understood.heard


@requires(Permission.MESSAGE_VIEW)
def mark_reply_read(work: Work, reply_id: UUID) -> None:
    read = update(Reply).where(col(Reply.id) == reply_id)
    if work.session.connection().execute(read.values(read_at=work.now)).rowcount != 1:
        raise NotFound


@requires(Permission.JOBS_RUN)
def note_report(work: Work, message_id: UUID, sid: str, status: str, error_code: str = "") -> None:
    """What the text service says became of a text it had taken: delivered, or not.

    Source: Twilio's message statuses (delivered, undelivered, failed), its MessageSid and its error
    codes. Reports come in any order, more than once, and before we have noted that it was taken;
    what has been delivered stays so.
    """
    outcome = {
        "delivered": MessageStatus.DELIVERED,
        "undelivered": MessageStatus.FAILED,
        "failed": MessageStatus.FAILED,
    }.get(status)
    if outcome is None:
        return
    failed = outcome is MessageStatus.FAILED
    reason = why_undelivered(error_code).say(house(work).language) if failed else ""
    noted = [MessageStatus.SENT] if failed else [MessageStatus.SENT, MessageStatus.FAILED]
    told = update(Message).where(
        col(Message.id) == message_id,
        col(Message.channel) == Channel.TEXT.value,
        or_(
            # The name of an attempt is noted with its end: one that is there before is an older
            # attempt's.
            and_(col(Message.status).in_(UNNOTED), col(Message.provider_id) != sid),
            and_(col(Message.status).in_(noted), col(Message.provider_id).in_(["", sid])),
        ),
    )
    values = {"status": outcome, "reason": reason, "provider_id": sid}
    work.session.connection().execute(told.values(**values, sent_at=col(Message.tried_at)))


def _act(
    work: Work, arrived: Arrived, people: Sequence[ContactId], asked_before: Sequence[UUID]
) -> _Understood:
    meaning = meaning_of(arrived.text)
    match meaning:
        case Meaning.STOP:
            stop_texts_to(work, arrived.number, wording=arrived.text)
            return _Understood(Heard.OPTED_OUT, lesson_id=last_texted(work, people, arrived.number))
        case Meaning.START:
            return _start(work, arrived, people)
        case Meaning.HELP:
            return _help(work)
        case Meaning.YES | Meaning.NO:
            return _about_coming(work, arrived, people, comes=meaning is Meaning.YES)
        case Meaning.CHOICE | Meaning.ALL if asked_before:
            return _chosen(work, arrived, people, asked_before)
        case _:
            return _Understood(Heard.WORDS, lesson_id=last_texted(work, people, arrived.number))


def _about_coming(
    work: Work, arrived: Arrived, people: Sequence[ContactId], *, comes: bool
) -> _Understood:
    asked = asked_about(work, people, arrived.number)
    if not asked:
        return _Understood(Heard.WORDS, lesson_id=last_texted(work, people, arrived.number))
    if len(asked) == 1:
        return _confirmed(work, asked) if comes else _cannot_come(work, asked[0])
    if not comes:
        answer = _("Move or cancel lessons here:")
        return _Understood(Heard.CANNOT_COME, answer, asked[0].lesson_id, paths.PORTAL_SCHEDULE)
    listed = "; ".join(f"{n} {_line(work, one)}" for n, one in enumerate(asked, start=1))
    answer = _("Which lesson? {listed}. Reply with its number, or ALL.", listed=listed)
    seats = tuple(one.seat_id for one in asked)
    return _Understood(Heard.ASKED_BACK, answer, choices=seats)


def _chosen(
    work: Work, arrived: Arrived, people: Sequence[ContactId], seats: Sequence[UUID]
) -> _Understood:
    asked = {one.seat_id: one for one in asked_about(work, people, arrived.number)}
    offered = [asked.get(SeatId(seat)) for seat in seats]
    if meaning_of(arrived.text) is Meaning.ALL:
        picked = [one for one in offered if one]
    else:
        number = choice_of(arrived.text)
        picked = [one for one in offered[number - 1 : number] if one and number]
    return _confirmed(work, picked) if picked else _Understood(Heard.WORDS)


def _confirmed(work: Work, asked: Sequence[Asked]) -> _Understood:
    confirm_seats(work, [one.seat_id for one in asked])
    said = "; ".join(_line(work, one) for one in asked)
    answer = _("Thank you, confirmed: {lessons}.", lessons=said)
    return _Understood(Heard.CONFIRMED, answer, asked[0].lesson_id)


def _cannot_come(work: Work, asked: Asked) -> _Understood:
    unconfirm_seats(work, [asked.seat_id])
    answer = _("Move or cancel {lesson} here:", lesson=_line(work, asked))
    return _Understood(Heard.CANNOT_COME, answer, asked.lesson_id, paths.lesson(asked.lesson_id))


def _start(work: Work, arrived: Arrived, people: Sequence[ContactId]) -> _Understood:
    reachable = [w for w in recipients(work, people) if w.phone == arrived.number]
    for who in reachable:
        record_consent(
            work,
            who.contact_id,
            Channel.TEXT,
            Purpose.SERVICE,
            given=True,
            wording=arrived.text,
            source="text",
            address=arrived.number,
        )
    answer = _("You get texts about your lessons again. Reply STOP to end them.")
    return _Understood(Heard.OPTED_IN, answer if reachable else None)


def _help(work: Work) -> _Understood:
    here = house(work)
    answer = _("{studio} sends texts about lessons. Reply STOP to end them.", studio=here.name)
    if here.reply_to:
        answer = _(
            "{studio} sends texts about lessons. Write to {address} for help. Reply STOP to end "
            "them.",
            studio=here.name,
            address=here.reply_to,
        )
    return _Understood(Heard.HELP, answer)


def _line(work: Work, asked: Asked) -> str:
    here = house(work)
    return f"{asked.student}, {say_when(asked.starts_at, here.zone, here.language)}"


def _keep(work: Work, reply_id: UUID, people: Sequence[ContactId], understood: _Understood) -> None:
    settled = understood.heard not in {Heard.WORDS, Heard.CANNOT_COME, Heard.OPTED_OUT}
    kept = update(Reply).where(col(Reply.id) == reply_id)
    work.session.connection().execute(
        kept.values(
            contact_id=people[0] if people else None,
            lesson_id=understood.lesson_id,
            heard=understood.heard.value,
            choices=list(understood.choices),
            read_at=work.now if settled else None,
        )
    )


def _answer(
    work: Work, arrived: Arrived, people: Sequence[ContactId], understood: _Understood
) -> None:
    """One answer, to the number that wrote: whoever has it now."""
    here = house(work)
    known = recipients(work, people)
    who = next((one for one in known if one.phone == arrived.number), None)
    if who is None:
        return
    answer = understood.answer.say(who.language or here.language) if understood.answer else ""
    kind = "reply_with_link" if understood.path else "reply_to_text"
    occasion = Occasion(
        kind,
        about=(),
        happened_at=work.now,
        key=arrived.provider_id,
        why="receive_text",
        lesson_id=understood.lesson_id,
        facts={"answer": answer, "path": understood.path},
    )
    post(work, occasion, [who.contact_id])


def _tell_office(
    work: Work, arrived: Arrived, people: Sequence[ContactId], understood: _Understood
) -> None:
    """What a person has to look at: words, who cannot come, who wants no more texts."""
    here = house(work)
    names = ", ".join(who.name for who in recipients(work, people)) or arrived.number
    said = {
        Heard.OPTED_OUT: _("{name} wants no more texts: “{text}”", name=names, text=arrived.text),
        Heard.CANNOT_COME: _("{name} cannot come: “{text}”", name=names, text=arrived.text),
        Heard.WORDS: _("{name} wrote: “{text}”", name=names, text=arrived.text),
    }.get(understood.heard)
    if said is None:
        return
    occasion = Occasion(
        "opted_out" if understood.heard is Heard.OPTED_OUT else "text_arrived",
        about=(),
        happened_at=work.now,
        key=arrived.provider_id,
        why="receive_text",
        lesson_id=understood.lesson_id,
        facts={"what": said.say(here.language), "path": paths.OFFICE_REPLIES},
    )
    post(work, occasion, contacts.in_office(work))
