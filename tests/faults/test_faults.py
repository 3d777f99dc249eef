"""A short run of what `make faults` does for long: nothing acknowledged is lost, nothing is doubled."""

from pathlib import Path

from tests.faults.campaign import Campaign, Plan
from tests.faults.trees import Run
from tests.operations import started

KINDS = ("app and postmaster", "backend", "worker", "app")


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled_when_any_of_them_is_killed(tmp_path: Path) -> None:
    with started.folder() as data:
        tree = Run(data)
        campaign = Campaign(tree, Plan(len(KINDS), kinds=KINDS, desks=1, imports=False), journal=tmp_path / "journal")
        try:
            assert campaign.run() == [], tree.started.told()
        finally:
            tree.end()
    assert campaign.left_over() == []
    assert campaign.ledger.never == []
    assert sum(campaign.journal.acts.values()) > 50
