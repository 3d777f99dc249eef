"""Where a clinic keeps records to care teams, no route tells somebody who is not on the team more than a name and a birthday.

Every route is asked about a patient whose record sings, by somebody who may do everything but open every record.
"""

import secrets
from dataclasses import dataclass, field

import httpx
import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from chairside.kernel.op import OF_EVERYBODY
from chairside.tenancy.permissions import CATALOGUE
from tests.conftest import DATABASE, opened
from tests.undone import Undone
from tests.walls.planted import plant
from tests.walls.requests import REQUESTS
from tests.walls.test_routes import routes
from tests.walls.world import World, make

KEPT = """
    select c.relname,
           coalesce((select string_agg(p.polname, ' ' order by p.polname) from pg_policy p
                      where p.polrelid = c.oid and not p.polpermissive and p.polname like 'care\\_team%%'), '')
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and (c.relname = 'patient' or exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'patient_id'))
"""
NOT_KEPT = {
    "appointment": ("care_team_insert care_team_update", "that somebody has a visit is on the schedule; doors leave out why"),
    "hold": ("care_team_insert care_team_update", "that somebody is about to be booked is on the schedule, and nobody named"),
    "appointment_step": ("", "that somebody came is on the schedule; doors leave out why"),
    "audit_event": ("", "who saw and changed what is the auditor's, not the record"),
    "care_team": ("", "the test of it cannot ask itself; its doors look first"),
    "ledger_posting": ("", "sums of a family, whose lines its doors look at first"),
    "ledger_transaction": ("", "a date and a kind; its doors look first"),
    "allocation": ("", "an amount between a credit and an invoice, which are kept"),
    "patient": ("care_team_update", "a name and a birthday are seen in lists; doors leave out the rest"),
    "patient_key": ("", "a salt"),
}
"""Tables about a patient that are not kept as a whole: by what they are, and why that is enough."""
PERSONAL = {"first_name", "last_name", "birth_date", "sort_key", "contacts"}
PLANTED_BESIDE = [
    """
    update patient
       set contacts = jsonb_build_array(jsonb_build_object(
               'type', 'mobile', 'value', %(canary)s::text, 'is_primary', true, 'safe_for_voicemail', false))
     where clinic_id = %(clinic)s
    """,
    "update message set recipient = %(canary)s, subject = %(canary)s where clinic_id = %(clinic)s and patient_id is not null",
    "update inbound_text set number = %(canary)s where clinic_id = %(clinic)s and patient_id is not null",
    """
    update audit_value v
       set new = (select jsonb_object_agg(changed, %(canary)s::text) from unnest(e.changed_fields) as changed)
      from audit_event e
     where v.clinic_id = %(clinic)s
       and (e.clinic_id, e.at, e.id) = (v.clinic_id, v.at, v.audit_id)
       and e.patient_id is not null
    """,
]
"""Where a column must keep its form, or holds others' words, too."""


def about_a_patient(root: psycopg.Connection) -> dict[str, str]:
    return dict(root.execute(KEPT).fetchall())


async def test_every_table_about_a_patient_is_kept_to_the_team_or_has_a_reason(root):
    found = about_a_patient(root)
    assert {table: policies for table, policies in found.items() if policies != "care_team"} == {
        table: policies for table, (policies, _) in NOT_KEPT.items()
    }


async def test_another_table_about_a_patient_is_noticed(root):
    root.execute("create table stray (clinic_id uuid, patient_id uuid)")
    assert about_a_patient(root)["stray"] == ""


@dataclass
class Kept:
    world: World
    canary: str
    patient: str
    statuses: dict[str, int] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    sang: list[str] = field(default_factory=list)

    async def sweep(self) -> None:
        for route in routes():
            if "{clinic}" not in route.path:
                continue
            answer = await self.world.ask(route, token=self.world.tokens["free"])
            self.statuses[route.name], self.codes[route.name] = answer.status, answer.code
            whole = answer.body + b"".join(value for _, value in answer.headers)
            if self.canary.encode() in whole.lower():
                self.sang.append(route.name)


@pytest.fixture(scope="module")
async def kept(worlds, pool, admin, conninfo):
    """A clinic of its own, whose patients' records sing; the names and birthdays do not."""
    whole = worlds[0].app
    whole.app.state.pool = pool
    transport = httpx.ASGITransport(whole)
    async with httpx.AsyncClient(transport=transport, base_url="http://chairside.test/api/v1") as client:
        with psycopg.connect(make_conninfo(admin, dbname=DATABASE)) as db:
            clinic = await opened("kept", pool, client)
            world = await make(clinic, whole, db)
            everything = [name for name in CATALOGUE if name != "patients.every"]
            role = await clinic.ask("POST", "/roles", json={"name": secrets.token_hex(4), "permissions": everything})
            someone = f"/members/{world.people['free']}"
            changed = await clinic.ask("PATCH", someone, version=1, json={"roles": [role.json()["slug"]]})
            assert changed.is_success, changed.text
            version = (await clinic.ask("GET", "/record-rules")).json()["version"]
            rules = await clinic.ask("PATCH", "/record-rules", version=version, json={"care_teams": True})
            assert rules.is_success, rules.text
            held = set(about_a_patient(db)) - {"audit_event", "message", "inbound_text"}
            planted = plant(db, clinic.id, only=lambda table, column: table in held and column not in PERSONAL)
            db.execute("set local session_replication_role = replica")
            for statement in PLANTED_BESIDE:
                changed = db.execute(statement, {"clinic": clinic.id, "canary": planted.canary})
                assert changed.rowcount, statement
            about = "select id::text from audit_event where clinic_id = %s and patient_id = %s and action = 'insert' and entity = 'patient'"
            [world.things["event_id"]] = db.execute(about, [clinic.id, world.things["patient_id"]]).fetchone()
            db.commit()
    whole.app.state.pool = Undone(pool)
    return Kept(world, planted.canary, world.things["patient_id"])


@pytest.mark.timeout(600)
async def test_tells_whoever_is_not_on_the_team_nothing_of_the_record(kept):
    await kept.sweep()
    assert kept.sang == []
    assert {name for name, status in kept.statuses.items() if status >= 500} == set()
    named = {route.name for route in routes() if "{patient_id}" in route.path}
    assert {name for name in named if kept.codes[name] != "NotOnCareTeam"} == {"list_patient_audit_events"}
    bodies = {name for name, one in REQUESTS.items() if isinstance(one.body, dict) and "patient_id" in one.body}
    assert {kept.codes[name] for name in bodies} == {"NotOnCareTeam"}


async def test_hears_it_sing_once_they_are_named_on_the_team(kept, root):
    """Breaks it, so to speak: the same questions then are answered, and the canary is heard."""
    root.rollback()
    root.execute("select app.act(%s, %s, null, 'human', 'x')", [kept.world.clinic.id, kept.world.clinic.owner_id])
    root.execute("insert into care_team (patient_id, member_id) values (%s, %s)", [kept.patient, kept.world.people["free"]])
    root.commit()
    await kept.sweep()
    assert {"get_patient", "get_ledger", "list_payments", "get_schedule", "list_history", "get_audit_event"} <= set(kept.sang)


def test_what_counts_everybody_is_in_the_catalogue():
    assert set(CATALOGUE) >= OF_EVERYBODY
