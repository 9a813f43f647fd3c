"""Talking to those who make meetings, outside of any transaction."""

import logging
from datetime import timedelta
from types import ModuleType

from sqlalchemy import Engine

from studio_app.calendars import teams_gateway, zoom_gateway
from studio_app.calendars.access import video
from studio_app.calendars.commands.claiming import (
    OWN_HOST,
    claim,
    credentials_of,
    note,
    stand,
)
from studio_app.calendars.events import AccountTried, MeetingDue, MeetingLeft
from studio_app.calendars.models import VideoAccount
from studio_app.calendars.rules.video import Provider, RequestState, Why
from studio_app.calendars.video_line import Credentials, Declined, Room, Wanted
from studio_app.identity.access import studio
from studio_app.kit.access import Actor
from studio_app.kit.outbox import outside
from studio_app.kit.work import Work, open_work

log = logging.getLogger(__name__)
_GATEWAYS: dict[Provider, ModuleType] = {
    Provider.ZOOM: zoom_gateway,
    Provider.TEAMS: teams_gateway,
}
_TRIAL_IN, _TRIAL_LASTS = timedelta(days=1), timedelta(minutes=30)


@outside
def ask_for_meeting(engine: Engine, actor: Actor, event: MeetingDue) -> None:
    """One provider after the other, in the studio's order, until the lesson meets somewhere."""
    for _each in Provider:
        with open_work(engine, actor, ask_for_meeting) as work:
            errand = claim(work, event.lesson_id)
        if errand is None:
            return
        outcome = _asked(errand.provider, errand.credentials, errand.wanted)
        with open_work(engine, actor, ask_for_meeting) as work:
            note(work, errand, outcome)


@outside
def remove_left_meeting(engine: Engine, actor: Actor, event: MeetingLeft) -> None:
    """What cannot be removed now is tried again by the clock, until its time is over."""
    with open_work(engine, actor, remove_left_meeting) as work:
        found = _to_remove(work, event)
    if found is None:
        return
    provider, credentials, name = found
    outcome: Declined | None = None
    try:
        _GATEWAYS[provider].remove_meeting(credentials, name)
    except Declined as declined:
        outcome = declined
        log.warning("%s keeps a meeting: %s %s", provider, declined.why, declined.detail)
    with open_work(engine, actor, remove_left_meeting) as work:
        request = video.request(work, event.request_id)
        account = video.account_with(work, provider, lock=True)
        if outcome and account:
            stand(work, account, outcome)
        if request and outcome is None:
            request.state, request.ended_at = RequestState.REMOVED, work.now
            work.session.add(request)


@outside
def try_account(engine: Engine, actor: Actor, event: AccountTried) -> None:
    """Make a meeting for tomorrow and remove it again; how that went stands with the account."""
    with open_work(engine, actor, try_account) as work:
        account = work.session.get(VideoAccount, event.account_id)
        if account is None:
            return
        provider = Provider(account.provider)
        credentials = credentials_of(account, account.host or OWN_HOST)
        starts_at = (work.now + _TRIAL_IN).replace(minute=0, second=0, microsecond=0)
        zone = studio(work).timezone
        wanted = Wanted("Cadenza", starts_at, starts_at + _TRIAL_LASTS, zone)
    outcome = _asked(provider, credentials, wanted)
    if isinstance(outcome, Room) and credentials:
        try:
            _GATEWAYS[provider].remove_meeting(credentials, outcome.provider_id)
        except Declined as declined:
            outcome = declined
    with open_work(engine, actor, try_account) as work:
        account = video.account_with(work, provider, lock=True)
        if account:
            account.trying_since = None
            stand(work, account, outcome)


def _asked(provider: Provider, who: Credentials | None, wanted: Wanted) -> Room | Declined:
    if who is None:
        return Declined(Why.CREDENTIALS, "what is kept cannot be opened")
    try:
        return _GATEWAYS[provider].make_meeting(who, wanted)
    except Declined as declined:
        log.warning("%s made no meeting: %s %s", provider, declined.why, declined.detail)
        return declined


def _to_remove(work: Work, event: MeetingLeft) -> tuple[Provider, Credentials, str] | None:
    request = video.request(work, event.request_id)
    if request is None or request.state != RequestState.LEFT:
        return None
    account = video.account_with(work, Provider(request.provider))
    credentials = credentials_of(account, account.host) if account else None
    if account is None or credentials is None or not request.provider_id:
        request.state = RequestState.LOST
        work.session.add(request)
        return None
    if account.resting_until is not None and account.resting_until > work.now:
        return None
    return Provider(request.provider), credentials, request.provider_id
