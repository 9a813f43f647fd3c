"""Which subject knows the words of which kinds."""

from collections.abc import Callable, Mapping

from studio_app.messaging.subjects import (
    account,
    bookings,
    declined,
    lessons,
    money,
    offers,
    plain,
    series,
    swaps,
    teaching,
    unmarked,
)
from studio_app.messaging.subjects.told import Answer, Telling

SUBJECTS: Mapping[str, Callable[[Telling], Answer]] = {
    "lessons": lessons.tell,
    "series": series.tell,
    "teaching": teaching.tell,
    "booking": bookings.tell,
    "offer": offers.tell,
    "swap": swaps.tell,
    "declined": declined.tell,
    "link": account.tell_link,
    "invitation": account.tell_invitation,
    "invoice": money.tell_invoice,
    "payment": money.tell_payment,
    "digest": plain.tell,
    "unmarked": unmarked.tell,
    "office": plain.tell,
    "reply": plain.tell,
    "by_hand": plain.tell,
}
