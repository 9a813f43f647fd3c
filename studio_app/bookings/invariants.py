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

_SILENT_AND_CLOSED = """
  select 1 from rollover_place p join rollover r on r.id = p.rollover_id
  where r.state = 'closed' and p.answer is null and not p.left_out
"""

_KEPT_AFTER_A_NO = """
  select 1 from rollover_place p
  join seat s on s.enrolment_id = p.next_id and s.left_at is null
  join lesson l on l.id = s.lesson_id
  where p.answer = 'no' and l.blocking and l.starts_at > p.answered_at
    and l.starts_at > now()
"""

_GONE_WHILE_ASKED = """
  select 1 from rollover_place p join rollover r on r.id = p.rollover_id
  join rollover_lesson w on w.id = p.lesson_id
  where r.state <> 'prepared' and not p.left_out and not w.goes_on
    and (w.next_id is null or p.next_id is null)
"""

INVARIANTS = (
    Invariant("I1", "What a calendar has as asked for was booked.", _ASKED_FOR_BY_NOBODY),
    Invariant("I1", "What waits to be decided keeps its time.", _HELD_FOR_NOBODY),
    Invariant("I1", "Who accepted an offer has a booking.", _TAKEN_WITHOUT_A_BOOKING),
    Invariant("I1", "Nobody is asked about what is settled.", _SETTLED_WHILE_ASKING),
    Invariant("I1", "Who was silent when a run was closed was decided for.", _SILENT_AND_CLOSED),
    Invariant("I1", "What was declined for the next term keeps no time.", _KEPT_AFTER_A_NO),
    Invariant("I1", "Whoever is asked about the next term has a time held.", _GONE_WHILE_ASKED),
)
