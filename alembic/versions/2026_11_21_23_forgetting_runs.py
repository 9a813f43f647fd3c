"""What automations did long ago is forgotten; nothing else can take it away."""

from alembic import op
from studio_app.kit.settings import APP_ROLE
from studio_app.kit.tables import CURRENT_STUDIO

revision = "23_forgetting_runs"
down_revision = "22_despite"

AT_ONCE = 20_000
# Of each automation the newest run of every result stays, and what an open task came from.
FORGET = f"""
create function automations_forget(before timestamptz) returns bigint language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  here uuid := {CURRENT_STUDIO};
  gone uuid[];
begin
  select array_agg(id) into gone from (
    select run.id from automation_run as run
    where run.studio_id = here and run.ran_at < before and run.happened_at < before
      and exists (
        select from automation_run as later
        where later.studio_id = here and later.automation_id = run.automation_id
          and later.result = run.result and later.id > run.id)
      and not exists (
        select from task where task.studio_id = here and task.run_id = run.id
          and task.done_at is null)
    order by run.id limit {AT_ONCE}) as old;
  delete from automation_action where studio_id = here and run_id = any(gone);
  delete from automation_run where studio_id = here and id = any(gone);
  return coalesce(cardinality(gone), 0);
end $$
"""
SOFT = (("automation_run", "after_id"), ("task", "run_id"))


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table, column in SOFT:
        name = f"{table}_studio_id_{column}_fkey"
        op.drop_constraint(name, table)
        op.create_foreign_key(
            name,
            table,
            "automation_run",
            ["studio_id", column],
            ["studio_id", "id"],
            ondelete=f"SET NULL ({column})",
        )
    # What is forgotten is not written down again, line by line, in the audit.
    op.execute(f"revoke delete, truncate on automation_action from {APP_ROLE}")
    op.execute("drop trigger automation_action_audit on automation_action")
    op.execute(
        "create trigger automation_action_audit after insert or update on automation_action "
        "for each row execute function audit_row()"
    )
    op.execute(FORGET)
    op.execute("revoke all on function automations_forget(timestamptz) from public")
    op.execute(f"grant execute on function automations_forget(timestamptz) to {APP_ROLE}")
