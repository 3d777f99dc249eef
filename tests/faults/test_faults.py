"""A short run of what `make faults` does for long: nothing acknowledged is lost, nothing is doubled."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.faults.campaign import Campaign, Plan
from tests.faults.reminded import Reminded
from tests.faults.trees import Run
from tests.operations import started

KINDS = ("app and postmaster", "backend", "worker", "app")


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled_when_any_of_them_is_killed(tmp_path: Path) -> None:
    with started.folder() as data:
        tree = Run(data)
        campaign = Campaign(
            tree, Plan(len(KINDS), kinds=KINDS, desks=1, imports=False, waits=False), journal=tmp_path / "journal"
        )
        try:
            assert campaign.run() == [], tree.started.told()
        finally:
            tree.end()
    assert campaign.left_over() == []
    assert campaign.ledger.never == []
    assert sum(campaign.journal.acts.values()) > 50


def test_a_text_may_speak_of_the_time_that_a_visit_has_and_of_a_former_one_until_it_was_moved() -> None:
    ten = datetime(2031, 1, 6, 10, tzinfo=UTC)
    eleven = ten + timedelta(hours=1)
    visit = Reminded("x", 3, [(100.0, ten), (200.0, eleven), (300.0, None)])
    assert visit.was(ten, since=150) and visit.was(ten, since=200.5), "it may have been on its way"
    assert not visit.was(ten, since=202)
    assert visit.was(eleven, since=299) and not visit.was(eleven, since=302), "cancelled"
    assert not visit.was(ten - timedelta(hours=1), since=150)
