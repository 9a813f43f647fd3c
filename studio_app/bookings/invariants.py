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

INVARIANTS = (
    Invariant("I1", "What a calendar has as asked for was booked.", _ASKED_FOR_BY_NOBODY),
    Invariant("I1", "What waits to be decided keeps its time.", _HELD_FOR_NOBODY),
)
