"""Credits in the sample studio: a lesson to make up for, and a package that somebody bought."""

from datetime import timedelta

from studio_app.billing.commands.credits import give_credit
from studio_app.billing.commands.packages import Offer, offer_package, sell_package
from studio_app.credits.rules.lots import CreditKind, GoodFor
from studio_app.demo.desk import Desk
from studio_app.demo.riverside import Shared

BOUGHT = 12
"""Which household bought the package."""


def give_credits(desk: Desk, shared: Shared) -> None:
    types = shared.places.types
    own, buyer = shared.houses[0], shared.houses[BOUGHT]
    learner = own.learners[0]
    kind_id = types[learner.instrument]
    desk.run(
        give_credit,
        own.family_id,
        CreditKind.LESSON,
        1,
        reason="The teacher was ill",
        student_id=learner.id,
        good_for=GoodFor(kind_id),
        valid_until=desk.today + timedelta(days=19),
    )
    bought = types[buyer.learners[0].instrument]
    ten = Offer("Ten lessons", 10, desk.money("225.00"), bought, months=12)
    package_id = desk.run(offer_package, ten)
    desk.run(offer_package, Offer("Five lessons, any kind", 5, desk.money("120.00")))
    desk.run(sell_package, package_id, buyer.family_id, student_id=buyer.learners[0].id)
