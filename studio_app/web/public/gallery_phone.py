"""The gallery on a phone: what the teacher and the family hold, and the public card."""

import reflex as rx

from studio_app.web import routes
from studio_app.web.frame import Frame
from studio_app.web.public.gallery_state import GalleryState
from studio_app.web.ui import cards, charts
from studio_app.web.ui.account import account_button
from studio_app.web.ui.avatars import avatar, person
from studio_app.web.ui.badges import badge
from studio_app.web.ui.buttons import button, link, submit
from studio_app.web.ui.choices import choice, option
from studio_app.web.ui.dialogs import sheet
from studio_app.web.ui.forms import native_form, text_field
from studio_app.web.ui.icons import icon
from studio_app.web.ui.lists import row
from studio_app.web.ui.push_switch import push_switch
from studio_app.web.ui.shells import phone_header, portal_shell, public_shell
from studio_app.web.words import _

GUARDIAN = Frame(
    studio="Harmony", person="Grace Green", initials="GG", role="Guardian", in_family=True
)


def page() -> rx.Component:
    return portal_shell(
        routes.PORTAL,
        phone_header(_("Hello, Grace"), "Harmony", account_button(GUARDIAN)),
        _next_lesson(),
        _balance(),
        _now(),
        _coming_up(),
        _device(),
        frame=GUARDIAN,
    )


def _device() -> rx.Component:
    switch = push_switch(server_key="", known=[])
    return cards.card(cards.card_body(switch, class_name="py-3"), title=_("Notifications"))


def _next_lesson() -> rx.Component:
    date = rx.el.div(rx.el.span("Nov"), rx.el.b("19", class_name="num"), class_name="date-tile")
    words = rx.el.div(
        rx.el.h2(_("Tomorrow, 16:00"), class_name="text-[19px] leading-6 font-semibold"),
        rx.el.p(_("Piano, 45 minutes, room 3"), class_name="dim"),
    )
    return cards.card(
        cards.card_body(
            rx.el.div(
                rx.el.span(_("Next lesson"), class_name="t-over"), badge("confirmed"),
                class_name="flex items-center justify-between pt-4",
            ),
            rx.el.div(date, words, class_name="flex items-center gap-3.5 mt-3"),
            rx.el.div(
                _move_sheet(), button(_("Cannot come")), class_name="grid grid-cols-2 gap-2 mt-4"
            ),
        ),
        class_name="card--now",
    )  # fmt: skip


def _move_sheet() -> rx.Component:
    days = [
        {
            **option("thu", "", look="day", says=_("Thursday 19 November")),
            "top": "Thu",
            "bold": "19",
        },
        {**option("fri", "", look="day", says=_("Friday 20 November")), "top": "Fri", "bold": "20"},
    ]
    times = [option("15:30", "15:30", look="slot num"), option("16:30", "16:30", look="slot num")]
    times.append({**option("18:00", "18:00", look="slot num"), "disabled": True})
    choose = GalleryState.choose_period
    return sheet(
        cards.hint("shield-check", _("Free to move until tomorrow 16:00."), tone="ok"),
        rx.el.div(choice(_("Day"), "fri", days, on_choose=choose, look="days"), class_name="my-4"),
        choice(_("Start"), "16:30", times, on_choose=choose, look="slots"),
        button(
            _("Move to Fri 20 Nov, 16:30"), kind="primary", size="lg", block=True, class_name="mt-5"
        ),
        title=_("Move Sam's lesson"),
        words=_("Thu 19 Nov, 16:00, piano with Tom"),
        trigger=button(_("Reschedule"), "calendar-clock"),
    )


def _balance() -> rx.Component:
    return cards.card(
        cards.card_body(
            rx.el.div(
                rx.el.span(_("Balance"), class_name="t-over"),
                badge("overdue", _("Overdue by 6 days")),
                class_name="flex items-center justify-between pt-4",
            ),
            rx.el.div("£170.16", class_name="num figure-lg mt-1"),
            rx.el.p(
                _("November, invoice"),
                " ",
                link("1042", routes.PORTAL_INVOICES),
                class_name="t-sm dim",
            ),
        )
    )


def _now() -> rx.Component:
    marks = [
        option("present", _("Present"), icon="check", look="a-present"),
        option("late", _("Late"), icon="clock", look="a-late"),
        option("no_show", _("No-show"), icon="away", look="a-no_show"),
        option("cancelled", _("Cancelled"), icon="cross", look="a-cancelled"),
    ]
    group = choice(
        _("Attendance of Sam Green"), GalleryState.mark, marks, look="att",
        on_choose=GalleryState.choose_mark,
    )  # fmt: skip
    return cards.card(
        cards.card_body(
            rx.el.div(charts.progress(4, _("Lessons marked"), most=9), class_name="py-4"),
            person("SG", "Sam Green", _("Piano, grade 4"), colour="k3"),
            rx.el.div(group, class_name="mt-3"),
        ),
        class_name="card--now",
    )


def _coming_up() -> rx.Component:
    tap = rx.el.button(
        icon("check", 20), type="button", aria_label=_("Mark present"), class_name="tap"
    )
    listed = [
        row(rx.el.span("16:45", class_name="num t-sm w-[42px]"), avatar("TG", "k6"),
            rx.el.span("Theo Grant", class_name="flex-1 font-medium"), tap),
        row(rx.el.span("17:15", class_name="num t-sm w-[42px]"), avatar("RS", "k5"),
            rx.el.span("Ruby Shah", class_name="flex-1 font-medium"), badge("makeup")),
    ]  # fmt: skip
    return rx.fragment(
        rx.el.h2(_("Up next"), class_name="t-over lead"),
        cards.card(rx.el.ul(*listed, class_name="rows")),
    )


def public_page() -> rx.Component:
    form = native_form(
        text_field(_("E-mail"), "email", kind="email", auto_complete="email", required=True),
        text_field(_("Password"), "password", kind="password", auto_complete="current-password"),
        submit(_("Sign in"), block=True),
        action="/auth/sign-in",
    )
    return public_shell(form, title=_("Sign in"), words=_("Welcome back to your studio."))
