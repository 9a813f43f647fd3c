"""A studio's own accounts with those who make meetings: connected, put in order, tried."""

import re
from dataclasses import dataclass

from studio_app.calendars.access import video as access
from studio_app.calendars.commands.claiming import binding
from studio_app.calendars.events import AccountTried
from studio_app.calendars.models import VideoAccount
from studio_app.calendars.rules.video import Provider
from studio_app.kit.access import Permission
from studio_app.kit.errors import Refused
from studio_app.kit.ids import VideoAccountId, new_id
from studio_app.kit.sealing import seal
from studio_app.kit.words import _
from studio_app.kit.work import Work, requires

__all__ = ["NewAccount", "Provider"]
_NAME = re.compile(r"(?=.*[A-Za-z0-9])[A-Za-z0-9._@+~-]{2,200}")
LONGEST_SECRET = 500


class NotConnectable(Refused):
    message = _("Jitsi needs no account: it is always there.")


class NoSuchName(Refused):
    message = _("Ids and addresses have letters, digits and . _ @ + - in them, and nothing else.")


class SecretMissing(Refused):
    message = _("The secret is missing.")


class HostMissing(Refused):
    message = _("Say in whose name Teams makes the meetings: the object ID of a user.")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What an app of the studio's own account is signed in with."""

    account: str
    """Zoom's account id; Microsoft's directory (tenant) id"""
    client_id: str
    secret: str
    """Empty: the one that is kept already"""
    host: str = ""
    """In whose name; empty, with Zoom: each lesson's teacher"""


@requires(Permission.STUDIO_CONFIGURE)
def connect_video(work: Work, provider: Provider, new: NewAccount) -> None:
    """Connect an account, or change it. Whether it works is tried right after."""
    if provider is Provider.JITSI:
        raise NotConnectable
    named = [new.account, new.client_id, *([new.host] if new.host else [])]
    if not all(_NAME.fullmatch(name) for name in named):
        raise NoSuchName
    if provider is Provider.TEAMS and not new.host:
        raise HostMissing
    account = access.account_with(work, provider, lock=True)
    if not new.secret and account is None:
        raise SecretMissing
    account = account or _new(work, provider)
    account.account, account.client_id, account.host = new.account, new.client_id, new.host
    if new.secret:
        account.sealed_secret = seal(new.secret[:LONGEST_SECRET], bound_to=binding(account.id))
    account.why, account.resting_until = None, None
    work.session.add(account)
    work.session.flush()
    try_video(work, provider)


@requires(Permission.STUDIO_CONFIGURE)
def disconnect_video(work: Work, provider: Provider) -> None:
    """Forget the account. Meetings that were made there stay where they are."""
    work.session.delete(access.own_account(work, provider))
    work.session.flush()


@requires(Permission.STUDIO_CONFIGURE)
def prefer_video(work: Work, provider: Provider, *, earlier: bool) -> None:
    """Ask this one before, or after, the one beside it."""
    order = list(access.accounts(work, lock=True))
    at = next((i for i, one in enumerate(order) if one.provider == provider), None)
    beside = None if at is None else at + (-1 if earlier else 1)
    if at is None or beside is None or not 0 <= beside < len(order):
        return
    order[at], order[beside] = order[beside], order[at]
    for rank, one in enumerate(order):
        one.rank = rank
        work.session.add(one)
    work.session.flush()


@requires(Permission.STUDIO_CONFIGURE)
def try_video(work: Work, provider: Provider) -> None:
    """Have a meeting made and removed, outside of this transaction; see how that went later."""
    account = access.own_account(work, provider)
    account.trying_since = work.now
    work.session.add(account)
    work.session.flush()
    work.emit(AccountTried(account.id))


def _new(work: Work, provider: Provider) -> VideoAccount:
    known = access.accounts(work, lock=True)
    rank = max((one.rank for one in known), default=-1) + 1
    return VideoAccount(
        id=VideoAccountId(new_id()),
        created_at=work.now,
        provider=provider,
        rank=rank,
        account="",
        client_id="",
        sealed_secret="",
    )
