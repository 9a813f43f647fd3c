"""What must hold of messages, whoever wrote them: SQL that must return no row."""

from studio_app.kit.doctor import Invariant

# Recomputed in SQL from the quiet hours that were in force, apart from the rule in Python.
_SENT_AT_NIGHT = """
select m.id from message m
cross join unnest(m.quiet) as window_(said)
cross join lateral (select split_part(said, '-', 1)::time as begins,
  split_part(said, '-', 2)::time as ends, (m.sent_at at time zone m.zone)::time as clock) as night
where m.sent_at is not null and not m.urgent and m.channel <> 'inbox' and begins <> ends
  and case when begins < ends then clock >= begins and clock < ends
    else clock >= begins or clock < ends end
"""

INVARIANTS = (
    Invariant("I12", "No message leaves in quiet hours unless it is urgent.", _SENT_AT_NIGHT),
    Invariant(
        "I12",
        "Each message has a key of its own, and is sent once.",
        "select 1 from message where dedupe_key = '' or (sent_at is not null and attempts < 1)",
    ),
    Invariant(
        "M7",
        "No text leaves before it was allowed.",
        """
        select m.id from message m
        where m.channel = 'text' and m.sent_at is not null and m.kind not like 'reply%'
          and not exists (select from consent c where c.contact_id = m.contact_id
            and c.channel = 'text' and c.given and c.address = m.address
            and c.recorded_at <= m.sent_at)
        """,
    ),
)
