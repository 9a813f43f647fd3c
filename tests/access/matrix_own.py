"""Whom the handlers serve that are about messages to oneself, and from oneself."""

from tests.access.roles import ANYBODY, MEMBERS, STAFF, Who

OWN_HANDLERS: dict[str, Who] = {
    "FrameState.count_unread": MEMBERS,
    "HomeState.confirm": MEMBERS,
    "HomeState.unconfirm": MEMBERS,
    "InboxState.load": MEMBERS,
    "InboxState.look_again": MEMBERS,
    "InboxState.open": MEMBERS,
    "InboxState.read_all": MEMBERS,
    "InboxState.show_more": MEMBERS,
    "MyMessagesState.agree": MEMBERS,
    "MyMessagesState.choose": MEMBERS,
    "MyMessagesState.end_device": MEMBERS,
    "MyMessagesState.keep_quiet": MEMBERS,
    "MyMessagesState.load": MEMBERS,
    "MyMessagesState.look_again": MEMBERS,
    "MyMessagesState.try_out": MEMBERS,
    "MyMessagesState.withdraw": MEMBERS,
    "MyWeekState.come": STAFF,
    "ScheduleState.come": MEMBERS,
    "ScheduleState.confirm": MEMBERS,
    "ScheduleState.unconfirm": MEMBERS,
    "TodayState.say_late": STAFF,
    "UnsubscribeState.load": ANYBODY,
    "UnsubscribeState.resume": ANYBODY,
    "UnsubscribeState.stop": ANYBODY,
}
