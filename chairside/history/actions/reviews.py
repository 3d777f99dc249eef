from uuid import UUID

from chairside.history.actions.stock import hold, turn
from chairside.history.queries.histories import Whole, get
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict

REVIEW = """
    update medical_history
       set reviewed_at = %(at)s, reviewed_by = app.actor()
     where medical_history.patient_id = %(patient_id)s
"""
SAY_NONE = """
    update medical_history
       set none_of = array_append(medical_history.none_of, %(kind)s::text)
     where medical_history.patient_id = %(patient_id)s
"""
ASK_AGAIN = """
    update medical_history
       set none_of = array_remove(medical_history.none_of, %(kind)s::text)
     where medical_history.patient_id = %(patient_id)s
"""


class ThereIsSome(Conflict):
    """There is something on record; end it or strike it through before saying that there is none."""


@needs("history.write")
async def review(op: Op, *, patient_id: UUID, version: int | None = None) -> Whole:
    """Looked through with the patient as it stands, at the version that was seen.
    Refuses NoSuchPatient, NotOnCareTeam, HistoryIsStale."""
    await hold(op, patient_id, version)
    op.db.with_next(REVIEW, patient_id=patient_id, at=op.now)
    await turn(op, patient_id, "reviewed")
    return await get(op, patient_id=patient_id)


@needs("history.write")
async def say_none(op: Op, *, patient_id: UUID, kind: str, version: int | None = None) -> Whole:
    """The patient was asked, and there is none: no known allergies, no medications.
    Refuses NoSuchPatient, NotOnCareTeam, HistoryIsStale, ThereIsSome."""
    held = await hold(op, patient_id, version)
    whole = await get(op, patient_id=patient_id)
    if whole.known(op)[kind] == "some":
        raise ThereIsSome()
    if kind in held.none_of:
        return whole
    op.db.with_next(SAY_NONE, patient_id=patient_id, kind=kind)
    await turn(op, patient_id, "none")
    return await get(op, patient_id=patient_id)


@needs("history.write")
async def ask_again(op: Op, *, patient_id: UUID, kind: str, version: int | None = None) -> Whole:
    """As if nobody had asked. Refuses NoSuchPatient, NotOnCareTeam, HistoryIsStale."""
    held = await hold(op, patient_id, version)
    if kind in held.none_of:
        op.db.with_next(ASK_AGAIN, patient_id=patient_id, kind=kind)
        await turn(op, patient_id, "asked")
    return await get(op, patient_id=patient_id)
