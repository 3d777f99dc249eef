"""What became worse from one exam to the next."""

from typing import NamedTuple

from chairside.charting.rules.perio.indices import attachment_loss
from chairside.charting.rules.perio.sites import Exam

WORSE_BY = 2
"""Millimetres, in depth or attachment loss: less is within what two probings of one site differ by."""


class Change(NamedTuple):
    """By how many millimetres; None where one of the two was not measured."""

    tooth: str
    site: str
    deeper_by: int | None
    lost: int | None
    new_bleeding: bool


def changes(before: Exam, after: Exam) -> list[Change]:
    """Of sites that are in both, in the order of the later exam: those that are deeper or lost attachment by 2 mm or more,
    and those that bleed and did not."""
    found = []
    for tooth, exam in after.items():
        for name, site in exam.sites.items():
            was = before[tooth].sites.get(name) if tooth in before else None
            if was is None:
                continue
            deeper = None if site.depth is None or was.depth is None else site.depth - was.depth
            now_lost, then_lost = attachment_loss(site), attachment_loss(was)
            lost = None if now_lost is None or then_lost is None else now_lost - then_lost
            bleeds = site.bleeding is True and was.bleeding is False
            if (deeper or 0) >= WORSE_BY or (lost or 0) >= WORSE_BY or bleeds:
                found.append(Change(tooth, name, deeper, lost, bleeds))
    return found
