"""A policy of Harmony's, for whoever must not find it."""

from typing import Any
from uuid import UUID

from studio_app.bookings.commands.policies import draft_policy, publish_policy

DOCUMENT = {"rules": [{"id": "rest"}]}


def ruled_on(stage: Any, canary: str) -> dict[str, UUID]:
    run, olivia = stage.run, stage.cast.olivia
    policy_id = run(olivia, draft_policy, f"{canary} rules", DOCUMENT)
    version_id = run(olivia, publish_policy, policy_id, note=f"{canary} note")
    return {"policy_id": policy_id, "version_id": version_id}
