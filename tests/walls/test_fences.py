"""What must hold for every table, whoever adds it."""

import psycopg
import pytest

UNFENCED = {
    "worker_beat": "says that a worker lives; nothing of a clinic",
    "audit_horizon": "one number: up to which transaction everything is sealed; nothing of a clinic",
    "principal": "a person may work for several clinics; only chairside_auth reads it",
    "session": "a person's, not a clinic's; only chairside_auth reads it",
    "passkey": "a person's; only chairside_auth reads it",
    "totp": "a person's; only chairside_auth reads it",
    "recovery_code": "a person's; only chairside_auth reads it",
    "challenge": "a person's or nobody's yet; only chairside_auth reads it",
    "outside_identity": "a person's; only chairside_auth reads it",
    "outside_trip": "a person's or nobody's yet; only chairside_auth reads it",
    "guess": "digests of who guessed at whom; only chairside_auth reads it",
    "heard_notice": "ids of notices of Amazon SNS, for a day; nothing of a clinic",
    "notice_topic": "topics that the operator named, and whether they are heard; nothing of a clinic",
    "deployment_key": "wrapped keys of what is a person's and no clinic's",
    "alembic_version": "which migrations ran",
    "procrastinate_jobs": "the worker sees every clinic; names and ids, no facts",
    "procrastinate_events": "the queue's own log",
    "procrastinate_workers": "the queue's own",
    "procrastinate_periodic_defers": "the queue's own",
}
TABLES = """
    select c.oid, c.relname from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
"""
OPEN = f"""
    select t.relname from ({TABLES}) t join pg_class c using (oid)
     where not (c.relrowsecurity and c.relforcerowsecurity
                and exists (select from pg_policy p where p.polrelid = c.oid and 'chairside_app'::regrole = any(p.polroles)
                                and pg_get_expr(p.polqual, p.polrelid) like '%app.clinic()%'
                                and pg_get_expr(p.polwithcheck, p.polrelid) like '%app.clinic()%'))
"""
# Foreign and unique keys ignore row security: each must carry the clinic itself.
LOOSE = """
    select k.conname from pg_constraint k
     where k.connamespace = 'public'::regnamespace
       and exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'clinic_id')
       and case k.contype
             when 'f' then exists (select from pg_attribute a where a.attrelid = k.confrelid and a.attname = 'clinic_id')
             else k.contype in ('p', 'u', 'x') end
       and not exists (select from pg_attribute a where a.attrelid = k.conrelid and a.attname = 'clinic_id' and a.attnum = k.conkey[1])
"""
EXPOSED_PARTITIONS = """
    select c.relname from pg_class c where c.relispartition and c.relkind = 'r'
       and has_table_privilege('chairside_app', c.oid, 'select, insert, update, delete')
"""
# Definers that belong to the owner, because only an owner can do the one thing they do.
OWNERS_OWN = {
    "roll_forward": "makes the months ahead, and takes no argument",
    "count_anew": "has the planner's statistics taken, and shows none",
    "clinics_to_reseal": "names clinics whose key was followed by another; ids alone",
    "clinic_of_number": "names the clinic whose number it is; its id alone",
    "clinic_of_sent": "names the clinic of a message by the network's id of it; its id alone",
    "clinics_that_wrote_to": "names clinics that wrote to a number lately; ids alone",
    "clinics_with_reminders": "names clinics of whose reminders one is due; ids alone",
    "clinics_with_openings": "names clinics that offer a free time, or have to tell that one is gone; ids alone",
    "clinics_with_outside_calendars": "names clinics of whose outside calendars one is to be asked; ids alone",
    "forget_outside_calendars": "deletes what was removed a day ago, and what is past by two days, and shows none",
    "forget_import_files": "deletes files that nobody touched for seven days in every clinic, and shows none",
    "forget_sign_ups": "deletes sign-ups a week after their links, and shows none",
    "forget_person_links": "the same for links about a person's own account",
    "queue_letters_again": "gives a letter that waits without a job another one, in every clinic, and shows none",
    "keep_archive": "notes a file of a clinic's month of the audit, older than six years, whose counts are the chain's",
    "drop_archived_month": "drops such a month once every event in it is noted, and counts what is not",
    "move_visits": "a merge that is on record, within the clinic of the setting: whose these rows are, and nothing else of them",
    "move_books": "the same; the app's role may not write into the ledger afterwards",
    "move_letters": "the same",
    "move_recalls": "the same",
    "move_proxies": "the same",
    "move_messages": "the same",
    "move_offers": "the same",
    "move_series": "the same",
    "move_charts": "the same",
    "move_perio": "the same",
    "move_history": "the same",
    "move_notes": "the same",
    "move_prescriptions": "the same",
    "move_lab_cases": "the same",
    "move_plans": "the same",
    "move_images": "the same",
    "move_relations": "the same; who is on the care team of one may not be on the other's",
    "forget_answers": "deletes answers older than 72 hours in every clinic, and shows none",
}
DEFINERS = """
    select p.proname from pg_proc p join pg_roles o on o.oid = p.proowner
     where p.prosecdef and p.pronamespace in ('app'::regnamespace, 'public'::regnamespace)
       and (o.rolname not in ('chairside_auth', 'chairside_search', 'chairside_sealer', 'chairside_tailer')
            or not exists (select from unnest(p.proconfig) c where c like 'search_path=%')
            or has_function_privilege('public', p.oid, 'execute'))
"""


def names(db: psycopg.Connection, query: str) -> set[str]:
    return {name for (name,) in db.execute(query)}


def test_every_table_is_fenced(root):
    assert names(root, OPEN) == set(UNFENCED)


def test_a_table_without_a_fence_is_noticed(root):
    root.execute("create table stray (clinic_id uuid, id uuid)")
    assert names(root, OPEN) - set(UNFENCED) == {"stray"}


def test_every_key_and_link_begins_with_the_clinic(root):
    assert names(root, LOOSE) == set()


@pytest.mark.parametrize("column", ["foreign key (patient_id) references patient_probe (id)", "unique (patient_id)"])
def test_a_key_or_link_without_the_clinic_is_noticed(root, column):
    root.execute("create table patient_probe (clinic_id uuid, id uuid unique)")
    root.execute(f"create table stray (clinic_id uuid, patient_id uuid, constraint stray_key {column})")
    assert "stray_key" in names(root, LOOSE)


def test_partitions_are_reached_only_through_their_parent(root):
    assert names(root, EXPOSED_PARTITIONS) == set()
    root.execute("""
        do $$ begin
            execute format('grant select on %s to chairside_app',
                           (select inhrelid::regclass from pg_inherits where inhparent = 'event'::regclass limit 1));
        end $$
    """)
    assert len(names(root, EXPOSED_PARTITIONS)) == 1


def test_definer_functions_are_narrow(root):
    assert names(root, DEFINERS) == set(OWNERS_OWN)
    root.execute("create function app.stray() returns int language sql security definer return 1")
    assert names(root, DEFINERS) - set(OWNERS_OWN) == {"stray"}


def test_the_app_owns_nothing_and_steps_over_nothing(root):
    flags = "select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb from pg_roles where rolname = 'chairside_app'"
    assert root.execute(flags).fetchone() == (False,)
    assert root.execute("select count(*) from pg_class where relowner = 'chairside_app'::regrole").fetchone() == (0,)
    assert root.execute("select count(*) from pg_auth_members where member = 'chairside_app'::regrole").fetchone() == (0,)


async def test_without_a_clinic_nothing_is_seen_and_nothing_written(conninfo, north):
    with psycopg.connect(conninfo) as db:
        assert db.execute("select count(*) from clinic").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            db.execute("insert into location (name) values ('x')")


async def test_a_clinic_cannot_write_for_another(conninfo, north, south):
    with psycopg.connect(conninfo) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute("select app.act(%s, %s, null, 'human', 'x')", [north.id, north.owner_id])
        db.execute("insert into location (clinic_id, name) values (%s, 'x')", [south.id])


@pytest.mark.parametrize("table", ["audit_event", "audit_value", "event"])
@pytest.mark.parametrize("change", ["delete from {}", "update {} set at = at", "truncate {}"])
def test_what_happened_cannot_be_changed(conninfo, table, change):
    with psycopg.connect(conninfo) as db, pytest.raises(psycopg.errors.InsufficientPrivilege):
        db.execute(change.format(table))


UNAUDITED = {
    "audit_event": "the audit itself", "audit_value": "the audit itself", "audit_seal": "the audit itself",
    "audit_checkpoint": "signed, and kept in a second place", "audit_archive": "signed",
    "audit_verification": "insert only: what looking through the audit found", "event": "insert only, and itself a record",
    "proxy_proof_file": "the bytes of a proof, which is audited",
    "provider_signature_image": "the picture of a signature, which is audited",
    "treatment_signature": "the picture of a signature, which is audited",
    "import_chunk": "the file of an import, which is audited", "import_finding": "follows from the file and the import",
    "import_progress": "how far an import is, each second",
    "register_reservation": "numbers kept for an import while it runs; no fact of anybody",
    "outside_consent": "somebody on their way, for a quarter of an hour; what comes of it is audited", "sign_up": "goes before there is a clinic, and holds a password's hash", "answer": "a copy of an answer whose work is audited", "claim": "follows from its appointment, which is audited",
    "booking_code": "that somebody asked for a code is no fact of anybody; what they book with it is audited",
    "hold": "minutes of somebody who is booking; what comes of it is audited",
    "person_link": "about a person's own account, which is no clinic's",
    "ledger_transaction": "insert only; says who and when, and belongs to a charge, credit, allocation or refund that is audited",
    "ledger_posting": "insert only, with its transaction",
    "clinic_key": "a destroyed key must not live on in the audit; rotations are recorded as acts",
    "patient_key": "erasure takes the salt, and the audit must not keep it",
    "patient_merge_move": "follows from its merge, which is audited, and so are the rows that it names",
    "day_close_item": "comes with its close and is released with its reversal, which are audited",
}  # fmt: skip
SILENT = f"""
    select t.relname from ({TABLES}) t join pg_class c using (oid)
     where c.relrowsecurity
       and not exists (select from pg_trigger g join pg_proc p on p.oid = g.tgfoid
                        where g.tgrelid = c.oid and p.proname = 'audit' and g.tgenabled <> 'D')
"""


def test_every_change_of_a_clinic_table_is_audited(root):
    assert names(root, SILENT) - set(UNAUDITED) == set()


def test_a_table_without_the_audit_trigger_is_noticed(root):
    root.execute("drop trigger audit on patient")
    assert "patient" in names(root, SILENT)


MONTHS = """
    select parent.relname, count(*), max(pg_get_expr(child.relpartbound, child.oid))
      from pg_inherits join pg_class parent on parent.oid = inhparent join pg_class child on child.oid = inhrelid
     where parent.relkind = 'p' group by 1
"""


def test_months_are_made_ahead_and_none_swallows_the_rest(root):
    found = {name: (count, last) for name, count, last in root.execute(MONTHS)}
    assert set(found) == {"audit_event", "audit_value", "event"}
    assert all(count >= 4 and "DEFAULT" not in last for count, last in found.values())
    root.execute("set local role chairside_app")
    root.execute("select app.roll_forward()")  # again without harm, by the role of the job
