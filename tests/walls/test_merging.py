"""What holds a patient's id goes along when the patient is merged into another, or stands here with the reason why it stays."""

from uuid import UUID

from chairside import billing, merging, patients
from chairside.kernel.money import Money
from tests.conftest import OWNER

LINKS = """
    select c.relname || '.' || a.attname
      from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and a.attnum > 0 and not a.attisdropped and a.attname <> 'clinic_id'
       and (a.attname ~ '(^|_)patient_ids?$'
            or a.attname = 'resource_id'
            or exists (select from pg_constraint link
                        where link.conrelid = c.oid and link.confrelid = 'patient'::regclass and a.attnum = any(link.conkey)))
     order by 1
"""
MOVED = {
    "allocation.patient_id", "appointment.patient_id", "appointment_item.patient_id", "appointment_step.patient_id",
    "care_team.patient_id", "charge.patient_id", "claim.resource_id", "completed_item.patient_id", "credit.patient_id",
    "invoice.patient_id", "invoice_line.patient_id", "ledger_posting.patient_id", "ledger_transaction.patient_id",
    "contact_preference.patient_id", "dentition.patient_id", "finding.patient_id", "history_entry.patient_id",
    "inbound_text.patient_id", "message.patient_id", "lab_case.patient_id", "lab_case_step.patient_id", "prescription.patient_id", "note.patient_id", "note_addendum.patient_id", "note_signature.patient_id",
    "note_version.patient_id", "opening_offer.patient_id",
    "image.patient_id", "image_mark.patient_id", "image_mount.patient_id", "stored_file.patient_id",
    "perio_exam.patient_id", "perio_tooth.patient_id",
    "patient.guarantor_id", "proxy.holder_id", "proxy.patient_id", "proxy_proof.patient_id", "recall.patient_id", "recall_attempt.patient_id",
    "refund.patient_id", "reminder.patient_id", "visit_series.patient_id", "waitlist_entry.patient_id",
    "waitlist_provider.patient_id", "treatment_plan.patient_id", "treatment_presentation.patient_id",
    "treatment_acceptance.patient_id", "treatment_item.patient_id", "treatment_booking.patient_id", "treatment_work.patient_id",
}  # fmt: skip
STAYS = {
    "audit_event.patient_id": "what was, was: whoever opened the duplicate opened the duplicate",
    "audit_event.patient_ids": "what was, was",
    "history_version.patient_id": "what was, was: of each record the whole is written down anew after a merge",
    "medical_history.patient_id": "says when that record was looked through, and counts its versions; entries go along",
    "prescription.of_patient_id": "whose record it was in when it was issued; its hash is of that",
    "note_signature.of_patient_id": "whose record it was in when it was signed; the signature is of that",
    "treatment_presentation.of_patient_id": "whose record it was in when it was shown; the signature is of that",
    "hold.patient_id": "minutes of somebody who is booking; it runs out by itself",
    "patient.merged_into_id": "says itself where the duplicate went; merged on, the way is gone step by step",
    "patient_key.patient_id": "opens what was sealed for the duplicate, under whose name it was sealed",
    "patient_merge.duplicate_id": "says itself who was merged",
    "patient_merge.patient_id": "says itself who was merged into whom",
}
UNKNOWN = (
    "a merge does not know this: let a function app.move_… of it take the rows along (merging/actions.py), or say why they stay"
)


def links(root):
    return {link for (link,) in root.execute(LINKS)}


def test_everything_that_names_a_patient_goes_along_or_has_a_reason(root):
    found = links(root)
    assert found - MOVED - set(STAYS) == set(), UNKNOWN
    assert (MOVED | set(STAYS)) - found == set()


def test_another_table_about_a_patient_is_noticed(root):
    root.execute(
        "create table stray (clinic_id uuid, holder uuid, foreign key (clinic_id, holder) references patient (clinic_id, id))"
    )
    root.execute("create table other_stray (clinic_id uuid, first_patient_id uuid)")
    assert links(root) >= {"stray.holder", "other_stray.first_patient_id"}


class Undo(Exception):
    pass


async def counted(op, ids):
    """How many rows of each kind name one of them."""
    counts = {}
    for link in sorted(MOVED):
        table, column = link.split(".")
        counts[link] = await op.db.value(f"select count(*) from {table} where {column} = any(%(ids)s::uuid[])", ids=ids)
    return counts


async def test_what_is_said_to_go_along_does(worlds):
    """On a clinic with one of everything, and none of it may be missing there: nothing would be shown by that."""
    clinic, things = worlds[0].clinic, worlds[0].things
    gone = [things["patient_id"], things["guarantor_id"]]
    try:
        async with clinic.op() as op:
            await op.act_for(clinic.id, actor_id=clinic.owner_id, grants=OWNER)
            await billing.collect(
                op, patient_id=UUID(gone[0]), amount=Money(100, "RON"), method="cash"
            )  # covers part of an invoice
            before = await counted(op, gone)
            assert {link for link, count in before.items() if not count} == set()
            for duplicate in gone:
                stays = await patients.register(op, first_name="A", last_name="B", birth_date=None)
                done = await merging.merge(op, patient_id=stays.id, duplicate_id=UUID(duplicate))
                kinds = (
                    "select array_agg(distinct table_name order by table_name) from patient_merge_move where merge_id = %(id)s"
                )
                assert set(await op.db.value(kinds, id=done.id) or []) <= {link.split(".")[0] for link in MOVED}
            after = await counted(op, gone)
            # Their own row says who answers for the duplicate, as it did.
            assert {link: count for link, count in after.items() if count} == {}
            raise Undo
    except Undo:
        pass
