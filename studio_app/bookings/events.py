"""What bookings tell the contexts above them."""

from dataclasses import dataclass

from studio_app.kit.ids import (
    BookingId,
    FamilyId,
    FreedId,
    OfferId,
    RolloverId,
    RolloverPlaceId,
    SwapId,
    WaitingId,
)
from studio_app.kit.outbox import Event


@dataclass(frozen=True, slots=True)
class BookingMade(Event):
    """Its time is kept; nothing has been decided."""

    booking_id: BookingId


@dataclass(frozen=True, slots=True)
class BookingReceived(Event):
    """It was looked at and waits for somebody of the studio, for the reason it has."""

    booking_id: BookingId


@dataclass(frozen=True, slots=True)
class BookingDeclined(Event):
    booking_id: BookingId


@dataclass(frozen=True, slots=True)
class BookingExpiring(Event):
    """In a few days its time is given back, unless somebody decides."""

    booking_id: BookingId


@dataclass(frozen=True, slots=True)
class BookingExpired(Event):
    booking_id: BookingId


@dataclass(frozen=True, slots=True)
class BookingWithdrawn(Event):
    """The family took it back before it was decided."""

    booking_id: BookingId


@dataclass(frozen=True, slots=True)
class WaitingEnded(Event):
    """Nobody waits there any more: it was taken back."""

    waiting_id: WaitingId


@dataclass(frozen=True, slots=True)
class SlotOffered(Event):
    offer_id: OfferId


@dataclass(frozen=True, slots=True)
class OfferEnded(Event):
    """Declined, expired or withdrawn: the next may be asked."""

    offer_id: OfferId


@dataclass(frozen=True, slots=True)
class OfferAccepted(Event):
    offer_id: OfferId


@dataclass(frozen=True, slots=True)
class NobodyTookIt(Event):
    """Everybody whom it would suit was asked."""

    freed_id: FreedId


@dataclass(frozen=True, slots=True)
class SwapProposed(Event):
    swap_id: SwapId


@dataclass(frozen=True, slots=True)
class SwapDeclined(Event):
    swap_id: SwapId


@dataclass(frozen=True, slots=True)
class RolloverAsked(Event):
    """Whoever has not answered is asked whether they go on; `again`: reminded.

    `family_id`: only that family.
    """

    rollover_id: RolloverId
    again: bool = False
    family_id: FamilyId | None = None


@dataclass(frozen=True, slots=True)
class RolloverDecided(Event):
    """The studio answered for these places; their families are to know."""

    rollover_id: RolloverId
    place_ids: tuple[RolloverPlaceId, ...]


@dataclass(frozen=True, slots=True)
class RolloverConfirmed(Event):
    """A family said yes for these places; it is to have that in writing."""

    rollover_id: RolloverId
    place_ids: tuple[RolloverPlaceId, ...]


@dataclass(frozen=True, slots=True)
class RolloverDeclined(Event):
    """A lesson that ends with its term does not go on for a student."""

    place_id: RolloverPlaceId
