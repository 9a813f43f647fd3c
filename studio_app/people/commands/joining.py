"""Somebody accepts an invitation and is recognised as the teacher or guardian they are."""

from sqlalchemy import update
from sqlmodel import col

from studio_app.identity.commands.members import join_by_invitation
from studio_app.identity.commands.sign_in import Ticket
from studio_app.kit.errors import Conflict, constraint
from studio_app.kit.words import _
from studio_app.kit.work import Work, public
from studio_app.people.models import Guardian, Teacher


class AlreadyHere(Conflict):
    message = _("That account already belongs to somebody else in this studio.")


@public
def accept_invitation(
    work: Work, token: str, *, name: str = "", password: str = "", device: str = ""
) -> Ticket:
    """Join the studio with the address the invitation went to, and sign in.

    Raises NotFound for a token that never was, LinkExpired for one that is over.
    """
    joined = join_by_invitation(work, token, name=name, password=password, device=device)
    taken = {"teacher_once_per_person": AlreadyHere, "guardian_once_per_person": AlreadyHere}
    with constraint(taken):
        for model, row_id in ((Teacher, joined.teacher_id), (Guardian, joined.guardian_id)):
            if row_id is not None:
                known = update(model).where(col(model.id) == row_id)
                statement = known.values(person_id=joined.person_id)
                joined.work.session.connection().execute(statement)
    return joined.ticket
