"""Messages: whom each handler of their pages serves, and which route answers whom."""

from tests.access.roles import MEMBERS, OFFICE, Who

HANDLERS: dict[str, Who] = {
    "FrameState.count_messages": MEMBERS,
    "MessagesState.choose_kind": OFFICE,
    "MessagesState.choose_way": OFFICE,
    "MessagesState.close": OFFICE,
    "MessagesState.last_page": OFFICE,
    "MessagesState.load": OFFICE,
    "MessagesState.look_again": OFFICE,
    "MessagesState.look_at": OFFICE,
    "MessagesState.look_at_again": OFFICE,
    "MessagesState.narrow": OFFICE,
    "MessagesState.next_page": OFFICE,
    "MessagesState.search": OFFICE,
    "MessagesState.see_to": OFFICE,
    "MessagesState.send_again": OFFICE,
    "RepliesState.answer": OFFICE,
    "RepliesState.arrive": OFFICE,
    "RepliesState.last_page": OFFICE,
    "RepliesState.load": OFFICE,
    "RepliesState.look_again": OFFICE,
    "RepliesState.mark_read": OFFICE,
    "RepliesState.mark_unread": OFFICE,
    "RepliesState.next_page": OFFICE,
    "RepliesState.open": OFFICE,
}
ROUTES: dict[str, Who] = {}
