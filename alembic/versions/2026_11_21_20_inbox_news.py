"""Open pages hear that something came into somebody's inbox, or was read there."""

from alembic import op

revision = "20_inbox_news"
down_revision = "19_automations"

# Told as a word of its own, without an id: every other change of a message is nobody's news, and
# Postgres tells equal payloads of a transaction once.
TELL = """
create function inbox_tell() returns trigger language plpgsql
set search_path = public, pg_temp as $$
begin
  perform pg_notify('changes', concat_ws(' ', new.studio_id, 'inbox'));
  return null;
end $$
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(TELL)
    op.execute(
        "create trigger message_inbox_news after update on message for each row"
        " when (new.channel = 'inbox' and new.status = 'sent' and (new.status, new.read_at)"
        " is distinct from (old.status, old.read_at)) execute function inbox_tell()"
    )
    # What is unread is counted on every page, for every person.
    op.execute(
        "create index message_unread on message (studio_id, contact_id)"
        " where channel = 'inbox' and status = 'sent' and read_at is null"
    )
