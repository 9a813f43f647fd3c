"""Whom the handlers of one's own messages serve: everybody, for themselves."""

from tests.access.roles import ANYBODY, MEMBERS, Who

OWN_HANDLERS: dict[str, Who] = {
    "FrameState.count_unread": MEMBERS,
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
    "UnsubscribeState.load": ANYBODY,
    "UnsubscribeState.resume": ANYBODY,
    "UnsubscribeState.stop": ANYBODY,
}
