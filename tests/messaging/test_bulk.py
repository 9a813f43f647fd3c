"""One text for many: each family once, the doubtful one flagged, retry touches only failures."""

import pytest

from studio_app.kit.errors import Forbidden, NotFound
from studio_app.kit.ids import BulkId
from studio_app.messaging.access.audience import Audience
from studio_app.messaging.commands.bulk import Draft, NobodyChosen, send_to_many
from studio_app.messaging.commands.consenting import agree
from studio_app.messaging.commands.resending import NothingFailed, retry_bulk
from studio_app.messaging.queries.bulk import (
    BulkProgress,
    Channel,
    bulk_progress,
    bulk_reach,
    bulk_reading,
    choosable_audiences,
    recent_bulks,
)
from studio_app.messaging.rules.states import Purpose
from studio_app.messaging.rules.wording import NotATemplate
from studio_app.people.commands.guardians import GuardianDetails, add_guardian
from studio_app.people.commands.students import StudentDetails, add_student
from studio_app.people.rules import StudentStatus
from tests.messaging.town import Town, words_of
from tests.standins.smtp import TAKEN_THEN_SILENT, PostOffice, at_data, at_rcpt
from tests.standins.surroundings import surroundings
from tests.standins.twilio import TAKEN_THEN_SILENT as TAKEN_SILENTLY
from tests.standins.twilio import Twilio, refused

LETTER = Draft("Concert", "Dear {{ first_name }}, come on Friday.", (Channel.EMAIL,))
TEXT = Draft("Concert", "Come on Friday.", (Channel.TEXT,))
PHONES = ("+447700900201", "+447700900202", "+447700900203")


def families(town: Town, count: int = 3) -> list[str]:
    """That many more families, each with a child and a mother; her address."""
    made = []
    for number in range(1, count + 1):
        details = StudentDetails(f"Kim{number}", "Kay", instrument="Oboe")
        child = town.run(town.cast.olivia, add_student, details)
        address = f"mother{number}@example.org"
        mother = GuardianDetails(f"Mother {number}", email=address)
        assert child.student_id is not None
        added = town.run(town.cast.olivia, add_guardian, child.student_id, mother)
        town.ids[address] = added
        made.append(address)
    return made


def sent(town: Town, draft: Draft = LETTER, *, key: str = "one", **whom: object) -> BulkId:
    audience = Audience(**whom)  # type: ignore[arg-type]
    bulk_id = town.run(town.cast.olivia, send_to_many, draft, audience, key=key)
    town.deliver()
    return bulk_id


def progress(town: Town, bulk_id: BulkId) -> BulkProgress:
    return town.run(town.cast.olivia, bulk_progress, bulk_id)


def counts(found: BulkProgress) -> tuple[int, ...]:
    return (found.all, found.sent, found.waiting, found.failed, found.doubtful)


def test_each_family_gets_it_once_however_often_it_is_sent(town: Town, office: PostOffice) -> None:
    addresses = [*families(town), "grace@example.org"]

    first, again = sent(town), sent(town)

    assert first == again
    assert [len(office.letters_to(address)) for address in addresses] == [1, 1, 1, 1]
    assert "Dear Mother," in words_of(office.letters_to(addresses[0])[0])
    assert counts(progress(town, first)) == (4, 4, 0, 0, 0)


def test_letters_accepted_refused_and_silent_after_accepting(
    town: Town, office: PostOffice
) -> None:
    one, two, three = families(town)
    office.script(two, at_data("554 5.7.1 Refused"))
    office.script(three, TAKEN_THEN_SILENT)

    with surroundings(studio_vendor_patience="1"):
        bulk_id = sent(town, instrument="Oboe")
    found = progress(town, bulk_id)

    assert counts(found) == (3, 1, 0, 1, 1)
    assert {(row.who, row.status.value) for row in found.lost} == {
        ("Mother 2", "failed"),
        ("Mother 3", "doubtful"),
    }

    assert town.run(town.cast.olivia, retry_bulk, bulk_id) == 1
    town.deliver()

    assert [office.attempts[each] for each in (one, two, three)] == [1, 2, 1]
    assert [len(office.letters_to(each)) for each in (one, two, three)] == [1, 1, 1]
    assert counts(progress(town, bulk_id)) == (3, 2, 0, 0, 1)
    with pytest.raises(NothingFailed):
        town.run(town.cast.olivia, retry_bulk, bulk_id)


def test_texts_accepted_then_500_then_silent_after_accepting(town: Town, twilio: Twilio) -> None:
    """A 500 is tried again by itself; of a lost answer the text service is asked."""
    for address, phone in zip(families(town), PHONES, strict=True):
        town.allow_texts(town.ids[address], phone=phone)
    _one, two, three = PHONES
    twilio.script(two, refused(500))
    twilio.script(three, TAKEN_SILENTLY)
    twilio.now = town.now

    with surroundings(studio_vendor_patience="1"):
        bulk_id = sent(town, TEXT, instrument="Oboe")
    assert counts(progress(town, bulk_id)) == (3, 2, 1, 0, 0)
    town.wait(minutes=2)

    assert counts(progress(town, bulk_id)) == (3, 3, 0, 0, 0)
    assert [len(twilio.texts_to(each)) for each in PHONES] == [1, 1, 1]


def test_a_text_that_is_refused_is_tried_again_only_when_somebody_says_so(
    town: Town, twilio: Twilio
) -> None:
    for address, phone in zip(families(town), PHONES, strict=True):
        town.allow_texts(town.ids[address], phone=phone)
    twilio.script(PHONES[1], refused(400, 30003))
    bulk_id = sent(town, TEXT, instrument="Oboe")
    town.wait(hours=2)
    assert counts(progress(town, bulk_id)) == (3, 2, 0, 1, 0)

    town.run(town.cast.olivia, retry_bulk, bulk_id)
    town.deliver()

    assert [twilio.attempts[each] for each in PHONES] == [1, 2, 1]
    assert [len(twilio.texts_to(each)) for each in PHONES] == [1, 1, 1]


def test_a_server_that_is_busy_is_asked_again_by_itself(town: Town, office: PostOffice) -> None:
    [one] = families(town, 1)
    office.script(one, at_rcpt("451 4.7.1 Come back later"))

    bulk_id = sent(town, instrument="Oboe")
    assert counts(progress(town, bulk_id)) == (1, 0, 1, 0, 0)

    town.wait(minutes=2)
    assert counts(progress(town, bulk_id)) == (1, 1, 0, 0, 0)
    assert len(office.letters_to(one)) == 1


def test_it_says_beforehand_whom_it_reaches_and_whom_not(town: Town) -> None:
    one, *_others = families(town, 2)
    town.allow_texts(town.ids[one], phone=PHONES[0])
    ways = (Channel.EMAIL, Channel.TEXT)

    found = town.run(town.cast.olivia, bulk_reach, Audience(instrument="oboe"), ways)

    assert [(each.name, each.ways) for each in found.people] == [
        ("Mother 1", ways),
        ("Mother 2", (Channel.EMAIL,)),
    ]
    assert (found.reached, found.unreached) == (2, 0)
    assert found.by_way == {Channel.EMAIL: 2, Channel.TEXT: 1}

    texts = town.run(town.cast.olivia, bulk_reach, Audience(instrument="oboe"), (Channel.TEXT,))
    assert (texts.reached, texts.unreached) == (1, 1)


def test_what_is_said_beforehand_is_what_is_sent(town: Town, office: PostOffice) -> None:
    one, *_others = families(town)
    town.allow_texts(town.ids[one], phone=PHONES[0])
    ways = (Channel.EMAIL, Channel.TEXT, Channel.INBOX)
    reach = town.run(town.cast.olivia, bulk_reach, Audience(), ways)

    bulk_id = sent(town, Draft("Concert", "Friday", ways))

    assert progress(town, bulk_id).all == sum(reach.by_way.values())
    assert progress(town, bulk_id).card.recipients == reach.reached


def test_news_goes_only_to_who_wants_news(town: Town, office: PostOffice) -> None:
    families(town, 1)
    news = Draft("Offer", "Half price", (Channel.EMAIL,), is_news=True)
    with pytest.raises(NobodyChosen):
        sent(town, news)
    asked = (town.contact(), Channel.EMAIL, Purpose.MARKETING)
    town.run(town.cast.grace, agree, *asked, given=True)

    reach = town.run(town.cast.olivia, bulk_reach, Audience(), news.channels, is_news=True)
    sent(town, news)

    assert [one.name for one in reach.people if one.ways] == ["Grace Gray"]
    assert [to for to, _letter in office.letters] == ["grace@example.org"]


def test_whom_can_be_chosen_by_status_teacher_and_instrument(town: Town) -> None:
    families(town, 1)
    details = StudentDetails("Wim", "Wait", is_adult=True, email="wim@example.org")
    town.run(town.cast.olivia, add_student, details, status=StudentStatus.WAITING)

    found = town.run(town.cast.olivia, choosable_audiences)
    waiting = Audience(statuses=(StudentStatus.WAITING,))
    reach = town.run(town.cast.olivia, bulk_reach, waiting, (Channel.EMAIL,))

    assert found.instruments == ["Oboe", "Piano"]
    assert [name for _id, name in found.teachers] == ["Tom Teal"]
    assert [one.name for one in reach.people] == ["Wim Wait"]


def test_how_it_reads_for_one_of_them(town: Town) -> None:
    read = town.run(
        town.cast.olivia, bulk_reading, LETTER.subject, LETTER.body, (Channel.TEXT,), name="Ann Bo"
    )
    wrong = town.run(
        town.cast.olivia, bulk_reading, "", "{{ student }}", (Channel.TEXT,), name="Ann"
    )

    assert (read.body, read.texts) == ("Dear Ann, come on Friday.", 1)
    assert set(wrong.faults) == {"subject", "body"}


def test_a_letter_may_be_long_and_a_text_may_not(town: Town, office: PostOffice) -> None:
    long = "word " * 300

    bulk_id = sent(town, Draft("Concert", long, (Channel.EMAIL,)))

    assert progress(town, bulk_id).sent == 1
    with pytest.raises(NotATemplate):
        sent(town, Draft("Concert", long, (Channel.TEXT,)), key="two")


def test_another_studio_and_a_teacher_see_nothing_of_it(town: Town, office: PostOffice) -> None:
    bulk_id = sent(town)

    assert [card.id for card in town.run(town.cast.olivia, recent_bulks)] == [bulk_id]
    assert town.run(town.cast.rita, recent_bulks) == []
    with pytest.raises(NotFound):
        town.run(town.cast.rita, bulk_progress, bulk_id)
    with pytest.raises(Forbidden):
        town.run(town.cast.tom, bulk_reach, Audience(), (Channel.EMAIL,))


def test_two_who_share_a_mailbox_get_one_letter(town: Town, office: PostOffice) -> None:
    father = GuardianDetails("Bob Gray", email="GRACE@example.org")
    town.run(town.cast.olivia, add_guardian, town.cast.student_id, father, pays=False)
    sent(town)
    theirs = [to for to, _letter in office.letters if to.lower() == "grace@example.org"]
    assert len(theirs) == 1
