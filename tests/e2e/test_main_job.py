"""The main job, end to end: from another program's export to a family that has paid.

An owner signs up and brings 120 rows in, the week stands on the calendar, a teacher marks a
lesson, the month is billed, a parent sees what is owed and why, and the payment settles it.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from playwright.sync_api import Locator, Page, expect
from sqlmodel import Session, col, select

from studio_app.identity.commands.members import invite
from studio_app.identity.models import Membership, Person
from studio_app.identity.secrets import INVITATION, token_about
from studio_app.imports.queries.leftovers import ProposalRow, series_proposals
from studio_app.kit.access import Actor, Role
from studio_app.kit.clock import utc_now
from studio_app.kit.ids import BatchId, GuardianId
from studio_app.kit.work import run
from studio_app.people.queries.students import student_card
from studio_app.scheduling.commands.lesson_types import LessonTypeDetails, add_lesson_type
from studio_app.scheduling.commands.lessons import NewLesson, schedule_lesson
from studio_app.web import routes
from tests.e2e.conftest import Site
from tests.e2e.looking import settle, violations

EXPORT = Path(__file__).parents[1] / "imports" / "samples" / "my_music_staff.csv"
OWNER = "harriet@example.org"


@dataclass(frozen=True)
class Family:
    """One student of the file, whose lesson is held, billed and paid here."""

    proposal: ProposalRow
    guardian_id: GuardianId
    parent: str
    email: str
    surname: str


def test_a_studio_comes_in_with_its_export_and_is_paid(site: Site, page: Page, phone: Page) -> None:
    _signs_up(page)
    owner = _owner(site)
    batch_id = _brings_the_export_in(page)
    family = _family_with_a_lesson_today(site, owner, batch_id)
    _puts_the_week_on_the_calendar(page, batch_id, family)
    _teacher_marks_with_one_tap(phone, site, owner, family)
    _bills_the_month(page, family)
    _parent_sees_what_is_owed_and_why(phone, site, owner, family)
    _records_the_payment_with_two_taps(page, family)
    _parent_sees_that_it_is_settled(phone)


def _signs_up(page: Page) -> None:
    _open(page, routes.SIGN_UP)
    page.get_by_label("Your name").fill("Harriet Hall")
    page.get_by_label("E-mail").fill(OWNER)
    page.get_by_label("Password").fill("violet kettle harbour")
    page.get_by_label("Name of the studio").fill("Harbour Music")
    page.get_by_label("Country").select_option("GB")
    page.get_by_label("Currency").select_option("GBP")
    page.get_by_label("Timezone").select_option("Europe/London")
    page.get_by_role("button", name="Start your studio").click()
    page.wait_for_url(f"**{routes.WELCOME}")
    settle(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _owner(site: Site) -> Actor:
    query = select(Membership).join(Person, col(Person.id) == Membership.person_id)
    with Session(site.database.owner) as session:
        found = session.exec(query.where(Person.email == OWNER)).one()
    return Actor.of(found.person_id, found.studio_id, Role.OWNER)


def _brings_the_export_in(page: Page) -> BatchId:
    """Upload, look at what would happen, apply."""
    _open(page, routes.IMPORT)
    page.locator("input[type=file]").set_input_files(EXPORT)
    page.wait_for_url("**/office/import/*-*")
    groups = page.get_by_role("group", name="Groups")
    expect(groups).to_be_visible(timeout=20_000)
    told = page.get_by_text("students are added").inner_text()
    counts = [
        int(chip.rsplit(maxsplit=1)[-1]) for chip in groups.locator("button").all_inner_texts()
    ]
    assert counts[0] == 120 == sum(counts[1:])
    added = int(told.split()[0])
    assert 0 < added <= 120
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_role("heading", name="Weekly lessons found in the file")).to_be_visible(
        timeout=20_000
    )
    return BatchId(UUID(page.url.rsplit("/", 1)[-1]))


def _family_with_a_lesson_today(site: Site, owner: Actor, batch_id: BatchId) -> Family:
    """A lesson that is just over, for a child whose weekly one is on another day.

    It is in the diary before the proposals are confirmed, so that those it stands in the way of
    wait for a decision, on whatever day and at whatever hour this runs.
    """
    database = site.database.app
    began = utc_now() - timedelta(minutes=40)
    for proposal in run(database, owner, series_proposals, batch_id):
        card = run(database, owner, student_card, proposal.student_id)
        payer = next((one for one in card.guardians if one.pays and one.email), None)
        if (
            not payer
            or not proposal.price
            or proposal.conflicts
            or proposal.weekday == began.isoweekday()
        ):
            continue
        kind = run(database, owner, add_lesson_type, LessonTypeDetails("Trial", 30))
        who = (proposal.student_id,)
        wish = NewLesson(proposal.teacher_id, kind, starts_at=began, student_ids=who)
        run(database, owner, schedule_lesson, wish)
        return Family(proposal, payer.id, payer.name, payer.email, card.family)
    raise AssertionError("the export has a family with a parent and a free weekly lesson")


def _puts_the_week_on_the_calendar(page: Page, batch_id: BatchId, family: Family) -> None:
    _open(page, routes.filled(routes.IMPORT_FILE, batch_id=batch_id))
    buttons = page.get_by_role("button", name="Put on the calendar")
    waiting = buttons.count()
    page.get_by_role("button", name="Put all free ones on the calendar").click()
    notice = page.locator(".notice")
    expect(notice).to_contain_text("on the calendar", timeout=20_000)
    confirmed = int(notice.inner_text().split()[0])
    assert confirmed > 0
    expect(buttons).to_have_count(waiting - confirmed)

    _open(page, f"{routes.CALENDAR}?date={family.proposal.first_on}")
    lesson = page.locator("[data-eid]", has_text=family.proposal.student)
    expect(lesson.first).to_be_visible()


def _joins(
    phone: Page, site: Site, owner: Actor, role: Role, email: str, name: str, **who: Any
) -> None:
    """Open the link of an invitation on the phone and accept it."""
    invitation_id = run(site.database.app, owner, invite, email, role, **who)
    phone.context.clear_cookies()
    _open(phone, f"{routes.INVITATION}?token={token_about(INVITATION, invitation_id)}")
    phone.get_by_label("Your name").fill(name)
    phone.get_by_role("button", name="Join").tap()


def _teacher_marks_with_one_tap(phone: Page, site: Site, owner: Actor, family: Family) -> None:
    teacher_id, name = family.proposal.teacher_id, family.proposal.teacher
    _joins(phone, site, owner, Role.TEACHER, "teacher@example.org", name, teacher_id=teacher_id)
    phone.wait_for_url(f"**{routes.TODAY}")
    settle(phone)
    group = phone.get_by_role("radiogroup", name=f"Attendance of {family.proposal.student}").first
    present = group.get_by_role("radio", name="Present")
    assert _is_wide_enough(present)
    present.tap()
    expect(present).to_have_attribute("aria-checked", "true")
    expect(phone.locator(".notice")).to_contain_text("Present")
    assert violations(phone) == []


def _bills_the_month(page: Page, family: Family) -> None:
    """Everything not decided is left for later; then written and sent."""
    _open(page, routes.BILLING_RUN)
    row = page.get_by_role("row", name=family.surname)
    expect(row).to_contain_text(family.proposal.price)
    others = page.get_by_role("button", name="Other marks for")
    while waiting := others.count():
        others.first.click()
        page.get_by_role("menuitem", name="Leave for later").click()
        expect(others).to_have_count(waiting - 1)
    later = page.get_by_role("button", name="Leave for later")
    while waiting := later.count():
        later.first.click()
        expect(later).to_have_count(waiting - 1)
    page.get_by_role("button", name="Write and send").click()
    expect(page.get_by_role("link", name="To the invoices")).to_be_visible()


def _parent_sees_what_is_owed_and_why(
    phone: Page, site: Site, owner: Actor, family: Family
) -> None:
    parent = {"email": family.email, "name": family.parent, "guardian_id": family.guardian_id}
    _joins(phone, site, owner, Role.GUARDIAN, **parent)
    phone.wait_for_url(f"**{routes.PORTAL}")
    settle(phone)
    lesson = phone.locator(".card--now")
    expect(lesson).to_contain_text("Next lesson")
    expect(lesson.locator(".date-tile")).to_contain_text(str(family.proposal.first_on.day))
    expect(phone.get_by_text("Balance to pay")).to_be_visible()
    expect(phone.locator(".figure-lg")).to_have_text(family.proposal.price)
    assert violations(phone) == []

    phone.get_by_role("link", name="See the invoice").tap()
    phone.wait_for_url("**/portal/invoices/*")
    phone.get_by_text("How was this total computed?").tap()
    expect(phone.get_by_text("Computed anew just now: it matches.")).to_be_visible()
    expect(phone.locator(".audit")).to_contain_text(family.proposal.price)
    assert violations(phone) == []


def _records_the_payment_with_two_taps(page: Page, family: Family) -> None:
    _open(page, routes.BILLING)
    row = page.get_by_role("row", name=family.surname).filter(has_text="Record payment")
    row.get_by_role("button", name="Record payment").click()
    amount = page.get_by_role("dialog").get_by_label("Amount")
    expect(amount).to_have_value(family.proposal.price.removeprefix("£"))
    page.get_by_role("button", name="Record it").click()
    expect(page.locator(".notice")).to_contain_text(
        f"{family.proposal.price} from {family.surname}"
    )
    expect(row).to_have_count(0)


def _parent_sees_that_it_is_settled(phone: Page) -> None:
    _open(phone, routes.PORTAL)
    expect(phone.get_by_text("Everything is paid.")).to_be_visible()
    expect(phone.get_by_text("Balance to pay")).to_have_count(0)


def _open(page: Page, path: str) -> None:
    page.goto(path)
    settle(page)


def _is_wide_enough(target: Locator) -> bool:
    """Big enough for a thumb."""
    box = target.bounding_box()
    return box is not None and min(box["width"], box["height"]) >= 44
