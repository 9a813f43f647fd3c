"""The studio's own accounts with those who make online meetings, and how they are doing.

A secret goes in and never comes out: no route answers it.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Body
from pydantic import Field

from studio_app.calendars.commands.video import (
    LONGEST_SECRET,
    NewAccount,
    Provider,
    connect_video,
    disconnect_video,
    prefer_video,
    try_video,
)
from studio_app.calendars.queries.video import AccountShown, video_accounts
from studio_app.web.api.caller import Asking

router = APIRouter(prefix="/api/v1", tags=["video"])


@dataclass(frozen=True, slots=True)
class Account:
    """`account` is Zoom's account id or Microsoft's tenant id. Without a `secret` the one that is
    kept stays; `host` is in whose name meetings are made."""

    account: str
    client_id: str
    secret: Annotated[str, Field(max_length=LONGEST_SECRET)] = ""
    host: str = ""


@router.get("/video-accounts")
def list_accounts(asking: Asking) -> list[AccountShown]:
    """Zoom and Teams: what is connected in the order in which it is asked (`place`), then the
    others. `trouble` says what is wrong and what to do about it."""
    return asking.run(video_accounts)


@router.put("/video-accounts/{provider}", status_code=204)
def connect(asking: Asking, provider: Provider, account: Account) -> None:
    """Connects it or changes it; whether it works is tried right after. 422 for Jitsi, which
    needs no account."""
    new = NewAccount(account.account, account.client_id, account.secret, account.host)
    asking.run(connect_video, provider, new)


@router.delete("/video-accounts/{provider}", status_code=204)
def disconnect(asking: Asking, provider: Provider) -> None:
    """Forgets the account with its secret. Meetings that were made there stay."""
    asking.run(disconnect_video, provider)


@router.post("/video-accounts/{provider}/prefer", status_code=204)
def prefer(asking: Asking, provider: Provider, earlier: Annotated[bool, Body(embed=True)]) -> None:
    """Asks it before the one in front of it, or after the one behind."""
    asking.run(prefer_video, provider, earlier=earlier)


@router.post("/video-accounts/{provider}/try", status_code=202)
def try_out(asking: Asking, provider: Provider) -> None:
    """Has a meeting made and removed; while `trying` is true it is not known how that went."""
    asking.run(try_video, provider)
