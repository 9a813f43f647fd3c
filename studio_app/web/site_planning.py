"""The pages on which the office plans and looks back: classes, hours, booking, video, the week on
paper, lessons without a mark."""

from studio_app.web import routes
from studio_app.web.office import teacher_hours, unmarked
from studio_app.web.office.calendar import printing
from studio_app.web.office.classes import listing, roster
from studio_app.web.office.classes.roster_state import RosterState
from studio_app.web.office.rollover import listing as turning
from studio_app.web.office.rollover import run
from studio_app.web.office.rollover.listing import RolloversState
from studio_app.web.office.rollover.run_state import RolloverRunState
from studio_app.web.office.settings import booking, video
from studio_app.web.office.settings.booking_state import BookingRulesState
from studio_app.web.office.settings.policies import editor
from studio_app.web.office.settings.policies import listing as policies
from studio_app.web.office.settings.policies.editor_state import PolicyRulesState
from studio_app.web.office.settings.policies.listing import PoliciesState
from studio_app.web.office.settings.policies.replaying import PolicyReplayState
from studio_app.web.office.settings.video_state import VideoState
from studio_app.web.office.teacher_hours import TeacherHoursState
from studio_app.web.page import Page
from studio_app.web.words import _


def planning_pages() -> tuple[Page, ...]:
    hours, rules, calls = TeacherHoursState, BookingRulesState, VideoState
    turns, turn = RolloversState, RolloverRunState
    laws, law = PoliciesState, PolicyRulesState
    law_loads = [PolicyReplayState.forget, law.arrive, law.load]
    missing = unmarked.UnmarkedState.load
    hours_loads = [hours.arrive, hours.load, teacher_hours.TeacherLinksState.load]
    paper = printing.PrintedWeekState.load
    return (
        Page(routes.CLASSES, _("Classes"), listing.page, listing.ClassesState.load),
        Page(routes.CLASS, _("Class"), roster.page, [RosterState.arrive, RosterState.load]),
        Page(routes.ROLLOVERS, _("The next term"), turning.page, [turns.arrive, turns.load]),
        Page(routes.ROLLOVER, _("Who goes on"), run.page, [turn.arrive, turn.load]),
        Page(routes.TEACHER_HOURS, _("Hours"), teacher_hours.page, hours_loads),
        Page(routes.SETTINGS_BOOKING, _("Settings"), booking.page, [rules.arrive, rules.load]),
        Page(routes.SETTINGS_POLICIES, _("Settings"), policies.page, [laws.arrive, laws.load]),
        Page(routes.SETTINGS_POLICY_RULES, _("Settings"), editor.page, law_loads),
        Page(routes.UNMARKED, _("Unmarked lessons"), unmarked.page, missing),
        Page(routes.SETTINGS_VIDEO, _("Settings"), video.page, [calls.arrive, calls.load]),
        Page(routes.PRINTED_WEEK, _("The week on paper"), printing.page, paper),
    )
