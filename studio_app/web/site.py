"""Every page of the site: its path, its title, who may ask for it and what it loads."""

from collections.abc import Callable
from typing import Any

import reflex as rx

from studio_app.web import routes
from studio_app.web.auth import letters, sign_in, sign_up
from studio_app.web.auth.state import Invited, Letter, Typed
from studio_app.web.frame import Door, FrameState
from studio_app.web.office import (
    account,
    bookings,
    cover,
    dashboard,
    families,
    family,
    student,
    students,
    tasks,
    teachers,
    waitlist,
    welcome,
)
from studio_app.web.office import credits as family_credits
from studio_app.web.office.account import AccountState
from studio_app.web.office.automations import building, listing
from studio_app.web.office.automations.history import RunsState
from studio_app.web.office.automations.state import AutomationState
from studio_app.web.office.billing import enrolments, owing, packages, payments, prices, statement
from studio_app.web.office.billing import invoice as office_invoice
from studio_app.web.office.billing import run as billing_run
from studio_app.web.office.calendar import page as calendar
from studio_app.web.office.calendar.adding_state import NewLessonState
from studio_app.web.office.calendar.lesson_state import LessonState
from studio_app.web.office.calendar.state import CalendarState
from studio_app.web.office.consents import ConsentsState
from studio_app.web.office.cover_state import CoverState
from studio_app.web.office.credits_state import FamilyCreditsState
from studio_app.web.office.dashboard_news import NewsState
from studio_app.web.office.dashboard_state import (
    FiguresState,
    LanesState,
    MoneyState,
    NeedsState,
)
from studio_app.web.office.family_state import FamilyState
from studio_app.web.office.guardians import GuardiansState
from studio_app.web.office.importing import file, files
from studio_app.web.office.importing.file_state import FileState
from studio_app.web.office.importing.leftovers_state import LeftoversState
from studio_app.web.office.importing.openings_state import OpeningsState
from studio_app.web.office.messages import bulk_progress, replies, writing
from studio_app.web.office.messages import log as message_log
from studio_app.web.office.settings import (
    calendars,
    changes,
    jobs,
    lessons,
    members,
    messages,
    places,
    policy,
    studio,
    template,
    year,
)
from studio_app.web.office.settings.clock import ClockState
from studio_app.web.office.settings.jobs_state import JobsState
from studio_app.web.office.settings.studio_state import StudioState
from studio_app.web.office.settings.year_state import YearState
from studio_app.web.office.student_credits import StudentCreditsState
from studio_app.web.office.student_state import StudentState
from studio_app.web.office.students_adding import AddStudentState
from studio_app.web.office.teachers import TeachersState
from studio_app.web.office.unanswered import UnansweredState
from studio_app.web.own import inbox
from studio_app.web.page import Page
from studio_app.web.proposing import ProposingState
from studio_app.web.public import (
    gallery,
    gallery_calendar,
    gallery_phone,
    not_found,
)
from studio_app.web.site_phones import own_pages, portal_pages, teacher_pages
from studio_app.web.site_planning import planning_pages
from studio_app.web.words import _


def pages() -> tuple[Page, ...]:
    return (
        Page(routes.HOME, _("Cadenza"), letters.front_door_page, Door.lead, public=True),
        Page(routes.SIGN_IN, _("Sign in"), sign_in.page, Typed.load, public=True),
        Page(routes.SIGN_UP, _("Start your studio"), sign_up.page, Typed.load, public=True),
        Page(
            routes.LINK,
            _("Welcome back"),
            letters.link_page,
            [Typed.load, Letter.load],
            public=True,
        ),
        Page(
            routes.INVITATION,
            _("You are invited"),
            letters.invitation_page,
            [Typed.load, Invited.load],
            public=True,
        ),
        Page(routes.NO_STUDIO, _("No studio yet"), letters.no_studio_page, public=True),
        *own_pages(),
        *_office_week(),
        *_office_people(),
        *planning_pages(),
        *_office_billing(),
        *_office_by_itself(),
        *_office_messages(),
        *teacher_pages(),
        *portal_pages(),
        _kit(routes.KIT, gallery.page),
        _kit(routes.KIT_PHONE, gallery_phone.page),
        _kit(routes.KIT_PUBLIC, gallery_phone.public_page),
        _kit(routes.KIT_CALENDAR, gallery_calendar.page, on_load=gallery_calendar.WeekState.load),
        Page("/404", _("Not found"), not_found.page, public=True),
    )


def _office_week() -> tuple[Page, ...]:
    """What needs somebody today, and the calendar."""
    calendar_loads = [
        ProposingState.arrive,
        CalendarState.load,
        LessonState.come,
        NewLessonState.come,
    ]
    cover_loads = [CoverState.arrive, CoverState.load, UnansweredState.load]
    board_loads = [
        FiguresState.load,
        NeedsState.load,
        MoneyState.load,
        LanesState.load,
        NewsState.load,
    ]
    return (
        Page(routes.OFFICE, _("Dashboard"), dashboard.page, board_loads),
        Page(routes.INBOX, _("Your inbox"), inbox.office_page, inbox.InboxState.load),
        Page(
            routes.BOOKINGS,
            _("Bookings"),
            bookings.page,
            [bookings.BookingsState.arrive, bookings.BookingsState.load],
        ),
        Page(
            routes.WAITLIST,
            _("Waitlist"),
            waitlist.page,
            [waitlist.WaitlistState.arrive, waitlist.WaitlistState.load],
        ),
        Page(routes.CALENDAR, _("Calendar"), calendar.page, calendar_loads),
        Page(routes.COVER, _("Find cover"), cover.page, cover_loads),
    )


def _office_people() -> tuple[Page, ...]:
    """Who learns, who pays, who teaches; bringing them in; how the studio is set up."""
    student_loads = [
        StudentState.arrive,
        GuardiansState.arrive,
        ConsentsState.arrive,
        StudentState.load,
        GuardiansState.load,
        ConsentsState.load,
        StudentCreditsState.load,
    ]
    adding = AddStudentState.arrive
    file_loads = [FileState.arrive, LeftoversState.arrive, FileState.load]
    file_loads += [OpeningsState.load, LeftoversState.load]
    return (
        Page(routes.STUDENTS, _("Students"), students.page, [adding, students.StudentsState.load]),
        Page(routes.STUDENT, _("Student"), student.page, student_loads),
        Page(routes.FAMILIES, _("Families"), families.page, [adding, families.FamiliesState.load]),
        Page(
            routes.FAMILY, _("Family"), family.page, [adding, FamilyState.arrive, FamilyState.load]
        ),
        Page(
            routes.TEACHERS,
            _("Teachers"),
            teachers.page,
            [TeachersState.arrive, TeachersState.load],
        ),
        Page(routes.IMPORT, _("Import"), files.page, files.FilesState.load),
        *_settings(),
        Page(
            routes.ACCOUNT,
            _("Your account"),
            account.page,
            [AccountState.arrive, AccountState.load],
        ),
        Page(routes.WELCOME, _("Setup guide"), welcome.page, welcome.WelcomeState.load),
        Page(routes.IMPORT_FILE, _("Import"), file.page, file_loads),
    )


def _office_billing() -> tuple[Page, ...]:
    """What is owed, how it came about, and writing it down."""

    def page(path: str, title: str, build: Callable[[], rx.Component], state: Any) -> Page:
        return Page(path, title, build, [state.arrive, state.load])

    return (
        page(routes.BILLING, _("Billing"), owing.page, owing.BillingState),
        page(routes.INVOICE, _("Invoice"), office_invoice.page, office_invoice.InvoiceState),
        Page(routes.BILLING_RUN, _("Billing run"), billing_run.page, billing_run.RunState.load),
        Page(routes.PAYMENTS, _("Payments"), payments.page, payments.PaymentsState.load),
        page(routes.PRICES, _("Prices"), prices.page, prices.PricesState),
        page(routes.PACKAGES, _("Packages"), packages.page, packages.PackagesState),
        page(routes.FAMILY_CREDITS, _("Credits"), family_credits.page, FamilyCreditsState),
        Page(
            routes.BILLING_ENROLMENTS,
            _("Arrangements"),
            enrolments.page,
            enrolments.ArrangementsState.load,
        ),
        page(routes.STATEMENT, _("Statement"), statement.page, statement.StatementState),
    )


def _office_by_itself() -> tuple[Page, ...]:
    """What happens by itself, and what it leaves for people to do."""
    building_loads = [AutomationState.arrive, AutomationState.load, RunsState.load]
    listed, todo = listing.AutomationsState, tasks.TasksState
    return (
        Page(routes.AUTOMATIONS, _("Automations"), listing.page, [listed.arrive, listed.load]),
        Page(routes.AUTOMATION, _("Automation"), building.page, building_loads),
        Page(routes.TASKS, _("Tasks"), tasks.page, [todo.arrive, todo.load]),
    )


def _office_messages() -> tuple[Page, ...]:
    """What was sent, what came back, and writing to many."""
    replies_load = [replies.RepliesState.arrive, replies.RepliesState.load]
    return (
        Page(routes.MESSAGES, _("Messages"), message_log.page, message_log.MessagesState.load),
        Page(routes.REPLIES, _("Answers"), replies.page, replies_load),
        Page(routes.WRITE_TO_MANY, _("Write to many"), writing.page, writing.WritingState.load),
        Page(
            routes.BULK,
            _("Sent to many"),
            bulk_progress.page,
            bulk_progress.BulkProgressState.load,
        ),
    )


def _settings() -> tuple[Page, ...]:
    def page(path: str, build: Callable[[], rx.Component], state: Any) -> Page:
        return Page(path, _("Settings"), build, [state.arrive, state.load])

    studio_loads = [ClockState.arrive, StudioState.arrive, StudioState.load]
    links_load = calendars.CalendarLinksState.load
    message_loads = messages.MessageSettingsState.load
    policy_loads, changes_load = policy.PolicyState.load, changes.ChangesState.load
    return (
        Page(routes.SETTINGS, _("Settings"), studio.page, studio_loads),
        page(routes.SETTINGS_PEOPLE, members.page, members.MembersState),
        Page(routes.SETTINGS_POLICY, _("Settings"), policy.page, policy_loads),
        page(routes.SETTINGS_PLACES, places.page, places.PlacesState),
        page(routes.SETTINGS_LESSONS, lessons.page, lessons.KindsState),
        page(routes.SETTINGS_YEAR, year.page, YearState),
        Page(routes.SETTINGS_CALENDARS, _("Settings"), calendars.page, links_load),
        Page(routes.SETTINGS_MESSAGES, _("Settings"), messages.page, message_loads),
        Page(routes.SETTINGS_TEMPLATE, _("Settings"), template.page, template.TemplateState.load),
        Page(routes.SETTINGS_CHANGES, _("Settings"), changes.page, changes_load),
        page(routes.SETTINGS_JOBS, jobs.page, JobsState),
    )


def loads(page: Page) -> list[Any]:
    """The frame first, so that whoever has no session leaves before anything is asked."""
    frame = [] if page.public else [FrameState.load]
    own = page.on_load if isinstance(page.on_load, list) else [page.on_load]
    return frame + [load for load in own if load is not None]


def _kit(path: str, build: Callable[[], rx.Component], **more: Any) -> Page:
    """A page of the design kit: in the demo and in tests only."""
    return Page(path, _("Design kit"), build, public=True, demo_only=True, **more)


def add_pages(app: rx.App) -> None:
    for page in pages():
        app.add_page(
            page.build,
            route=page.path,
            title=f"{page.title} · Cadenza",
            description=_("Lessons, people and invoices of a music studio, in one place."),
            on_load=loads(page),
        )
