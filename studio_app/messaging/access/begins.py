"""When the first of the lessons that a message is about begins."""

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from studio_app.kit.work import Work
from studio_app.messaging.models.messages import Message
from studio_app.messaging.rules.kinds import KINDS, Category
from studio_app.scheduling.models.lessons import Lesson


def first_begin(work: Work, message: Message) -> datetime | None:
    """Of what is still to come, as it is now or as its reader still believes; None where the
    message is about no lesson that anybody might go to."""
    kind = KINDS[message.kind]
    if kind.category is Category.PRACTICE or kind.about not in {"lessons", "series", "teaching"}:
        return None
    believed = [
        datetime.fromisoformat(said)
        for name, said in message.facts.items()
        if name.startswith("was ") and isinstance(said, str)
    ]
    now = _of_lessons(work, message) if kind.about == "lessons" else _of_series(work, message)
    begins = [each for each in (now, *believed) if each is not None and each > work.now]
    return min(begins, default=None)


def _of_lessons(work: Work, message: Message) -> datetime | None:
    query = select(func.min(col(Lesson.starts_at))).where(
        col(Lesson.id).in_(message.about_ids), col(Lesson.starts_at) > work.now
    )
    return work.session.connection().execute(query).scalar()


def _of_series(work: Work, message: Message) -> datetime | None:
    """From the day on that the message is about."""
    last, from_on = message.facts.get("last"), message.facts.get("from_on")
    day = date.fromisoformat(from_on) if from_on else date.min
    if last:
        day = date.fromisoformat(last) + timedelta(days=1)
    query = select(func.min(col(Lesson.starts_at))).where(
        col(Lesson.series_id).in_(message.about_ids),
        col(Lesson.occurs_on) >= day,
        col(Lesson.starts_at) > work.now,
    )
    return work.session.connection().execute(query).scalar()
