"""Open pages hear that something was posted to the books, which no audit trigger tells them."""

from alembic import op

revision = "15_ledger_news"
down_revision = "14_focus"

# Once for each statement, and Postgres tells equal payloads of a transaction once: a page asks
# for everything anew whichever row it was. Without a studio it is maintenance by the owner.
TELL = """
create function ledger_tell() returns trigger language plpgsql
set search_path = public, pg_temp as $$
declare studio text := nullif(current_setting('app.studio_id', true), '');
begin
  if studio is not null then
    perform pg_notify('changes', concat_ws(' ', studio, tg_table_name));
  end if;
  return null;
end $$
"""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    op.execute(TELL)
    op.execute(
        "create trigger ledger_transaction_news after insert on ledger_transaction "
        "for each statement execute function ledger_tell()"
    )
