"""Before a term ends its families are asked whether they go on, and most of them have said."""

from itertools import cycle

from studio_app.bookings.commands.reenrolling import Answer, answer_for_family
from studio_app.bookings.commands.rollover import leave_out, prepare_rollover
from studio_app.bookings.commands.sending_rollover import send_rollover
from studio_app.bookings.queries.rollover import PlaceRow, rollover_run
from studio_app.demo.desk import Desk
from studio_app.demo.people import House
from studio_app.demo.places import Places
from studio_app.kit.ids import FamilyId, RolloverId
from studio_app.scheduling.queries.setup import terms

SAID = (Answer.YES, Answer.YES, Answer.YES, None, Answer.YES, Answer.NO, Answer.YES, None)
"""What one family after the other answers, over and over; None has not answered yet."""
REASON = "Exams: perhaps again in the summer"


def ask_who_goes_on(desk: Desk, places: Places, parents: House) -> None:
    """About the lessons that end with this term. The family whose parent can be signed in as
    is left to answer for itself."""
    new = next(one.id for one in desk.run(terms) if one.starts_on > places.term.ends_on)
    run_id = desk.run(prepare_rollover, places.term_id, new)
    _row, asked = desk.run(rollover_run, run_id)
    desk.run(leave_out, run_id, [one.id for one in asked if one.goes_on])
    desk.run(send_rollover, run_id, despite="As in this term")
    _answer(desk, run_id, [one for one in asked if not one.goes_on], parents.family_id)


def _answer(desk: Desk, run_id: RolloverId, asked: list[PlaceRow], silent: FamilyId) -> None:
    families = dict.fromkeys(one.family_id for one in asked if one.family_id != silent)
    said = dict(zip(families, cycle(SAID)))
    for answer, reason in ((Answer.YES, ""), (Answer.NO, REASON)):
        those = {one.id: answer for one in asked if said.get(one.family_id) is answer}
        desk.run(answer_for_family, run_id, those, reason=reason)
