"""What a row says about lessons: who teaches, how long, what it costs, when."""

from studio_app.imports.rules import cells as read
from studio_app.imports.rules.collector import Collector
from studio_app.imports.rules.fields import Field
from studio_app.imports.rules.lessons import can_be_proposed
from studio_app.imports.rules.parsed import Parsed, Weekly
from studio_app.imports.rules.problems import Code

_OF_A_LESSON = (
    *(Field.TEACHER, Field.DURATION, Field.LESSON_PRICE),
    *(Field.NEXT_LESSON, Field.LESSON_DAY, Field.LESSON_TIME),
)


def teachers_of(row: Collector) -> tuple[str, ...]:
    named: list[str] = []
    for text in read.several(row.text(Field.TEACHER)):
        name, suffix = read.without_suffix(text)
        if suffix:
            row.tell(Code.SUFFIX, text=suffix)
            row.note(Field.TEACHER, text)
        if not read.says_nothing(name):
            named.append(read.unshouted(name))
    return tuple(named)


def minutes_of(row: Collector) -> tuple[int, ...]:
    parts = read.several(row.text(Field.DURATION))
    found = [read.minutes_in(part) for part in parts]
    for part, minutes in zip(parts, found, strict=True):
        if minutes is None and not read.says_nothing(part):
            row.note(Field.DURATION, part)
            row.tell(Code.AMOUNT_UNREADABLE, field=Field.DURATION.value, text=part)
    return tuple(minutes for minutes in found if minutes is not None)


def prices_of(row: Collector) -> tuple[int, ...]:
    """What a lesson costs. A rate may be for an hour or for a lesson: that cannot be told, so
    without a price it goes to the notes."""
    if not row.has(Field.LESSON_PRICE):
        row.note(Field.RATE, row.text(Field.RATE))
    parts = read.several(row.text(Field.LESSON_PRICE))
    found = [amount_of(row, Field.LESSON_PRICE, part) for part in parts]
    return tuple(amount for amount in found if amount is not None)


def amount_of(row: Collector, target: Field, text: str) -> int | None:
    if not text or read.says_nothing(text):
        return None
    amount = read.amount_in(text, row.context.currency)
    if amount is None:
        row.note(target, text)
        row.tell(Code.AMOUNT_UNREADABLE, field=target.value, text=text)
    elif read.is_foreign(text, row.context.currency):
        currency = row.context.currency
        row.tell(Code.OTHER_CURRENCY, field=target.value, text=text, currency=currency)
    return amount


def weekly_of(row: Collector) -> Weekly | None:
    """From the next lesson, else from columns that name the day and the time."""
    text = row.text(Field.NEXT_LESSON)
    day, at = row.text(Field.LESSON_DAY), row.text(Field.LESSON_TIME)
    weekday, time = read.weekday_in(day), read.time_in(at)
    if text and not read.says_nothing(text):
        moment = read.moment_in(text, row.context.order)
        if moment:
            found = Weekly(moment[1], moment[0].isoweekday(), moment[0])
            if (weekday or found.weekday, time or found.at) != (found.weekday, found.at):
                _keep_day_and_time(row, day, at)
            return found
        row.note(Field.NEXT_LESSON, text)
        row.tell(Code.DATE_UNREADABLE, field=Field.NEXT_LESSON.value, text=text)
    if weekday and time:
        return Weekly(time, weekday)
    _keep_day_and_time(row, day, at)
    return None


def keep_lesson(row: Collector, parsed: Parsed) -> None:
    """Where no weekly lesson can be proposed, what the row says of one goes to the notes; and
    where it can, that it is not the day the file says."""
    today = row.context.today
    if not can_be_proposed(parsed):
        for target in _OF_A_LESSON:
            text = row.text(target)
            if not read.says_nothing(text):
                row.note(target, text)
        return
    if len(set(parsed.prices_minor)) > 1:
        row.note(Field.LESSON_PRICE, row.text(Field.LESSON_PRICE))
    next_on = parsed.weekly.next_on if parsed.weekly else None
    if today and next_on and next_on < today:
        row.tell(Code.LESSON_HAS_PASSED, when=row.text(Field.NEXT_LESSON))


def _keep_day_and_time(row: Collector, *texts: str) -> None:
    for target, text in zip((Field.LESSON_DAY, Field.LESSON_TIME), texts, strict=True):
        if text and not read.says_nothing(text):
            row.note(target, text)
            row.tell(Code.MOVED_TO_NOTES, field=target.value, text=text)
