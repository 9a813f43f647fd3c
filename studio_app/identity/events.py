from dataclasses import dataclass
from uuid import UUID

from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class SignInLinkAsked(Event):
    link_id: UUID


@dataclass(frozen=True, slots=True)
class InvitationSent(Event):
    invitation_id: UUID
