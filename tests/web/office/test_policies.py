"""The pages of the policies: begun from a preset, written in fields, tried, published, used."""

import pytest

from studio_app.bookings.queries.policies import policies, policy_card
from studio_app.kit.errors import Forbidden
from studio_app.kit.ids import PolicyId
from studio_app.web.office.settings.policies import editor, listing
from studio_app.web.office.settings.policies.editor_state import PolicyRulesState
from studio_app.web.office.settings.policies.listing import STUDIOS, PoliciesState
from studio_app.web.office.settings.policies.replaying import PolicyReplayState
from studio_app.web.portal import policy as portal_page
from studio_app.web.portal.policy import MyPoliciesState
from tests.scheduling.conftest import Desk, desk
from tests.web.office.conftest import Visit

__all__ = ["desk"]
pytestmark = pytest.mark.anyio


async def begun(desk: Desk, visit: Visit) -> tuple[PolicyId, PolicyRulesState]:
    browser = visit(desk.world.olivia)
    listed = browser.open(PoliciesState)
    await listed.load()
    await listed.take("music_studio")
    (row,) = desk.world.run(desk.world.olivia, policies)
    state = browser.open(PolicyRulesState, policy_id=str(row.id))
    await state.load()
    return row.id, state


async def test_a_preset_is_begun_published_and_used(desk: Desk, visit: Visit) -> None:
    policy_id, state = await begun(desk, visit)
    assert state.is_draft
    await state.open("publish", True)
    await state.publish({"note": "From autumn on"})
    await state.load()
    assert (state.is_draft, state.version, state.versions[0].note) == (False, 1, "From autumn on")
    listed = visit(desk.world.olivia).open(PoliciesState)
    await listed.load()
    await listed.use(STUDIOS, str(policy_id))
    await listed.load()
    assert [one.counts_for for one in listed.rows] == ["All lessons"]
    family = visit(desk.world.grace).open(MyPoliciesState)
    await family.load()
    assert family.policies[0].sentences[-1].startswith("In all other cases")


async def test_each_change_is_kept_in_the_draft(desk: Desk, visit: Visit) -> None:
    policy_id, state = await begun(desk, visit)
    late = next(one.n for one in state.rules if one.id == "late")
    await state.choose(late)
    await state.set_field("when.notice.less_than", "48 h")
    await state.set_field("then.fee.minor", "7.50")
    await state.toggle("when.reasons", "weather")
    card = desk.world.run(desk.world.olivia, policy_card, policy_id)
    rule = card.document["rules"][late]
    assert rule["when"]["notice"] == {"less_than": "48 h"}
    assert (rule["when"]["reasons"], rule["then"]["fee"]) == (["weather"], {"minor": 750})
    assert "less than 48 hours before the lesson" in state.rules[late].sentence
    assert "a fee of £7.50" in state.rules[late].sentence


async def test_what_has_not_the_shape_is_said_beside_its_field(desk: Desk, visit: Visit) -> None:
    _id, state = await begun(desk, visit)
    await state.choose(0)
    await state.set_field("when.notice.at_least", "two days")
    assert "24 h" in state.faults["when.notice.at_least"]


async def test_rules_are_added_moved_and_removed(desk: Desk, visit: Visit) -> None:
    _id, state = await begun(desk, visit)
    before = [one.id for one in state.rules]
    await state.add_rule()
    fresh = len(before) - 1
    assert [one.id for one in state.rules] == [*before[:-1], "rule-1", "rest"]
    assert state.rules[fresh].is_open
    await state.earlier(fresh)
    assert state.rules[fresh - 1].id == "rule-1"
    await state.drop_rule(fresh - 1)
    assert [one.id for one in state.rules] == before


async def test_an_example_says_what_the_parent_will_read(desk: Desk, visit: Visit) -> None:
    _id, state = await begun(desk, visit)
    asked = {"act": "cancel", "by": "family", "notice": "20", "unit": "h", "plan": "term"}
    await state.try_out({**asked, "credits": "0", "reason": "illness"})
    assert state.tried.rule == "Cancelled late"
    assert state.tried.sentence.startswith("This is within 24 hours")


async def test_json_can_be_pasted_and_faults_are_sentences(desk: Desk, visit: Visit) -> None:
    browser = visit(desk.world.olivia)
    policy_id, _state = await begun(desk, visit)
    state = browser.open(PolicyRulesState, policy_id=str(policy_id))
    await state.load()
    await state.paste({"document": '{"rules": [{"id": "rest", "title": "Never mind"}]}'})
    assert [one.title for one in state.rules] == ["Never mind"]
    await state.paste({"document": '{"rules": []}'})
    assert browser.notice.refused


async def test_a_part_without_a_field_is_not_there(desk: Desk, visit: Visit) -> None:
    browser = visit(desk.world.olivia)
    policy_id, _state = await begun(desk, visit)
    state = browser.open(PolicyRulesState, policy_id=str(policy_id))
    await state.load()
    await state.choose(0)
    await state.set_field("when.acts.first", "x")
    assert browser.notice.refused


async def test_a_term_is_lived_through_again(desk: Desk, visit: Visit) -> None:
    policy_id, _state = await begun(desk, visit)
    state = visit(desk.world.olivia).open(PolicyReplayState, policy_id=str(policy_id))
    await state.live_again()
    assert "0 lessons were cancelled or missed" in state.replay.words


async def test_families_write_none(desk: Desk, visit: Visit) -> None:
    with pytest.raises(Forbidden):
        desk.world.run(desk.world.grace, policies)


def test_the_pages_are_built() -> None:
    for page in (editor, listing, portal_page):
        assert page.page()
