"""Whom the handlers of the settings' later pages serve."""

from tests.access.roles import MEMBERS, OFFICE, Who

HANDLERS: dict[str, Who] = {
    "JobsState.arrive": OFFICE,
    "JobsState.discard": OFFICE,
    "JobsState.last_page": OFFICE,
    "JobsState.load": OFFICE,
    "JobsState.look_again": OFFICE,
    "JobsState.next_page": OFFICE,
    "JobsState.open": OFFICE,
    "JobsState.retry": OFFICE,
    "JobsState.retry_all": OFFICE,
    "JobsState.run_now": OFFICE,
    "ClockState.again": MEMBERS,
    "ClockState.arrive": MEMBERS,
    "ClockState.change": OFFICE,
    "ClockState.choose": MEMBERS,
    "ClockState.look": OFFICE,
    "ClockState.open": MEMBERS,
    "VideoState.arrive": OFFICE,
    "VideoState.connect": OFFICE,
    "VideoState.disconnect": OFFICE,
    "VideoState.later": OFFICE,
    "VideoState.load": OFFICE,
    "VideoState.look_again": OFFICE,
    "VideoState.open": OFFICE,
    "VideoState.sooner": OFFICE,
    "VideoState.try_it": OFFICE,
}
