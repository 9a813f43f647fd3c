"""What is sent: one row for each kind of message.

A new kind is a row here, a template in `templates/<language>/` and a line of wiring.
"""

from collections.abc import Mapping
from datetime import timedelta

from studio_app.kit.words import Text, _
from studio_app.messaging.rules.kind import Kind, Quiet
from studio_app.messaging.rules.ways import Category, Channel

HELD = timedelta(seconds=30)
"""How long a message about a change is kept back, so that undoing the change is real."""
_E, _T, _P, _I = Channel.EMAIL, Channel.TEXT, Channel.PUSH, Channel.INBOX
_LESSON = ("lesson", "teacher", "when", "where", "minutes")


def _lesson(name: str, label: Text, *more: str, **options: object) -> Kind:
    given: dict[str, object] = {
        "category": Category.LESSONS,
        "about": "lessons",
        "channels": (_E, _T, _P, _I),
        "button": _("See the lesson"),
        "held": HELD,
        **options,
    }
    return Kind(name, label, words=("student", *_LESSON, *more), **given)  # type: ignore[arg-type]


def _weekly(name: str, label: Text, *ways: Channel, day: str = "from_on") -> Kind:
    words, button = ("student", "lesson", "teacher", "rhythm", day, "where"), _("See the lessons")
    return Kind(name, label, Category.LESSONS, "series", ways, words, button, held=HELD)


def _booking(name: str, label: Text, *more: str) -> Kind:
    words = ("student", "lesson", "teacher", "when", *more)
    ways, button = (_E, _P, _I), _("See the booking")
    return Kind(name, label, Category.LESSONS, "booking", ways, words, button, held=HELD)


def _credit(name: str, label: Text, *more: str) -> Kind:
    ways, button = (_E, _P, _I), _("See your credits")
    words = ("credit", "source", "family", *more)
    return Kind(name, label, Category.LESSONS, "credit", ways, words, button, explicit=True)


def _offer(name: str, label: Text, button: Text, *more: str) -> Kind:
    words, ways = ("student", "lesson", "teacher", "when", *more), (_E, _T, _P, _I)
    return Kind(
        name, label, Category.LESSONS, "offer", ways, words, button, held=HELD, explicit=True
    )


def _swap(name: str, label: Text) -> Kind:
    words, button = ("student", "when", "other"), _("See the two lessons")
    ways = (_E, _P, _I)
    return Kind(
        name, label, Category.LESSONS, "swap", ways, words, button, held=HELD, explicit=True
    )


def _rollover(name: str, label: Text, button: Text, *ways: Channel) -> Kind:
    words = ("student", "lessons", "term", "from_on", "until")
    lessons = Category.LESSONS
    return Kind(name, label, lessons, "rollover", ways, words, button, held=HELD, explicit=True)


def _office(name: str, label: Text, button: Text, *ways: Channel) -> Kind:
    words, explicit = ("what",), True
    return Kind(name, label, Category.OFFICE, "office", ways, words, button, explicit=explicit)


def _written(name: str, label: Text, category: Category, *ways: Channel) -> Kind:
    return Kind(name, label, category, "by_hand", ways, ("subject", "body"), explicit=True)


def _reply(name: str, label: Text) -> Kind:
    urgent = Quiet.URGENT
    return Kind(
        name, label, Category.ACCOUNT, "reply", (_T,), ("answer",), quiet=urgent, explicit=True
    )


_LISTED: tuple[Kind, ...] = (
    Kind(
        "sign_in_link",
        _("Link to sign in"),
        Category.ACCOUNT,
        "link",
        (_E,),
        button=_("Sign in"),
        quiet=Quiet.URGENT,
        explicit=True,
    ),
    Kind(
        "invitation",
        _("Invitation"),
        Category.ACCOUNT,
        "invitation",
        (_E,),
        ("role",),
        button=_("Accept"),
        quiet=Quiet.URGENT,
        explicit=True,
    ),
    _lesson("lesson_booked", _("A lesson is booked")),
    _lesson("lesson_moved", _("A lesson is moved"), "was"),
    _lesson(
        "times_proposed",
        _("Other times are proposed for a lesson"),
        "times",
        "note",
        button=_("Choose a time"),
        explicit=True,
    ),
    Kind(
        "clock_changed",
        _("The studio’s clock shows another zone’s time"),
        Category.LESSONS,
        "clock",
        (_E, _T, _P, _I),
        ("was", "zone"),
        button=_("See the lessons"),
        held=HELD,
    ),
    _lesson("lesson_cancelled", _("A lesson is cancelled"), "reason"),
    _lesson("lesson_restored", _("A cancelled lesson takes place after all")),
    _lesson(
        "lesson_reminder",
        _("Reminder of a lesson"),
        category=Category.REMINDERS,
        quiet=Quiet.COMES_EARLIER,
        held=timedelta(),
    ),
    _lesson(
        "running_late",
        _("The teacher is running late"),
        "late",
        quiet=Quiet.URGENT,
        held=timedelta(),
        explicit=True,
    ),
    _lesson(
        "no_show",
        _("A student did not come"),
        held=timedelta(minutes=10),
        channels=(_E, _P, _I),
    ),
    _lesson(
        "lesson_notes",
        _("What to practise"),
        "focus",
        category=Category.PRACTICE,
        held=timedelta(minutes=10),
        channels=(_E, _P, _I),
        button=_("See what to practise"),
    ),
    _weekly("series_booked", _("A weekly lesson is booked"), _E, _I),
    _weekly("series_changed", _("A weekly lesson changes"), _E, _T, _P, _I),
    _weekly("series_ended", _("A weekly lesson ends"), _E, _P, _I, day="until"),
    _booking("booking_received", _("A booking waits for the studio"), "reason", "expires"),
    _booking("booking_declined", _("A booking is declined"), "reason"),
    _booking("booking_expired", _("A booking has expired")),
    _offer(
        "slot_offered",
        _("A free time is offered to who waits for it"),
        _("Answer"),
        *("minutes", "until"),
    ),
    _offer("slot_withdrawn", _("A time is not on offer any more"), _("See what you wait for")),
    _swap("swap_proposed", _("A family would like to change places")),
    _swap("swap_declined", _("A family does not want to change places")),
    _rollover(
        "rollover_asked", _("Families are asked about the next term"), _("Answer"), _E, _T, _P, _I
    ),
    _rollover(
        "rollover_reminder",
        _("Reminder to answer about the next term"),
        *(_("Answer"), _E, _T, _P, _I),
    ),
    _rollover(
        "rollover_decided",
        _("The studio answered about the next term for a family"),
        *(_("See the answers"), _E, _P, _I),
    ),
    _rollover("rollover_confirmed", _("A family goes on"), _("See the answers"), _E, _I),
    Kind(
        "rollover_declined",
        _("A student does not go on in the next term"),
        Category.LESSONS,
        "rollover_place",
        (_E, _P, _I),
        ("student", "lesson", "rhythm", "old", "new", "last", "reason"),
        button=_("See your week"),
        held=HELD,
    ),
    Kind(
        "teacher_day_changed",
        _("A teacher’s lesson is changed by somebody else"),
        Category.LESSONS,
        "lessons",
        (_E, _P, _I),
        ("student", *_LESSON, "was", "what"),
        button=_("See your day"),
        held=HELD,
    ),
    Kind(
        "teacher_series_changed",
        _("A teacher’s weekly lesson is changed by somebody else"),
        Category.LESSONS,
        "teaching",
        (_E, _P, _I),
        ("student", "lesson", "teacher", "rhythm", "from_on", "until", "where", "what"),
        button=_("See your week"),
        held=HELD,
    ),
    Kind(
        "times_declined",
        _("A family takes none of the proposed times"),
        Category.LESSONS,
        "declined",
        (_E, _P, _I),
        ("student", "lesson", "when"),
        button=_("See the lesson"),
        held=HELD,
    ),
    Kind(
        "lessons_unmarked",
        _("A teacher’s lessons are not marked"),
        Category.REMINDERS,
        "unmarked",
        (_E, _P, _I),
        ("what", "lessons"),
        button=_("Mark them"),
    ),
    Kind(
        "invoice_sent",
        _("An invoice is sent"),
        Category.BILLING,
        "invoice",
        (_E, _P, _I),
        ("document", "number", "amount", "due", "family", "how_to_pay"),
        button=_("See the invoice"),
        held=HELD,
        explicit=True,
    ),
    Kind(
        "payment_received",
        _("A payment arrived"),
        Category.BILLING,
        "payment",
        (_E, _I),
        ("amount", "method", "received", "balance", "family"),
        button=_("See your account"),
        held=HELD,
    ),
    _credit("credit_expiring", _("A credit runs out soon"), "until", "days"),
    _credit("credit_expired", _("A credit has run out")),
    _credit("package_low", _("Few sessions of a package are left")),
    Kind(
        "morning_digest",
        _("The day ahead"),
        Category.OFFICE,
        "digest",
        (_E, _I),
        ("day", "lessons", "needs"),
        button=_("Open the dashboard"),
    ),
    _office("delivery_died", _("Something could not be done"), _("See what failed"), _E, _P, _I),
    _office("bookings_waiting", _("Bookings wait too long"), _("Decide"), _E, _P, _I),
    _office("slot_taken", _("Somebody took a time on offer"), _("See the waitlist"), _P, _I),
    _office("slot_left", _("Nobody took a time on offer"), _("See the waitlist"), _E, _P, _I),
    _office("opted_out", _("A family wants no more texts"), _("See the messages"), _I),
    _office("text_arrived", _("Somebody answered by text"), _("See the messages"), _P, _I),
    _reply("reply_to_text", _("Answer to a text")),
    _reply("reply_with_link", _("Answer to a text, with a link")),
    Kind(
        "notification_test",
        _("A notification to try them out"),
        Category.ACCOUNT,
        "office",
        (_P,),
        ("what",),
        quiet=Quiet.URGENT,
        explicit=True,
    ),
    _written("by_hand", _("Written by the studio"), Category.LETTERS, _E, _T, _P, _I),
    _written("news", _("News and offers"), Category.NEWS, _E, _T, _I),
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _LISTED}
TEACHERS = frozenset(
    {"teacher_day_changed", "teacher_series_changed", "times_declined", "rollover_declined"}
)
"""Kinds that only ever reach who teaches."""
EDITABLE: tuple[Kind, ...] = tuple(
    kind for kind in _LISTED if kind.about not in {"by_hand", "reply", "office"}
)
"""Kinds whose words a studio may choose."""
