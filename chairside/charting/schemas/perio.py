from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, NamedTuple, Self
from uuid import UUID

from pydantic import AfterValidator, Field

from chairside.charting.actions.exams import Measured, Said
from chairside.charting.queries.exams import Probed, mouth_of
from chairside.charting.rows import PerioExam
from chairside.charting.rules import perio
from chairside.charting.rules.perio.cells import ENTRANCES
from chairside.charting.rules.teeth import PERMANENT
from chairside.charting.schemas.charts import Day, Flag, Note, ToothId
from chairside.kernel.http.shapes import Instant, Line, Strict, View
from chairside.kernel.refusals import Wrong

SiteName = Literal["MB", "B", "DB", "ML", "L", "DL"]
Entrance = Literal["B", "L", "M", "D"]
Status = Literal["open", "signed", "struck"]


def _permanent(tooth: str) -> str:
    if tooth not in PERMANENT:
        raise Wrong("wrong_dentition", "A periodontal exam is of permanent teeth, 11 to 48.")
    return tooth


def _within(least: int, most: int, sentence: str) -> AfterValidator:
    def check(length: int) -> int:
        if not least <= length <= most:
            raise Wrong("not_measurable", sentence)
        return length

    return AfterValidator(check)


Millimetres = Annotated[int, Field(strict=True)]
Probing = Annotated[Millimetres, _within(0, 19, "A probing depth is 0 to 19 mm.")]
Margin = Annotated[Millimetres, _within(-19, 19, "A gingival margin is -19 to 19 mm; recession is positive.")]
Width = Annotated[Millimetres, _within(0, 19, "A width of keratinised tissue is 0 to 19 mm.")]
Hamp = Annotated[Millimetres, _within(1, 3, "A furcation is class 1, 2 or 3.")]
Miller = Annotated[Millimetres, _within(0, 3, "Mobility is 0 to 3.")]
PermanentTooth = Annotated[ToothId, AfterValidator(_permanent)]

_SITE = {
    "probing_depth": "depth", "gingival_margin": "margin", "keratinised_width": "keratinised", "bleeding": "bleeding",
    "suppuration": "suppuration", "plaque": "plaque", "calculus": "calculus",
}  # fmt: skip


class NewSite(Strict):
    """What is written at a site: a field that is left out stays, null takes it away. Lengths in mm; the margin's distance from
    the cemento-enamel junction, recession positive; the width from the margin to the mucogingival junction."""

    tooth: PermanentTooth
    site: SiteName
    probing_depth: Probing | None = None
    gingival_margin: Margin | None = None
    keratinised_width: Width | None = None
    bleeding: Flag | None = None
    suppuration: Flag | None = None
    plaque: Flag | None = None
    calculus: Flag | None = None


class NewTooth(Strict):
    """`furcations` by entrance, Hamp 1 to 3; `mobility` Miller 0 to 3. `skipped`: not examined; what was measured at it goes."""

    tooth: PermanentTooth
    mobility: Miller | None = None
    furcations: Annotated[dict[Entrance, Hamp | None], Field(max_length=3)] = {}
    skipped: Flag = False


class PerioCells(Strict):
    """Of sites and teeth that are named, the fields that are named; teeth first."""

    sites: Annotated[list[NewSite], Field(max_length=192)] = []
    teeth: Annotated[list[NewTooth], Field(max_length=32)] = []
    examined_on: Day | None = None
    provider_id: UUID | None = None
    note: Note | None = None

    def said(self) -> Said:
        head = self.model_dump(include={"examined_on", "provider_id", "note"} & self.model_fields_set)
        if head.get("examined_on", True) is None:
            del head["examined_on"]
        if head.get("note") == "":
            head["note"] = None
        return Said([_at_site(one) for one in self.sites], [_at_tooth(one) for one in self.teeth], head)


class NewPerioExam(PerioCells):
    """`skip_missing`: teeth that the tooth chart knows to be missing are skipped."""

    skip_missing: Flag = True


def _at_site(one: NewSite) -> perio.AtSite:
    return perio.AtSite(one.tooth, one.site, {_SITE[name]: getattr(one, name) for name in one.model_fields_set & _SITE.keys()})


def _at_tooth(one: NewTooth) -> perio.AtTooth:
    said: dict[str, Any] = {
        name: getattr(one, name) for name in ("mobility", "furcations", "skipped") if name in one.model_fields_set
    }
    return perio.AtTooth(one.tooth, said)


class PerioStrike(Strict):
    reason: Line


class PerioIndices(View):
    """Percentages are of sites at which it was looked for; None where it was nowhere. Lengths in mm."""

    sites: int
    bleeding_percent: int | None
    suppuration_percent: int | None
    plaque_percent: int | None
    calculus_percent: int | None
    mean_probing_depth: float | None
    mean_attachment_loss: float | None
    deepest: int | None
    sites_at_least_4: int
    sites_at_least_5: int
    sites_at_least_6: int
    greatest_interdental_loss: int | None

    @classmethod
    def of(cls, mouth: perio.Mouth) -> Self:
        found = perio.indices_of(perio.exam_of(mouth))
        return cls(
            sites=found.sites, bleeding_percent=found.bleeding_percent, suppuration_percent=found.suppuration_percent,
            plaque_percent=found.plaque_percent, calculus_percent=found.calculus_percent,
            mean_probing_depth=_float(found.mean_depth),
            mean_attachment_loss=_float(found.mean_attachment_loss), deepest=found.deepest, sites_at_least_4=found.at_least_4,
            sites_at_least_5=found.at_least_5, sites_at_least_6=found.at_least_6,
            greatest_interdental_loss=found.greatest_interdental_loss,
        )  # fmt: skip


def _float(mean: Decimal | None) -> float | None:
    return None if mean is None else float(mean)


class PerioSite(View):
    tooth: str
    site: SiteName
    probing_depth: int | None
    gingival_margin: int | None
    clinical_attachment_loss: int | None
    keratinised_width: int | None
    bleeding: bool | None
    suppuration: bool | None
    plaque: bool | None
    calculus: bool | None


class PerioTooth(View):
    tooth: str
    mobility: int | None
    furcations: dict[Entrance, int]
    skipped: bool


class PerioChange(View):
    """By how many mm; None where one of the two was not measured."""

    tooth: str
    site: SiteName
    deeper_by: int | None
    attachment_lost: int | None
    new_bleeding: bool


class PerioHead(View):
    """`signed`: it stays as it is. `struck`: begun by mistake."""

    id: UUID
    examined_on: date
    provider_id: UUID | None
    note: str | None
    status: Status
    signed_at: Instant | None
    signed_by: UUID | None
    struck_at: Instant | None
    struck_by: UUID | None
    strike_reason: str | None
    created_at: Instant
    created_by: UUID
    version: int
    indices: PerioIndices

    @classmethod
    def made(cls, measured: Measured) -> Self:
        return cls.model_validate({**measured.exam._asdict(), "indices": PerioIndices.of(measured.mouth)})

    @classmethod
    def of(cls, exam: PerioExam) -> Self:
        return cls.made(Measured(exam, mouth_of(exam)))


class PerioExams(View):
    """The newest first."""

    items: list[PerioHead]


class _Teeth(NamedTuple):
    sites: list[PerioSite]
    teeth: list[PerioTooth]


def _teeth(mouth: perio.Mouth) -> _Teeth:
    """Sites at which something was said, and teeth of which something was."""
    sites, teeth = [], []
    names: Any = perio.SITES
    for tooth, cells in mouth.items():
        for place, name in enumerate(names):
            said = [getattr(cells, field)[place] for field in _SITE.values()]
            if all(value is None for value in said):
                continue
            depth, margin, *more = said
            lost = None if depth is None or margin is None else depth + margin
            sites.append(
                PerioSite(tooth=tooth, site=name, probing_depth=depth, gingival_margin=margin, clinical_attachment_loss=lost,
                          **dict(zip(("keratinised_width", "bleeding", "suppuration", "plaque", "calculus"), more, strict=True)))
            )  # fmt: skip
        furcations: Any = {name: degree for name, degree in zip(ENTRANCES, cells.furcations, strict=True) if degree is not None}
        if cells.skipped or furcations or cells.mobility is not None:
            teeth.append(PerioTooth(tooth=tooth, mobility=cells.mobility, furcations=furcations, skipped=cells.skipped))
    return _Teeth(sites, teeth)


class PerioSheet(PerioHead):
    """`sites` and `teeth` of which something is said."""

    sites: list[PerioSite]
    teeth: list[PerioTooth]

    @classmethod
    def of(cls, exam: PerioExam) -> Self:
        mouth = mouth_of(exam)
        sites, teeth = _teeth(mouth)
        return cls.model_validate({**exam._asdict(), "indices": PerioIndices.of(mouth), "sites": sites, "teeth": teeth})


class StagingInputs(View):
    """What of this exam bears on stage and extent: the greatest interdental attachment loss and depth in mm, the worst furcation,
    permanent teeth that were not skipped, of them those that were probed, and of these those with interdental loss."""

    interdental_loss: int | None
    depth: int | None
    furcation: int
    teeth_present: int
    teeth_probed: int
    teeth_affected: int

    @classmethod
    def of(cls, mouth: perio.Mouth) -> Self:
        exam = perio.exam_of(mouth)
        found = perio.indices_of(exam)
        return cls(
            interdental_loss=found.greatest_interdental_loss,
            depth=found.deepest,
            furcation=max((degree for tooth in exam.values() for degree in tooth.furcations.values()), default=0),
            teeth_present=len(PERMANENT) - sum(cells.skipped for cells in mouth.values()),
            teeth_probed=sum(any(site.depth is not None for site in tooth.sites.values()) for tooth in exam.values()),
            teeth_affected=sum(
                any(perio.is_interdental(name) and (perio.attachment_loss(site) or 0) >= 1 for name, site in tooth.sites.items())
                for tooth in exam.values()
            ),
        )


class PerioRecord(PerioSheet):
    """`before`: the signed exam before it. `changes` since then: 2 mm or more deeper or of attachment lost, or new bleeding."""

    before: PerioSheet | None
    changes: list[PerioChange]
    staging: StagingInputs

    @classmethod
    def probed(cls, probed: Probed) -> Self:
        return cls.model_validate(
            {
                **PerioSheet.of(probed.exam).__dict__,
                "before": PerioSheet.of(probed.before) if probed.before else None,
                "changes": _changes(probed.before, probed.exam),
                "staging": StagingInputs.of(mouth_of(probed.exam)),
            }
        )


def _changes(before: PerioExam | None, after: PerioExam) -> list[PerioChange]:
    if before is None:
        return []
    found = perio.changes(perio.exam_of(mouth_of(before)), perio.exam_of(mouth_of(after)))
    return [
        PerioChange(tooth=tooth, site=site, deeper_by=deeper, attachment_lost=lost, new_bleeding=bleeds)  # type: ignore[arg-type]
        for tooth, site, deeper, lost, bleeds in found
    ]


class PerioComparison(View):
    """The first first; `changes` from each to the next, and so one list fewer."""

    items: list[PerioSheet]
    changes: list[list[PerioChange]]

    @classmethod
    def of(cls, exams: Sequence[PerioExam]) -> Self:
        return cls(
            items=[PerioSheet.of(one) for one in exams],
            changes=[_changes(one, after) for one, after in pairwise(exams)],
        )


SOURCE = "Tonetti, Greenwell, Kornman 2018, doi 10.1002/JPER.18-0006"


class StagingAsked(Strict):
    """What no probe tells: teeth lost to periodontitis, bone loss in percent of the root, attachment lost in five years in mm,
    cigarettes a day, HbA1c in percent. `complex`: chewing dysfunction, a collapsed bite, drifting or mobile teeth."""

    teeth_lost: Annotated[int, Field(ge=0, le=32)] = 0
    bone_loss: Annotated[int, Field(ge=0, le=100)] | None = None
    loss_5_years: Annotated[Decimal, Field(ge=-10, le=19)] | None = None
    age: Annotated[int, Field(ge=0, le=130)] | None = None
    cigarettes: Annotated[int, Field(ge=0, le=200)] = 0
    diabetes: bool = False
    hba1c: Annotated[Decimal, Field(ge=2, le=25)] | None = None
    complex: bool = False


class StagingSuggestion(View):
    """A suggestion with what it rests on, kept nowhere: who treats the patient decides. No stage where nothing was
    lost, or nothing measured."""

    stage: Literal["I", "II", "III", "IV"] | None
    grade: Literal["A", "B", "C"] | None
    extent: Literal["localized", "generalized"] | None
    inputs: StagingInputs
    source: str

    @classmethod
    def of(cls, exam: PerioExam, asked: StagingAsked) -> Self:
        inputs = StagingInputs.of(mouth_of(exam))
        stage = perio.stage(
            perio.Staging(
                interdental_loss=inputs.interdental_loss, bone_loss=asked.bone_loss, teeth_lost=asked.teeth_lost,
                depth=inputs.depth, furcation=inputs.furcation, complex=asked.complex, teeth_present=inputs.teeth_present,
            )
        )  # fmt: skip
        grade = perio.grade(
            perio.Grading(
                loss=asked.loss_5_years, bone_loss=asked.bone_loss, age=asked.age, cigarettes=asked.cigarettes,
                diabetes=asked.diabetes, hba1c=asked.hba1c,
            )
        )  # fmt: skip
        extent = perio.extent(inputs.teeth_affected, inputs.teeth_probed)
        return cls(stage=stage, grade=grade if stage else None, extent=extent if stage else None, inputs=inputs, source=SOURCE)
