"""Asking for a meeting: who is next, and what became of it. The asking itself is between them.

At most once: the row that says who is asked is committed before the provider hears of it, and
stands against asking the same one again for that lesson at that time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from studio_app.calendars.access import meetings as access
from studio_app.calendars.access import video
from studio_app.calendars.access.meetings import Homeless
from studio_app.calendars.commands.meetings import leave, meet, meet_on_jitsi
from studio_app.calendars.models import MeetingRequest, VideoAccount
from studio_app.calendars.rules.video import (
    DEAD_AFTER,
    Choice,
    Provider,
    RequestState,
    Standing,
    Why,
    next_to_ask,
    rest_after,
)
from studio_app.calendars.video_line import Credentials, Declined, Doubtful, Room, Wanted
from studio_app.identity.access import studio
from studio_app.kit.ids import LessonId, MeetingRequestId, VideoAccountId
from studio_app.kit.sealing import Sealed, unseal
from studio_app.kit.work import Work

OWN_HOST = "me"
"""Zoom: whoever the app belongs to"""
LONGEST_REST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Errand:
    """One provider is to be asked for one meeting."""

    request_id: MeetingRequestId
    lesson_id: LessonId
    provider: Provider
    credentials: Credentials | None
    """None: what is kept cannot be opened any more"""
    wanted: Wanted
    passed_over: tuple[tuple[Provider, Why], ...]


def claim(work: Work, lesson_id: LessonId) -> Errand | None:
    """Whom to ask now; None: it meets somewhere, or somebody else is asking."""
    if not access.lessons_without(work, lesson_id):  # waits for whoever is at it
        return None
    found = access.lessons_without(work, lesson_id)  # and sees what they did meanwhile
    if not found:
        return None
    lesson, accounts = found[0], video.accounts(work)
    asked = _settled(work, video.asked_for(work, lesson_id, lesson.starts_at))
    if asked is None:
        return None
    choice = next_to_ask([_standing(one) for one in accounts], asked, work.now)
    if choice.provider is Provider.JITSI:
        meet_on_jitsi(work, lesson, choice.passed_over)
        return None
    account = next(one for one in accounts if one.provider == choice.provider)
    return _errand(work, lesson, account, choice)


def note(work: Work, errand: Errand, outcome: Room | Declined) -> None:
    """Write down what became of it. What came too late is left again."""
    found = access.lessons_without(work, errand.lesson_id)
    request = video.request(work, errand.request_id)
    if request is None:
        return
    in_time = request.state == RequestState.ASKING
    if isinstance(outcome, Room):
        request.provider_id, request.state = outcome.provider_id, RequestState.MADE
        wanted = [one for one in found if in_time and one.starts_at == request.made_for]
        for lesson in wanted:
            passed = errand.passed_over
            meet(
                work,
                lesson,
                errand.provider,
                outcome.url,
                request_id=request.id,
                passed_over=passed,
            )
        if not wanted:
            leave(work, [request])
    elif in_time:
        doubt = isinstance(outcome, Doubtful)
        request.state = RequestState.DOUBTFUL if doubt else RequestState.REFUSED
        request.why = outcome.why
    request.ended_at = work.now
    work.session.add(request)
    account = video.account_with(work, request.provider, lock=True)
    if account:
        stand(work, account, outcome)


def stand(work: Work, account: VideoAccount, outcome: object) -> None:
    """How an account stands after it was asked something."""
    if isinstance(outcome, Declined):
        rest = rest_after(outcome.why, outcome.after)
        account.why = outcome.why
        account.resting_until = work.now + min(rest, LONGEST_REST) if rest else None
    else:
        account.why, account.resting_until, account.worked_at = None, None, work.now
    work.session.add(account)
    work.session.flush()


def credentials_of(account: VideoAccount, host: str) -> Credentials | None:
    try:
        secret = unseal(account.sealed_secret, bound_to=binding(account.id))
    except Sealed:
        return None
    return Credentials(account.account, account.client_id, secret, host)


def binding(account_id: VideoAccountId) -> str:
    return f"video account {account_id}"


def _settled(work: Work, asked: Sequence[MeetingRequest]) -> dict[Provider, Why] | None:
    """Why each of them made none; None: one is being asked right now."""
    for one in asked:
        if one.state == RequestState.ASKING and one.asked_at > work.now - DEAD_AFTER:
            return None
    leave(work, [one for one in asked if one.state == RequestState.MADE])
    for one in asked:
        if one.state == RequestState.ASKING:  # whoever asked is not there any more
            one.state, one.why, one.ended_at = RequestState.DOUBTFUL, Why.SILENT, work.now
            work.session.add(one)
    work.session.flush()
    return {
        Provider(one.provider): Why(one.why or Why.SILENT)
        for one in asked
        if one.state != RequestState.LEFT
    }


def _errand(work: Work, lesson: Homeless, account: VideoAccount, choice: Choice) -> Errand:
    request = MeetingRequest(
        lesson_id=lesson.lesson_id,
        provider=choice.provider,
        made_for=lesson.starts_at,
        state=RequestState.ASKING,
        asked_at=work.now,
        created_at=work.now,
    )
    work.session.add(request)
    work.session.flush()
    zone = studio(work).timezone
    return Errand(
        request.id,
        lesson.lesson_id,
        choice.provider,
        credentials_of(account, account.host or lesson.teacher_address or OWN_HOST),
        Wanted(lesson.lesson_type, lesson.starts_at, lesson.ends_at, zone),
        choice.passed_over,
    )


def _standing(account: VideoAccount) -> Standing:
    why = Why(account.why) if account.why else None
    return Standing(Provider(account.provider), account.resting_until, why)
