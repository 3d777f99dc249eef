from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import BinaryIO
from uuid import UUID

from chairside.exchange.rows import IMPORT, Import, ImportChunk, ImportFinding, ImportState, Touch, Touched
from chairside.kernel import vault
from chairside.kernel.audit import shown
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Conflict, Missing

GET = f"select {IMPORT} from import where import.id = %(import_id)s"
LIST = f"""
    select {IMPORT}
      from import
     where import.id < %(before)s
     order by import.id desc
     limit %(limit)s
"""
STATE = """
    select import_finding.found, import_progress.done, import_progress.total, import_progress.began_at,
           exists (select from import_chunk where import_chunk.import_id = import.id) as file_kept,
           greatest(case when import_progress.began_at is not null then import_progress.at end,
                    (select max(worker_beat.at) from worker_beat), '-infinity')
               > clock_timestamp() - interval '30 seconds' as worker_lives
      from import
      left join import_finding on import_finding.import_id = import.id
      left join import_progress on import_progress.import_id = import.id
     where import.id = %(import_id)s
"""
FINDING = "select import_finding.found, import_finding.read_on from import_finding where import_finding.import_id = %(import_id)s"
CHUNK = """
    select import_chunk.sealed, import_chunk.bytes
      from import_chunk
     where import_chunk.import_id = %(import_id)s
       and import_chunk.number = %(number)s
"""
# What the import put into the ledger and did not take back.
LEDGER = """
    select coalesce(sum(ledger_posting.amount), 0)::bigint
      from ledger_transaction
      join ledger_posting on ledger_posting.transaction_id = ledger_transaction.id
     where ledger_transaction.source = 'import'
       and ledger_transaction.source_id = %(import_id)s
       and ledger_posting.patient_id is not null
"""
# Something was done with them since. Some hundreds at a time and each by an index: right after an import the statistics still
# speak of an empty register, and a join that they choose takes minutes.
TOUCHED = shown("""
    select patient.id, 1 as place, 'changed' as why
      from patient
     where patient.id = any(%(patient_ids)s)
       and patient.version > 1
     union
    select appointment.patient_id, 2, 'appointment'
      from appointment
     where appointment.patient_id = any(%(patient_ids)s)
     union
    select invoice.patient_id, 3, 'invoice'
      from invoice
     where invoice.patient_id = any(%(patient_ids)s)
     union
    select ledger_posting.patient_id, 4, 'ledger'
      from ledger_posting
      join ledger_transaction on ledger_transaction.id = ledger_posting.transaction_id
     where ledger_posting.patient_id = any(%(patient_ids)s)
       and ledger_transaction.source_id is distinct from %(import_id)s
     union
    select charge.patient_id, 4, 'ledger'
      from charge
     where charge.patient_id = any(%(patient_ids)s)
       and charge.kind <> 'opening_balance'
     union
    select recall.patient_id, 5, 'recall'
      from recall
     where recall.patient_id = any(%(patient_ids)s)
     union
    select waitlist_entry.patient_id, 6, 'waitlist'
      from waitlist_entry
     where waitlist_entry.patient_id = any(%(patient_ids)s)
     union
    select finding.patient_id, 9, 'finding'
      from finding
     where finding.patient_id = any(%(patient_ids)s)
     union
    select perio_exam.patient_id, 9, 'finding'
      from perio_exam
     where perio_exam.patient_id = any(%(patient_ids)s)
     union
    select dentition.patient_id, 9, 'finding'
      from dentition
     where dentition.patient_id = any(%(patient_ids)s)
     union
    select image.patient_id, 10, 'image'
      from image
     where image.patient_id = any(%(patient_ids)s)
     union
    select note.patient_id, 9, 'note'
      from note
     where note.patient_id = any(%(patient_ids)s)
     union
    select prescription.patient_id, 10, 'prescription'
      from prescription
     where prescription.patient_id = any(%(patient_ids)s)
     union
    select lab_case.patient_id, 11, 'lab_case'
      from lab_case
     where lab_case.patient_id = any(%(patient_ids)s)
     union
    select treatment_plan.patient_id, 9, 'plan'
      from treatment_plan
     where treatment_plan.patient_id = any(%(patient_ids)s)
     union
    select proxy.patient_id, 7, 'proxy'
      from proxy
     where proxy.patient_id = any(%(patient_ids)s)
     union
    select proxy.holder_id, 7, 'proxy'
      from proxy
     where proxy.holder_id = any(%(patient_ids)s)
     union
    select medical_history.patient_id, 8, 'history'
      from medical_history
     where medical_history.patient_id = any(%(patient_ids)s)
     union
    select dependent.guarantor_id, 9, 'guarantor'
      from patient as dependent
     where dependent.guarantor_id = any(%(patient_ids)s)
       and dependent.deleted_at is null
     order by 1, 2
""")
NAMED = shown("""
    select patient.id, patient.register_number, patient.first_name, patient.last_name, patient.birth_date, kept.why
      from unnest(%(ids)s::uuid[], %(whys)s::text[]) with ordinality as kept (id, why, place)
      join patient on patient.id = kept.id
     where patient.deleted_at is null
        or patient.merged_into_id is not null
     order by kept.place
""")
LATEST = UUID(int=2**128 - 1)
KEPT_SHOWN = 1_000
PORTION = 500


class NoSuchImport(Missing):
    """There is no such import in this clinic."""


class NoFile(Conflict):
    """No file was uploaded yet, or it could not be read; upload one that can."""


class FileForgotten(Conflict):
    """The file was deleted after seven days; upload it again in a new import."""


@needs("imports.run")
async def get(op: Op, *, import_id: UUID) -> Import:
    """Refuses NoSuchImport."""
    found = await op.db.one(Import, GET, import_id=import_id)
    if found is None:
        raise NoSuchImport()
    return found


@needs("imports.run")
async def list_(op: Op, *, before: UUID = LATEST, limit: int = 50) -> list[Import]:
    """Newest first."""
    return await op.db.all(Import, LIST, before=before, limit=limit)


@needs("imports.run")
async def get_state(op: Op, *, import_id: UUID) -> ImportState:
    """Refuses NoSuchImport."""
    state = await op.db.one(ImportState, STATE, import_id=import_id)
    if state is None:
        raise NoSuchImport()
    return state


@needs("imports.run")
async def list_kept(op: Op, *, import_id: UUID) -> list[Touched]:
    """Who stayed when the import was undone, and why; the first KEPT_SHOWN."""
    undoing = (await get(op, import_id=import_id)).undoing
    kept = undoing["kept"][:KEPT_SHOWN] if undoing else []
    if not kept:
        return []
    return await op.db.all(Touched, NAMED, ids=[each["id"] for each in kept], whys=[each["why"] for each in kept])


async def find_touched(op: Op, import_id: UUID, patient_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Which of the patients of an import something was done with since, or who answer for somebody; and why."""
    why: dict[UUID, str] = {}
    for some in portions(patient_ids):
        for touched in await op.db.all(Touch, TOUCHED, import_id=import_id, patient_ids=some):
            why.setdefault(touched.id, touched.why)
    return why


def portions(ids: Sequence[UUID]) -> Iterator[list[UUID]]:
    for place in range(0, len(ids), PORTION):
        yield list(ids[place : place + PORTION])


async def finding(op: Op, import_id: UUID) -> ImportFinding:
    """What the file was found to say, and when. Refuses NoFile, FileForgotten."""
    found = await op.db.one(ImportFinding, FINDING, import_id=import_id)
    if found is None:
        raise FileForgotten() if (await get(op, import_id=import_id)).summary else NoFile()
    return found


async def read_file(op: Op, import_id: UUID) -> BinaryIO:
    """The file, in a temporary one without a name: it goes when it is closed. Refuses NoFile, FileForgotten."""
    content: BinaryIO = TemporaryFile()  # noqa: SIM115 - closed by whoever asked
    opening, number = None, 0
    while chunk := await op.db.one(ImportChunk, CHUNK, import_id=import_id, number=number):
        if chunk.sealed is None:  # kept before files were sealed
            content.write(chunk.bytes or b"")
        else:
            if opening is None:
                opening = await vault.opening(op, table="import_chunk", column="sealed", row=import_id, beginning=chunk.sealed)
            for piece in opening.feed(chunk.sealed):
                content.write(piece)
        number += 1
    if number == 0:
        content.close()
        raise FileForgotten() if (await get(op, import_id=import_id)).uploaded_at else NoFile()
    if opening:
        content.write(opening.finish())
    content.seek(0)
    return content
