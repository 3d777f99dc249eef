"""An aid to staging and grading by the 2017 classification (Tonetti, Greenwell, Kornman 2018, doi 10.1002/JPER.18-0006): a
suggestion with what it rests on, never a diagnosis. Its thresholds were read in tables that cite the paper."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

Stage = Literal["I", "II", "III", "IV"]
Grade = Literal["A", "B", "C"]
ORDER: tuple[Stage, ...] = ("I", "II", "III", "IV")


class Staging(NamedTuple):
    """`interdental_loss` is the greatest, in mm, at teeth that count; `bone_loss` radiographic, in percent of the root.
    `complex`: chewing dysfunction, mobility of 2 or more with occlusal trauma, a severe ridge defect, a collapsed bite."""

    interdental_loss: int | None = None
    bone_loss: Decimal | int | None = None
    teeth_lost: int = 0
    depth: int | None = None
    furcation: int = 0
    vertical_loss: int = 0
    moderate_ridge_defect: bool = False
    complex: bool = False
    teeth_present: int | None = None


class Grading(NamedTuple):
    """`loss` in mm over five years, which is direct evidence; else bone loss in percent by age. `hba1c` in percent, with
    diabetes."""

    loss: Decimal | None = None
    bone_loss: Decimal | int | None = None
    age: int | None = None
    cigarettes: int = 0
    diabetes: bool = False
    hba1c: Decimal | None = None


def stage(of: Staging) -> Stage | None:
    """By the worst interdental loss, or by bone loss where that was not measured; then by what makes treatment harder. None where
    nothing was lost."""
    if of.interdental_loss is not None:
        if of.interdental_loss < 1:
            return None
        found: Stage = "I" if of.interdental_loss <= 2 else "II" if of.interdental_loss <= 4 else "III"
    elif of.bone_loss is not None:
        found = "I" if of.bone_loss < 15 else "II" if of.bone_loss <= 33 else "III"
    else:
        return None
    harder = (of.depth or 0) >= 6 or of.furcation >= 2 or of.vertical_loss >= 3 or of.moderate_ridge_defect
    if harder or of.teeth_lost:
        found = "III"
    rebuilt = of.complex or (of.teeth_present is not None and of.teeth_present < 20)
    return "IV" if of.teeth_lost >= 5 or (found == "III" and rebuilt) else found


def ratio(of: Grading) -> Decimal | None:
    """Bone loss by age, to a hundredth."""
    if of.bone_loss is None or not of.age:
        return None
    return (Decimal(of.bone_loss) / of.age).quantize(Decimal("0.01"), ROUND_HALF_UP)


def grade(of: Grading) -> Grade:
    """B until there is evidence for another; smoking and diabetes only make it worse."""
    by_age = None if of.bone_loss is None or not of.age else Decimal(of.bone_loss) / of.age
    if of.loss is not None:
        found: Grade = "A" if of.loss <= 0 else "B" if of.loss < 2 else "C"
    elif by_age is not None:
        found = "A" if by_age < Decimal("0.25") else "B" if by_age <= 1 else "C"
    else:
        found = "B"
    if of.cigarettes >= 10 or (of.diabetes and of.hba1c is not None and of.hba1c >= 7):
        return "C"
    return "B" if found == "A" and (of.cigarettes or of.diabetes) else found


def extent(affected: int, present: int) -> Literal["localized", "generalized"]:
    """Below 30 % of the teeth it is localized."""
    return "localized" if 100 * affected < 30 * present else "generalized"
