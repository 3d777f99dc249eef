"""Attachment loss, bleeding and plaque over what was measured, and how deep it is."""

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

from chairside.charting.rules.perio.sites import Exam, Site, is_interdental


class Indices(NamedTuple):
    """Percentages are whole numbers, rounded half up; None where nothing was measured. Means in millimetres, to a hundredth."""

    sites: int
    bleeding_percent: int | None
    suppuration_percent: int | None
    plaque_percent: int | None
    calculus_percent: int | None
    mean_depth: Decimal | None
    mean_attachment_loss: Decimal | None
    deepest: int | None
    at_least_4: int
    at_least_5: int
    at_least_6: int
    greatest_interdental_loss: int | None


def attachment_loss(site: Site) -> int | None:
    """Clinical attachment loss: depth and recession together; unknown where the margin was not measured, which is not zero."""
    return None if site.depth is None or site.margin is None else site.depth + site.margin


def percent(part: int, whole: int) -> int | None:
    return int((Decimal(100 * part) / whole).quantize(Decimal(1), ROUND_HALF_UP)) if whole else None


def indices_of(exam: Exam) -> Indices:
    """A share counts only sites at which it was looked for: bleeding where it was probed."""
    sites = list(_sites(exam))
    depths = [site.depth for _, site in sites if site.depth is not None]
    losses = [loss for _, site in sites if (loss := attachment_loss(site)) is not None]
    interdental = [loss for name, site in sites if is_interdental(name) and (loss := attachment_loss(site)) is not None]
    return Indices(
        sites=len(depths),
        bleeding_percent=_share([bool(site.bleeding) for _, site in sites if site.depth is not None]),
        suppuration_percent=_share([bool(site.suppuration) for _, site in sites if site.depth is not None]),
        plaque_percent=_share([site.plaque for _, site in sites if site.plaque is not None]),
        calculus_percent=_share([site.calculus for _, site in sites if site.calculus is not None]),
        mean_depth=_mean(depths),
        mean_attachment_loss=_mean(losses),
        deepest=max(depths, default=None),
        at_least_4=sum(depth >= 4 for depth in depths),
        at_least_5=sum(depth >= 5 for depth in depths),
        at_least_6=sum(depth >= 6 for depth in depths),
        greatest_interdental_loss=max(interdental, default=None),
    )


def gingivitis(bleeding: int, probed: int) -> Literal["none", "localized", "generalized"]:
    """Of an intact periodontium, by the share of bleeding sites: from 10 % on, above 30 % generalized (Trombelli et al. 2018, doi
    10.1002/JPER.17-0576). Compared unrounded."""
    if not probed or 100 * bleeding < 10 * probed:
        return "none"
    return "localized" if 100 * bleeding <= 30 * probed else "generalized"


def _sites(exam: Exam) -> Iterator[tuple[str, Site]]:
    for tooth in exam.values():
        yield from tooth.sites.items()


def _share(said: list[bool]) -> int | None:
    return percent(sum(said), len(said))


def _mean(lengths: list[int]) -> Decimal | None:
    return (Decimal(sum(lengths)) / len(lengths)).quantize(Decimal("0.01"), ROUND_HALF_UP) if lengths else None
