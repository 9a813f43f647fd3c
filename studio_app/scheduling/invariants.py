"""Promises about the diary, as SQL that must find no row."""

from studio_app.kit.doctor import Invariant

_TAKES_PLACE = "status not in ('cancelled', 'declined', 'expired')"


def _overlap(who: str, rows: str) -> str:
    """Who is busy when something begins: each beginning against the latest end before it."""
    return f"""
      select 1 from (
        select starts_at, max(ends_at) over (partition by studio_id, {who}
          order by starts_at, ends_at rows between unbounded preceding and 1 preceding)
          as busy_until
        from ({rows}) as taken) as times
      where starts_at < busy_until
    """  # noqa: S608  our own SQL


_TEACHERS = f"select * from lesson where {_TAKES_PLACE}"  # noqa: S608  our own SQL
_ROOMS = f"{_TEACHERS} and room_single_use"
# Seats are looked at through their lesson, not through the copy the constraint stands on.
_STUDENTS = f"""
  select s.studio_id, s.student_id, l.starts_at, l.ends_at
  from seat s join lesson l on l.id = s.lesson_id
  where s.left_at is null and l.{_TAKES_PLACE}
"""  # noqa: S608  our own SQL

_COPIES = """
  select 1 from seat s join lesson l on l.id = s.lesson_id
  where (s.starts_at, s.ends_at, s.blocking) <> (l.starts_at, l.ends_at, l.blocking)
"""

# The days of every rule up to where it was generated, numbered for those that end by count.
_RULE_DAYS = """
  select * from (
    select s.id as series_id, s.studio_id, s.count, s.ended_on, day::date as occurs_on,
      row_number() over (partition by s.id order by day) as nth
    from series s left join term t on t.id = s.term_id, generate_series(
      s.first_on::timestamp,
      least(s.generated_until, s.until_on, t.ends_on)::timestamp, '1 day') as day
    where extract(isodow from day)::smallint = any (s.weekdays)
      and ((date_trunc('week', day)::date - date_trunc('week', s.first_on::timestamp)::date) / 7)
          % s.every_weeks = 0
  ) as days where count is null or nth <= count
"""

_MISSING = f"""
  select 1 from ({_RULE_DAYS}) d
  where (d.ended_on is null or d.occurs_on <= d.ended_on)
    and not exists (select from lesson l
      where l.series_id = d.series_id and l.occurs_on = d.occurs_on)
    and not exists (select from series_exception e
      where e.series_id = d.series_id and e.occurs_on = d.occurs_on)
"""  # noqa: S608  our own SQL

_NOT_OF_THE_RULE = f"""
  select 1 from (
    select studio_id, series_id, occurs_on from lesson where series_id is not null
    union all select e.studio_id, e.series_id, e.occurs_on from series_exception e
      join series s on s.id = e.series_id where e.occurs_on <= s.generated_until) made
  where not exists (select from ({_RULE_DAYS}) d
    where d.series_id = made.series_id and d.occurs_on = made.occurs_on)
"""  # noqa: S608  our own SQL

_TWICE = """
  select 1 from (
    select series_id, occurs_on from lesson where series_id is not null
    union all select series_id, occurs_on from series_exception) made
  group by series_id, occurs_on having count(*) > 1
"""

# A limit that was lowered later is for lessons to be: what was full before may stay so.
_TOO_FULL = f"""
  select 1 from (
    select l.lesson_type_id, l.room_id, array_agg(s.id) as seats
    from lesson l
    join seat s on s.lesson_id = l.id and s.left_at is null
    join lesson_type t on t.id = l.lesson_type_id
    left join room r on r.id = l.room_id
    where l.{_TAKES_PLACE}
    group by l.id, t.capacity, r.max_capacity
    having count(*) > least(t.capacity, r.max_capacity)) as crowded
  where not exists (select from audit_change c
    where c.row_id in (crowded.lesson_type_id, crowded.room_id)
      and c.before is not null and c.after ?| array['capacity', 'max_capacity']
      and c.id > (select max(a.id) from audit_change a where a.row_id = any (crowded.seats)))
"""  # noqa: S608  our own SQL

INVARIANTS = (
    Invariant(
        "I1",
        "No two lessons that take place overlap for a teacher.",
        _overlap("teacher_id", _TEACHERS),
    ),
    Invariant(
        "I1",
        "No two lessons that take place overlap in a room of single use.",
        _overlap("room_id", _ROOMS),
    ),
    Invariant(
        "I1",
        "No two lessons that take place overlap for a student.",
        _overlap("student_id", _STUDENTS),
    ),
    Invariant("I1", "A seat has the time of its lesson.", _COPIES),
    Invariant(
        "I2", "No lesson has more students than there are places, guests counted.", _TOO_FULL
    ),
    Invariant("I11", "Every day of a series has a lesson or a reason why not.", _MISSING),
    Invariant("I11", "A series has no day that its rule does not have.", _NOT_OF_THE_RULE),
    Invariant("I11", "No day of a series is there twice.", _TWICE),
)
