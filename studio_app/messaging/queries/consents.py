"""What parents have said about texts, in which words, when and to whom."""

from dataclasses import dataclass

from sqlmodel import col, select

from studio_app.identity.access import studio, studio_zone
from studio_app.kit.access import Permission
from studio_app.kit.formats import say_when
from studio_app.kit.ids import ContactId, GuardianId, StudentId
from studio_app.kit.words import Text, _
from studio_app.kit.work import Work, requires
from studio_app.messaging.access import consents
from studio_app.messaging.models.messages import Contact
from studio_app.messaging.rules.kinds import Channel
from studio_app.messaging.rules.states import Purpose
from studio_app.people import access
from studio_app.people.contacts import say_phone
from studio_app.people.models import Guardian, Guardianship


@dataclass(frozen=True, slots=True)
class TextConsent:
    """One parent's last word about texts; `when` is empty where nothing was said."""

    guardian_id: GuardianId
    name: str
    phone: str
    given: bool
    """For the number they have now"""
    said: bool
    wording: str
    when: str
    source: str


@requires(Permission.PEOPLE_VIEW)
def text_consents(work: Work, student_id: StudentId) -> list[TextConsent]:
    """Of everybody responsible for a student, by name."""
    access.student(work, student_id)
    query = (
        select(Guardian, col(Contact.id))
        .join(Guardianship, col(Guardianship.guardian_id) == col(Guardian.id))
        .outerjoin(Contact, col(Contact.guardian_id) == col(Guardian.id))
        .where(col(Guardianship.student_id) == student_id)
        .order_by(col(Guardian.name), col(Guardian.id))
    )
    found = [(one, known) for one, known in work.session.exec(query)]
    words = consents.last_words(work, [known for _one, known in found if known])
    return [_consent(work, one, known, words) for one, known in found]


def _consent(
    work: Work, one: Guardian, known: ContactId | None, words: consents.LastWords
) -> TextConsent:
    last = words.get((known, Channel.TEXT, Purpose.SERVICE)) if known else None
    now = last is not None and last.given and last.address == one.phone
    zone, locale = studio_zone(work), work.actor.locale
    return TextConsent(
        guardian_id=one.id,
        name=one.name,
        phone=say_phone(one.phone, studio(work).country),
        given=now,
        said=last is not None,
        wording=last.wording if last else "",
        when=say_when(last.recorded_at, zone, locale) if last else "",
        source=str(SOURCES.get(last.source, _("By themselves"))) if last else "",
    )


SOURCES: dict[str, Text] = {
    "portal": _("In their account"),
    "office": _("Noted by the office"),
    "text": _("By text"),
}
