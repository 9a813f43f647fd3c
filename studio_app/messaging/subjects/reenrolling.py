"""Whether lessons go on in the next term: asked of families, decided for them, and declined."""

from collections.abc import Sequence
from uuid import UUID

from studio_app.bookings.access.rollover import terms_of
from studio_app.bookings.access.rollover_places import Listed, listed
from studio_app.bookings.models.rollover import Rollover, RolloverPlace
from studio_app.bookings.rules.rollover import Answer as Said
from studio_app.bookings.rules.rollover import RolloverState
from studio_app.kit.formats import say_date, say_list
from studio_app.kit.ids import RolloverId, RolloverPlaceId
from studio_app.kit.words import Text, _
from studio_app.messaging import paths
from studio_app.messaging.access.lessons import own_students
from studio_app.messaging.subjects.told import Answer, Telling, Told

CLOSED = _("The answers have been closed.")


def tell(telling: Telling) -> Answer:
    """To a family: all of its lessons that wait for an answer, or that were decided."""
    work = telling.work
    run = work.session.get(Rollover, RolloverId(telling.message.about_ids[0]))
    if run is None:
        return CLOSED
    own = own_students(work, telling.recipient.contact_id)
    asked = telling.message.facts.get("places")
    ids = [RolloverPlaceId(UUID(each)) for each in asked] if asked else None
    theirs = listed(work, run.id, students=own, ids=ids)
    if telling.message.kind in {"rollover_decided", "rollover_confirmed"}:
        yes = telling.message.kind == "rollover_confirmed"
        theirs = [one for one in theirs if one.answer and (not yes or one.answer is Said.YES)]
        said = [_decided(telling, one) for one in theirs]
        if yes and not theirs:
            return _("They have changed their mind.")
    else:
        if run.state != RolloverState.OPEN:
            return CLOSED
        theirs = [one for one in theirs if one.answer is None]
        said = [_asked(telling, one) for one in theirs]
    if not theirs:
        return _("They have answered.")
    return Told(_words(telling, run, theirs, said), paths.rollover(run.id))


def tell_teacher(telling: Telling) -> Answer:
    """To a teacher: who does not go on, while that is so."""
    work = telling.work
    place = work.session.get(RolloverPlace, RolloverPlaceId(telling.message.about_ids[0]))
    if place is None or place.answer != Said.NO:
        return _("They go on after all.")
    run = work.session.get_one(Rollover, place.rollover_id)
    old, new = terms_of(work, run)
    [one] = listed(work, run.id, ids=[place.id])
    words = {
        "student": one.student,
        "lesson": one.name,
        "rhythm": _rhythm(telling, one),
        "old": old.name,
        "new": new.name,
        "last": say_date(old.last_on, telling.language),
        "reason": place.reason,
    }
    return Told(words, paths.teachers_week(new.first_on))


def _words(
    telling: Telling, run: Rollover, theirs: Sequence[Listed], said: Sequence[Text]
) -> dict[str, str]:
    _old, new = terms_of(telling.work, run)
    names = list(dict.fromkeys(one.first_name for one in theirs))
    return {
        "student": say_list(names, telling.language),
        "lessons": "\n".join(f"• {telling.say(one)}" for one in said),
        "term": new.name,
        "from_on": say_date(new.first_on, telling.language),
        "until": say_date(run.answer_by, telling.language),
    }


def _asked(telling: Telling, one: Listed) -> Text:
    return _("{student}: {lesson} with {teacher}. {rhythm}", **_facts(telling, one))


def _decided(telling: Telling, one: Listed) -> Text:
    facts = _facts(telling, one)
    if one.answer is Said.YES:
        return _("{student} goes on: {lesson} with {teacher}. {rhythm}", **facts)
    return _("{student} does not go on: {lesson} with {teacher}. {rhythm}", **facts)


def _facts(telling: Telling, one: Listed) -> dict[str, str]:
    return {
        "student": one.first_name,
        "lesson": one.name,
        "teacher": one.teacher,
        "rhythm": _rhythm(telling, one),
    }


def _rhythm(telling: Telling, one: Listed) -> str:
    return telling.say(one.rhythm(telling.language, telling.house.zone))
