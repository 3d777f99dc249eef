"""The rows of our database, into that of the peer."""

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

WRITTEN = "created_at, created_by, updated_at, updated_by, version"
ROLE, MEMBER = "md5({0}clinic_id::text || {0}role_slug)::uuid", "md5({0}clinic_id::text || {0}principal_id)::uuid"
TABLES = {
    "clinic (id, slug, name, timezone, locale, currency)": "select id, slug, name, timezone, locale, currency from clinic",
    "person (id, email, suspended_at)": "select id, email, suspended_at from principal",
    "session (id, person_id, token_hash, idle_minutes, idle_ends_at, ends_at)":
        "select id, principal_id, token_hash, idle_minutes, idle_ends_at, ends_at from session",
    "role (id, clinic_id, slug, grants)": "select md5(clinic_id::text || slug)::uuid, clinic_id, slug, grants from role",
    "membership (id, clinic_id, person_id)": f"select {MEMBER.format('')}, clinic_id, principal_id from membership",
    "membership_roles (membership_id, role_id)": f"select {MEMBER.format('')}, {ROLE.format('')} from membership_role",
    **{f"{table} ({columns})": f"select {columns} from {table}" for table, columns in {
        "patient": "id, clinic_id, register_number, first_name, middle_name, last_name, preferred_name, birth_date, sex, address, note,"
                   f"contacts, guarantor_id, archived_at, deleted_at, search, sort_key, {WRITTEN}",
        "provider": f"id, clinic_id, name, active, {WRITTEN}",
        "operatory": f"id, clinic_id, name, active, {WRITTEN}",
        "service": f"id, clinic_id, name, duration_minutes, buffer_before_minutes, buffer_after_minutes, active, {WRITTEN}",
        "appointment": "id, clinic_id, patient_id, provider_id, operatory_id, service_id, starts_at, ends_at, buffer_before_minutes,"
                       f"buffer_after_minutes, status, overbooking_reason, notes, {WRITTEN}",
        "claim": "id, clinic_id, resource_id, appointment_id, during, active, expires_at, created_at, created_by",
    }.items()},
    "appointmentitem (id, clinic_id, appointment_id, patient_id, position, service_id, quantity, created_at, created_by)":
        "select id, clinic_id, appointment_id, patient_id, position, service_id, quantity, created_at, created_by from appointment_item",
    "auditevent (id, clinic_id, at, actor_id, action, entity, entity_id, patient_id)":
        "select id, clinic_id, at, coalesce(actor_id, clinic_id), action, entity, entity_id, patient_id from audit_event",
    "event (id, clinic_id, at, actor_id, name, facts)": "select id, clinic_id, at, actor_id, name, facts from event",
    "answer (clinic_id, actor_id, route, key, asked, status, body, at)":
        "select clinic_id, actor_id, route, key, asked, status, body, at from answer",
}  # fmt: skip
EXTENSIONS = "create extension btree_gist; create extension btree_gin; create extension pg_trgm"


def prepare(admin: str, password: str) -> None:
    """An empty database `peer` that belongs to a role of that name."""
    with psycopg.connect(admin, autocommit=True) as db:
        db.execute("drop database if exists peer with (force)")
        db.execute("drop role if exists peer")
        db.execute(sql.SQL("create role peer login password {}").format(sql.Literal(password)))
        db.execute("create database peer owner peer")
    with psycopg.connect(make_conninfo(admin, dbname="peer"), autocommit=True) as db:
        db.execute(EXTENSIONS)


def move(admin: str, trigger: str) -> None:
    with psycopg.connect(admin) as ours, psycopg.connect(make_conninfo(admin, dbname="peer"), autocommit=True) as theirs:
        theirs.execute("set session_replication_role = replica")
        for into, query in TABLES.items():
            with (
                ours.cursor().copy(f"copy ({query}) to stdout") as out,
                theirs.cursor().copy(f"copy app_{into} from stdin") as back,
            ):
                for block in out:
                    back.write(block)
        theirs.execute("set role peer")
        theirs.execute(trigger)
        theirs.execute("reset role")
        theirs.execute("vacuum (analyze)")
