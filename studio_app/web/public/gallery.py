"""The parts of the design system on one page, for us and for the tests."""

import reflex as rx

from studio_app.web import routes
from studio_app.web.frame import Frame
from studio_app.web.public.gallery_state import GalleryState
from studio_app.web.ui import badges, cards, charts, states
from studio_app.web.ui.avatars import person
from studio_app.web.ui.buttons import button, icon_button, key_hint, link, link_button, submit
from studio_app.web.ui.choices import chip, option, segmented
from studio_app.web.ui.copying import copy_button
from studio_app.web.ui.dialogs import close_button, confirm, dialog, dialog_actions
from studio_app.web.ui.forms import (
    actions,
    checkbox,
    fields,
    form,
    search_box,
    select_field,
    switch,
    text_area,
    text_field,
)  # fmt: skip
from studio_app.web.ui.letters import bubble, insert_words
from studio_app.web.ui.lists import Column, row, rows, table, toolbar
from studio_app.web.ui.pages import halves, stack
from studio_app.web.ui.palette import palette
from studio_app.web.ui.progress import activity, audit, audit_step, steps
from studio_app.web.ui.shells import office_shell
from studio_app.web.ui.uploads import drop_zone
from studio_app.web.words import _

SAMPLE = Frame(
    studio="Harmony",
    person="Olivia Hart",
    initials="OH",
    role="Owner",
    overdue="3",
    in_office=True,
    teaches=True,
)
TOKENS = "canvas surface sunken line line-strong ink ink-2 ink-3 accent ok warn bad info mute"


def page() -> rx.Component:
    return rx.fragment(
        office_shell(
            routes.OFFICE,
            stack(
                _figures(),
                halves(_needs_you(), _revenue()),
                _controls(),
                halves(_form(), stack(_upload(), _guide(), _writing())),
                _people(),
                halves(_computation(), stack(_activity(), _facts())),
                _states(),
                _tokens(),
            ),
            title=_("Design kit"),
            frame=SAMPLE,
            top=[_periods(), button(_("New"), "plus", kind="primary")],
        ),
        palette(_commands(), on_pick=GalleryState.put_back),
    )


def _periods() -> rx.Component:
    periods = [option("month", _("Month")), option("year", _("Year"))]
    choose = GalleryState.choose_period
    return segmented(_("Period"), GalleryState.period, periods, on_choose=choose)


def _figures() -> rx.Component:
    line = charts.polyline([4, 8, 7, 12, 15, 18, 22])
    return cards.stats(
        cards.stat_card(
            _("Collected in November"), "£14,412", note=_("8% more than in October"), tone="ok",
            picture=charts.sparkline(line),
        ),
        cards.stat_card(
            _("Outstanding"), "£4,806", note=_("3 invoices overdue"), tone="bad",
            picture=charts.sparkline(line, colour="bad"),
        ),
        cards.stat_card(_("Attendance"), "94.1%", note=_("as last month")),
        cards.stat_card(_("Active students"), "128", note=_("4 new, 1 leaving")),
    )  # fmt: skip


def _needs_you() -> rx.Component:
    needs: list[tuple[str, cards.Tone, str, str]] = [
        ("circle-alert", "bad", _("3 families are overdue, £612"), "Green, Novak, Ellis"),
        ("list-checks", "warn", _("2 lessons were not marked yesterday"), "Tom Baker"),
        ("refresh-cw", "info", _("4 make-ups wait for a place"), _("The oldest ends in 9 days")),
    ]
    listed = [
        cards.needs_you_row(name, tone, words, detail, button(_("Look"), size="sm"))
        for name, tone, words, detail in needs
    ]
    count = badges.pill("3")
    return cards.card(rx.el.ul(*listed, class_name="rows"), title=_("Needs you"), action=count)


def _revenue() -> rx.Component:
    months = [("Jun", 62, 4), ("Jul", 41, 2), ("Aug", 48, 3), ("Sep", 83, 5), ("Oct", 91, 6)]
    bars = rx.Var.create(charts.column_bars(months)).to(list[dict[str, str]])
    says = _("Collected and outstanding by month")
    more = link(_("Open the report"), routes.BILLING, class_name="t-sm")
    body = cards.card_body(charts.stacked_bars(bars, says))
    return cards.card(body, title=_("Revenue"), action=more)


def _controls() -> rx.Component:
    keep = dialog(
        text_field(_("New date"), "kit_date", kind="date"),
        dialog_actions(close_button(_("Not now")), button(_("Move to Friday"), kind="primary")),
        title=_("Move this lesson"),
        words=_("The family is told at once."),
        trigger=button(_("Reschedule"), "calendar-clock"),
    )
    ask = confirm(
        title=_("Cancel the lesson?"),
        words=_("The family keeps a make-up. You can undo this."),
        action=_("Cancel the lesson"),
        on_confirm=GalleryState.refuse,
        trigger=button(_("Cancel"), "ban", kind="danger"),
    )
    return cards.card(
        cards.card_body(
            button(_("Tell me"), "bell", on_click=GalleryState.choose_mark("present", "")),
            button(_("Refuse me"), on_click=GalleryState.refuse),
            button(_("Break"), on_click=GalleryState.fail),
            keep,
            ask,
            button(_("Primary"), "plus", kind="primary"),
            button(_("Ghost"), kind="ghost"),
            button(_("Saving"), "loader", loading=GalleryState.is_hydrated),
            link_button(_("Portal"), routes.KIT_PHONE, "smartphone"),
            icon_button("ellipsis", _("More")),
            chip(_("Amelia"), pressed=True, on_click=GalleryState.put_back(""), colour="k1"),
            chip(_("Ben"), pressed=False, on_click=GalleryState.put_back(""), colour="k2"),
            key_hint("G", "C"),
            class_name="flex flex-wrap gap-2 items-center",
        ),
        cards.card_body(*map(badges.badge, badges.STATUSES), class_name="flex flex-wrap gap-2"),
        title=_("Controls"),
    )


def _form() -> rx.Component:
    faults = GalleryState.faults
    lessons = [("piano", _("Piano")), ("voice", _("Voice"))]
    return cards.card(
        cards.card_body(
            form(
                text_field(_("Name"), "kit_name", faults=faults, hint=_("As people call them.")),
                fields(
                    text_field(_("Born on"), "kit_born", kind="date", faults=faults),
                    text_field(_("Price"), "kit_price", faults=faults, input_mode="decimal"),
                ),
                select_field(_("Instrument"), "kit_instrument", lessons, faults=faults),
                text_area(_("Notes"), "kit_notes", faults=faults, rows=2),
                checkbox(_("Tell the family"), "kit_tell", detail=_("A letter goes out at once.")),
                switch(_("Remind me"), "kit_remind"),
                actions(button(_("Keep"), kind="ghost"), submit(_("Save"))),
                on_submit=GalleryState.save,
            )
        ),
        title=_("Form"),
    )


def _upload() -> rx.Component:
    words = _("CSV from another program, at most 5 MB. Nothing is changed before you say so.")
    zone = drop_zone(
        _("Drop your file here"), words,
        action="/api/v1/imports", accept=".csv,text/csv", most_bytes=5 << 20,
        on_sent=GalleryState.receive,
    )  # fmt: skip
    return cards.card(cards.card_body(zone), title=_("Upload"))


def _guide() -> rx.Component:
    go = link_button(_("Open the calendar"), routes.KIT_CALENDAR, "calendar-plus", kind="primary")
    guide = steps([
        (_("Studio basics"), _("Name, time zone, currency"), "done", rx.fragment()),
        (_("The first lesson"), _("Pick a student, choose a time"), "now", go),
        (_("The first invoice"), _("To yourself first"), "later", rx.fragment()),
    ])  # fmt: skip
    bar = cards.card_body(charts.progress(1, _("Steps done"), most=3))
    return cards.card(bar, guide, title=_("Setup guide"))


def _people() -> rx.Component:
    columns = (
        Column(_("Student"), lambda one: person("S", one["name"], one["family"], colour=one["k"])),
        Column(
            _("Status"), lambda one: badges.status_badge(one["status"], "active", "trial", "paused")
        ),
        Column(_("Balance"), lambda one: one["due"], figures=True),
    )
    nobody = states.empty("users", _("Nobody by that name"), _("Try fewer letters."))
    search = search_box(_("Find a student"), on_change=GalleryState.find.debounce(150))
    return cards.card(
        cards.card_body(toolbar(search)),
        table(_("Students"), columns, GalleryState.people, empty=nobody),
        title=_("Students"),
    )


def _computation() -> rx.Component:
    source = link(_("Price list from 1 September"), routes.SETTINGS)
    return cards.card(
        cards.card_body(
            audit(
                audit_step(
                    "1", _("4 lessons"), "4 × £48.00 = £192.00", source, "£192.00", "= £192.00"
                ),
                audit_step("2", _("Credit"), "1 × £43.20", source, "−£43.20", "= £148.80"),
            )
        ),
        title=_("How this total was computed"),
    )


def _activity() -> rx.Component:
    happened = [
        activity("send", _("Sent"), "1 Nov, 07:00"),
        activity("file-plus", _("Created"), "1 Nov"),
    ]
    listed = rx.el.ol(*happened, class_name="grid gap-3 px-4 pb-4")
    return cards.card(listed, title=_("Activity"))


def _writing() -> rx.Component:
    return cards.card(
        cards.card_body(
            insert_words(_("Words to put in"), ["student", "when"], into=["kit_notes"]),
            bubble("Harmony: Sam, 16:00"),
            copy_button(_("Copy the address"), "https://example.org/feeds/secret.ics"),
            class_name="grid gap-3",
        ),
        title=_("A text"),
    )


def _facts() -> rx.Component:
    return cards.card(
        cards.labelled_facts([(_("Billed to"), "Grace Green"), (_("Issued"), "1 Nov 2026")]),
        cards.card_body(
            cards.facts(("clock", _("When"), "Thu 19 Nov, 16:00"), ("map-pin", _("Room"), "3")),
            class_name="pt-4",
        ),
        cards.card_body(
            cards.hint("shield-check", _("Free to move until tomorrow 16:00."), tone="ok")
        ),
        title=_("Facts"),
    )


def _states() -> rx.Component:
    nothing = states.empty(
        "calendar-plus", _("No lessons this week"), _("Press N to add the first one."),
        button(_("New lesson"), "plus", kind="primary"),
    )  # fmt: skip
    nobody = states.empty("users", _("Nobody yet"), _("Import a file, or add the first student."))
    listed = rows(GalleryState.nobody, lambda one: row(one["name"]), empty=nobody)
    failed = states.trouble(
        _("The studio did not answer in time. Nothing was lost."),
        on_retry=GalleryState.put_back(""),
    )
    return halves(
        cards.card(nothing, title=_("Empty")),
        cards.card(listed, title=_("Empty list")),
        cards.card(states.skeleton_rows(3), title=_("Loading")),
        cards.card(failed, title=_("Failed")),
    )


def _tokens() -> rx.Component:
    def swatch(name: str) -> rx.Component:
        ground = rx.el.div(
            class_name="h-9 rounded-ctl border border-line", style={"background": f"var(--{name})"}
        )
        return rx.el.div(ground, rx.el.div(name, class_name="t-xs faint mt-1"))

    grid = "grid gap-3 grid-cols-[repeat(auto-fill,minmax(90px,1fr))]"
    body = cards.card_body(*map(swatch, TOKENS.split()), class_name=grid)
    return cards.card(body, title=_("Tokens"))


def _commands() -> list[dict[str, object]]:
    items = [
        {"id": "new", "label": _("New lesson"), "hint": _("Create"), "keys": "N"},
        {"id": "bill", "label": _("Bill the month"), "hint": _("Billing"), "keys": "B"},
    ]
    people = [{"id": "sam", "label": "Sam Green", "hint": "Piano", "dot": "k1"}]
    return [{"heading": _("Suggested"), "items": items}, {"heading": _("People"), "items": people}]
