"""Credits on the stage: one that is left, one that was voided, a package that was sold."""

from typing import Any

from studio_app.billing.commands.credits import give_credit, void_credit
from studio_app.billing.commands.packages import Offer, offer_package, sell_package
from studio_app.credits.rules.lots import CreditKind
from studio_app.kit.money import Money


def credited_on(stage: Any, canary: str) -> dict[str, Any]:
    """For an account of its own, so that nothing else is paid for by them."""
    olivia, family_id = stage.cast.olivia, stage.ids["empty_family_id"]
    give = (give_credit, family_id, CreditKind.LESSON, 2)
    lot_id = stage.run(olivia, *give, reason=f"{canary} sorry")
    voided = stage.run(olivia, *give, reason=f"{canary} twice")
    entry_id = stage.run(olivia, void_credit, voided, reason=f"{canary} mistake")
    offer = Offer(f"{canary} ten", 10, Money(20_000, "GBP"))
    package_id = stage.run(olivia, offer_package, offer)
    sale_id = stage.run(olivia, sell_package, package_id, family_id)
    made = {"lot_id": lot_id, "entry_id": entry_id}
    return made | {"package_id": package_id, "sale_id": sale_id}
