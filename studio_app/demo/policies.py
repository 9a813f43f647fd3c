"""What cancelling leads to in the demonstration's studios."""

from studio_app.bookings.commands.policies import publish_policy, take_policy_preset, use_policy
from studio_app.demo.desk import Desk


def work_by(desk: Desk, preset: str) -> None:
    """From that moment on, for all lessons."""
    policy_id = desk.run(take_policy_preset, preset)
    desk.run(publish_policy, policy_id)
    desk.run(use_policy, policy_id)
