"""Why a lesson is where something speaks against it, and whether a student is elsewhere then."""

import sqlalchemy as sa

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO

revision = "22_despite"
down_revision = "21_availability"

# Who is the same: the account they sign in with, or a guardian in common and the first name.
# It answers for students of one's own studio only, and says nothing but the time.
ELSEWHERE = f"""
create function busy_elsewhere(students uuid[], begins timestamptz, ends timestamptz)
returns table (student_id uuid, starts_at timestamptz, ends_at timestamptz)
stable security definer language sql set search_path = public, pg_temp as $$
  with same as (
    select here.id, there.id as other from student here
      join student there on there.person_id = here.person_id
      where here.studio_id = {CURRENT_STUDIO} and here.id = any(students)
        and there.studio_id <> here.studio_id
    union
    select here.id, there.id from student here
      join guardianship mine on mine.student_id = here.id
      join guardian one on one.id = mine.guardian_id
      join guardian other on other.person_id = one.person_id and other.studio_id <> one.studio_id
      join guardianship theirs on theirs.guardian_id = other.id
      join student there on there.id = theirs.student_id
        and lower(there.first_name) = lower(here.first_name)
      where here.studio_id = {CURRENT_STUDIO} and here.id = any(students)
  )
  select same.id, seat.starts_at, seat.ends_at from same
    join seat on seat.student_id = same.other
    where seat.blocking and seat.left_at is null and seat.starts_at < ends and seat.ends_at > begins
$$
"""
SIGNATURE = "busy_elsewhere(uuid[], timestamptz, timestamptz)"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.add_column("lesson", sa.Column("despite", sa.String(), server_default="", nullable=False))
    op.execute(ELSEWHERE)
    op.execute(f"revoke all on function {SIGNATURE} from public")
    op.execute(f"grant execute on function {SIGNATURE} to {APP_ROLE}")
