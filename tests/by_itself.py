"""What happens by itself at Harmony: something that failed, an automation, a task and a tag."""

from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import text

from studio_app.automations.commands.building import Draft, build_automation
from studio_app.automations.commands.tasks import TaskDetails, add_task
from studio_app.automations.queries.building import automation_card
from studio_app.automations.rules.recipe import Action, Do, Happening, Recipe, When
from studio_app.kit.access import Actor
from studio_app.kit.clock import utc_now
from studio_app.kit.jobs import DeliveryFailure
from studio_app.kit.queue import STUDIO
from studio_app.kit.work import open_work
from studio_app.people.commands.tags import tag_student

if TYPE_CHECKING:
    from tests.stage import Stage

CANARY = "Zephyrine"


def give_up(stage: "Stage") -> None:
    """One delivery of Harmony's that was tried in vain."""
    harmony = {"studio": str(stage.cast.harmony)}
    oldest = f"select min(job.id) from procrastinate_jobs as job where {STUDIO} = :studio"  # noqa: S608
    dead = "update procrastinate_jobs set status = 'failed', attempts = 5"
    with stage.database.app.begin() as connection:
        job_id = connection.execute(
            text(f"{dead} where id = ({oldest}) returning id"), harmony
        ).scalar_one()
    with open_work(stage.database.app, Actor.system(stage.cast.harmony), give_up) as work:
        why = DeliveryFailure(
            job_id=job_id,
            task="greet",
            attempt=5,
            error_type="OSError",
            error=CANARY,
            failed_at=utc_now(),
        )
        work.session.add(why)
    stage.ids["dead_letter_id"] = UUID(int=job_id)


def automate(stage: "Stage") -> None:
    """One that writes down new students and tells another program; a task; a tag."""
    run, olivia, ids, when = stage.run, stage.cast.olivia, stage.ids, Happening.STUDENT_TAGGED
    task = Action(Do.TASK, words=f"{CANARY}: look after {{student}}")
    hook = Action(Do.WEBHOOK, url=f"https://{CANARY.lower()}.example/hook")
    draft = Draft(f"{CANARY} automation", Recipe(When(when), (), (task, hook)))
    made = run(olivia, build_automation, draft)
    ids["automation_id"], ids["task_id"] = made, run(olivia, add_task, TaskDetails(f"{CANARY}"))
    ids["hook"] = run(olivia, automation_card, made).hooks[0].hook
    run(olivia, tag_student, stage.cast.student_id, f"{CANARY} tag")
