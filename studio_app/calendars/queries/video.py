"""Who makes the studio's meetings, how that stands, and why a lesson meets where it does."""

from dataclasses import dataclass

from sqlmodel import col, select

from studio_app.calendars.access import meetings
from studio_app.calendars.access import video as access
from studio_app.calendars.models import VideoAccount
from studio_app.calendars.rules.video import (
    DEAD_AFTER,
    MENDABLE,
    Provider,
    Why,
    met_instead,
    why_passed_over,
)
from studio_app.identity.access import studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.ids import LessonId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.scheduling.access.lessons import visible
from studio_app.scheduling.models.lessons import Lesson

__all__ = ["Provider"]


@dataclass(frozen=True, slots=True)
class AccountShown:
    """One of those a studio may connect; `place` is when it is asked, from 1, or 0."""

    provider: Provider
    title: str
    place: int = 0
    account: str = ""
    client_id: str = ""
    host: str = ""
    trying: bool = False
    trouble: str = ""
    """What is wrong and what to do about it"""
    worked: str = ""
    """When it last made a meeting, in words"""


@requires(Permission.STUDIO_CONFIGURE)
def video_accounts(work: Work) -> list[AccountShown]:
    """Those that are connected in the order in which they are asked, then the others."""
    known = access.accounts(work)
    shown = [_shown(work, one, place) for place, one in enumerate(known, start=1)]
    there = {one.provider for one in shown}
    others = [one for one in (Provider.ZOOM, Provider.TEAMS) if one not in there]
    return [*shown, *(AccountShown(one, one.title) for one in others)]


@requires(Permission.CALENDAR_VIEW)
def why_it_meets_there(work: Work, lesson_id: LessonId) -> str:
    """“Zoom did not answer. Teams was used.”; empty where it meets as the studio would have it."""
    seen = select(col(Lesson.id)).where(col(Lesson.id) == lesson_id, visible(work))
    meeting = meetings.meeting_of(work, lesson_id)
    if meeting is None or work.session.exec(seen).first() is None:
        return ""
    passed = [(Provider(who), Why(why)) for who, why in meeting.passed_over]
    return " ".join(str(one) for one in met_instead(Provider(meeting.provider), passed))


@requires(Permission.STUDIO_CONFIGURE)
def video_in_trouble(work: Work) -> list[str]:
    """Accounts that somebody has to see to, each in a sentence."""
    found = [(one.provider, Why(one.why)) for one in access.accounts(work) if one.why]
    return [str(why_passed_over(Provider(who), why)) for who, why in found if why in MENDABLE]


def _shown(work: Work, one: VideoAccount, place: int) -> AccountShown:
    provider = Provider(one.provider)
    trying = one.trying_since is not None and one.trying_since > work.now - DEAD_AFTER
    zone, locale = studio_zone(work), work.actor.locale
    return AccountShown(
        provider,
        provider.title,
        place,
        one.account,
        one.client_id,
        one.host,
        trying=trying,
        trouble=str(_trouble(provider, Why(one.why))) if one.why and not trying else "",
        worked=say_when(one.worked_at, zone, locale) if one.worked_at else "",
    )


def _trouble(provider: Provider, why: Why) -> Text:
    """What is wrong, and what somebody in the office may do about it."""
    match why:
        case Why.CREDENTIALS:
            return _(
                "{provider} does not accept these ids and this secret. Copy all three once more "
                "from the app, and see that it is activated.",
                provider=provider.title,
            )
        case Why.PERMISSION:
            return _permission(provider)
        case Why.HOST:
            return _(
                "{provider} does not know the user in whose name meetings are to be made.",
                provider=provider.title,
            )
        case Why.BUSY:
            return _(
                "{provider} has had too many questions and asks to be left alone for a while.",
                provider=provider.title,
            )
        case Why.DOWN | Why.SILENT:
            return _(
                "{provider} did not answer. Try again in a few minutes.", provider=provider.title
            )
        case Why.REFUSED | Why.ODD:
            return _(
                "{provider} answered something that we do not understand.", provider=provider.title
            )


def _permission(provider: Provider) -> Text:
    if provider is Provider.ZOOM:
        return _(
            "Zoom knows the app, and it may not make meetings. Give it the scopes "
            "meeting:write:meeting:admin and meeting:delete:meeting:admin."
        )
    return _(
        "Microsoft knows the app, and it may not make meetings. Give it the permission "
        "OnlineMeetings.ReadWrite.All, and its user an application access policy."
    )
