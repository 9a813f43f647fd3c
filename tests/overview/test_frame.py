"""What every page begins with."""

from studio_app.overview.queries.frame import page_frame
from tests.conftest import World
from tests.counting import sent_on


def test_everybody_is_told_whose_page_it_is_and_what_they_may_know(world: World) -> None:
    for actor, first_name in ((world.olivia, "Olivia"), (world.grace, "Grace")):
        found = world.run(actor, page_frame)
        assert found.profile.name.startswith(first_name)
        assert [one.name for one in found.studios] == ["Harmony"]
        assert (found.overdue, found.needing, found.unread) == (0, 0, 0)


def test_it_takes_one_transaction_of_few_statements(world: World) -> None:
    with sent_on(world.connection) as sent:
        world.run(world.olivia, page_frame)

    reads = [one for one in sent if one.lstrip().lower().startswith(("select", "with"))]
    assert len([one for one in reads if "set_config" in one]) == 1
    assert len(reads) <= 10
