"""Which subject knows the words of which kinds."""

from collections.abc import Callable, Mapping

from studio_app.messaging.subjects import (
    account,
    bookings,
    clock,
    credits_,
    declined,
    lessons,
    money,
    offers,
    plain,
    reenrolling,
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
    "clock": clock.tell,
    "credit": credits_.tell,
    "offer": offers.tell,
    "swap": swaps.tell,
    "declined": declined.tell,
    "rollover": reenrolling.tell,
    "rollover_place": reenrolling.tell_teacher,
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
