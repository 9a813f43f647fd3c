"""Whom the handlers serve that plan: hours, booking rules, classes, the printed week."""

from tests.access.roles import MEMBERS, OFFICE, STAFF, Who

_EDITOR = (
    *("arrive", "go_again", "go_away", "load", "look_again", "offer_again", "open", "put_back"),
    *("save", "take_back", "wish", "withdraw"),
)

_RULES = ("arrive", "choose_way", "load", "open", "put_back", "save", "save_kind")

_LAWS = ("arrive", "load", "open", "put_away", "take", "use")
_LAW = (
    *("add_rule", "arrive", "choose", "discard", "drop_rule", "earlier", "load", "open", "paste"),
    *("publish", "set_field", "set_name", "toggle", "try_out"),
)
_CHANGING = ("come", "excuse", "join", "leave", "stay", "unjoin")
_LOOKING = ("arrive", "choose", "load", "look_again", "open", "search")

_MARKING = (
    *("choose", "leave", "load", "look_again", "mark", "mark_day", "mark_one", "take_back"),
    "take_up",
)
_STARTING = ("arrive", "choose", "load", "open", "prepare")
_RUNNING = (
    *("arrive", "ask_after_all", "change", "close", "discard", "leave_out", "load", "look_again"),
    *("no", "of_teacher", "open", "remind", "remind_all", "save_day", "send", "show", "yes"),
)

HANDLERS: dict[str, Who] = {
    "ClassesState.load": STAFF,
    "PrintedWeekState.choose": STAFF,
    "PrintedWeekState.load": STAFF,
    "PrintedWeekState.turn": STAFF,
    **{f"RosterState.{name}": OFFICE for name in _CHANGING},
    **{f"RosterState.{name}": STAFF for name in _LOOKING},
    **{f"UnmarkedState.{name}": OFFICE for name in _MARKING},
    **{f"TeacherLinksState.{name}": OFFICE for name in ("end", "make", "renew")},
    "TeacherLinksState.load": STAFF,
    **{f"BookingRulesState.{name}": OFFICE for name in _RULES},
    **{f"PoliciesState.{name}": OFFICE for name in _LAWS},
    **{f"PolicyRulesState.{name}": OFFICE for name in _LAW},
    "MyPoliciesState.load": MEMBERS,
    "PolicyReplayState.forget": MEMBERS,
    "PolicyReplayState.live_again": OFFICE,
    **{f"RolloversState.{name}": OFFICE for name in _STARTING},
    **{f"RolloverRunState.{name}": OFFICE for name in _RUNNING},
    **{f"MyHoursState.{name}": STAFF for name in _EDITOR},
    **{f"TeacherHoursState.{name}": STAFF for name in _EDITOR},
}
