"""Promises about bookings, as SQL that must find no row."""

from studio_app.kit.doctor import Invariant

_ASKED_FOR_BY_NOBODY = """
  select 1 from lesson l where l.status = 'requested'
    and not exists (select from booking b where b.lesson_id = l.id)
"""

# Subscribers follow what the calendar decided within moments; a day is more than they take.
_HELD_FOR_NOBODY = """
  select 1 from booking b join lesson l on l.id = b.lesson_id
  where b.state = 'requested' and b.settled_at < now() - interval '1 day' and not l.blocking
"""

_TAKEN_WITHOUT_A_BOOKING = """
  select 1 from offer o where (o.state = 'accepted') <> (o.booking_id is not null)
"""

_SETTLED_WHILE_ASKING = """
  select 1 from offer o join freed f on f.id = o.freed_id
  where o.decided_at is null and f.settled_at is not null
"""

INVARIANTS = (
    Invariant("I1", "What a calendar has as asked for was booked.", _ASKED_FOR_BY_NOBODY),
    Invariant("I1", "What waits to be decided keeps its time.", _HELD_FOR_NOBODY),
    Invariant("I1", "Who accepted an offer has a booking.", _TAKEN_WITHOUT_A_BOOKING),
    Invariant("I1", "Nobody is asked about what is settled.", _SETTLED_WHILE_ASKING),
)
