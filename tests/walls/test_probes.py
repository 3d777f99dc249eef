"""Every route asked with another clinic's ids, in every position that can hold one: it answers as if they had never existed.

Nobody, somebody of another clinic and all roles ask. The other clinic sings: a canary stands in each of its columns, and no answer, no
header and no line of the log may have a byte of it, or name a thing of the other clinic that the question did not name.
"""

import asyncio
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.asking import Answer
from tests.conftest import DATABASE
from tests.walls.planted import Planted, plant
from tests.walls.positions import Document, Position
from tests.walls.requests import NEVER, REQUESTS, Request
from tests.walls.test_routes import routes
from tests.walls.world import ROLES, World

pytestmark = pytest.mark.timeout(1500)  # a minute or two, on a machine that does nothing else
AT_ONCE = 6
SHARE = 7  # each kind as the owner and one other role; as each role it were 150,000 probes, and more with each table
LEAST = 20_000
NEVER_ROLE = "never-was"
ID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
MADE = re.compile(ID.pattern + rb"|\d{4}-\d\d-\d\dT[\d:.]+Z")  # what is new in every answer that made something
KINDS = """
    select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'clinic_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and exists (select from pg_attribute i where i.attrelid = c.oid and i.attname = 'id' and i.atttypid = 'uuid'::regtype)
     order by 1
"""


@dataclass
class Sweep:
    """What a sweep heard. The other clinic's ids by their kind, and all of them."""

    north: World
    south: World
    planted: Planted
    kinds: dict[str, str]
    theirs: set[bytes]
    probes: Counter[str] = field(default_factory=Counter)
    odd: list[str] = field(default_factory=list)
    sang: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    baseline: dict[str, str] = field(default_factory=dict)
    """What the owner hears of what never was, by route and position."""
    log: str = ""

    def listen(self, what: str, answer: Answer, *sent: str) -> tuple[int, bytes]:
        """The answer without what was sent; notes what it should not hold."""
        whole = answer.body + b"".join(value for _, value in answer.headers)
        if self.planted.canary.encode() in whole.lower():
            self.sang.append(what)
        if found := set(ID.findall(whole)) & self.theirs - {one.encode() for one in sent}:
            self.named.append(f"{what}: {found}")
        status, body = answer.bare
        for id in sent:
            body = body.replace(id.encode(), b"{sent}")
        return status, body if status >= 400 else MADE.sub(b"{made}", body)

    async def compare(self, kind: str, what: str, expected: tuple[int, bytes], answer: Answer, *sent: str) -> None:
        self.probes[kind] += 1
        if (found := self.listen(what, answer, *sent)) != expected:
            self.odd.append(f"{what}: {found} instead of {expected}")


async def aside(sweep: Sweep, route: Any, position: Position, document: Document, share: int = SHARE) -> None:
    """In the own clinic, the other clinic's ids in this position: those of every kind as the owner, who may do most, and as each
    other role a share of them, so that each is tried by some."""
    method = next(iter(route.methods))

    async def answered(role: str, id: str) -> Answer:
        request = REQUESTS.get(route.name, Request())
        if position.where == "path":
            [name] = position.place
            return await sweep.north.ask(route, token=sweep.north.tokens[role], things={request.using.get(name, name): id})
        if request.body == "{count}":
            request = request._replace(body=sweep.north.count)
        asked = document.with_id(method, route.path, request, position, id)
        return await sweep.north.ask(route, token=sweep.north.tokens[role], request=asked)

    unknown, kinds = (NEVER_ROLE, {"role": sweep.south.things["role"]}) if position.is_slug else (NEVER, sweep.kinds)
    for turn, role in enumerate(ROLES):
        never = await answered(role, unknown)
        expected = sweep.listen("", never, unknown)
        if role == "owner":
            sweep.baseline[f"{route.name}, {position}"] = f"{never.status} {never.code}".strip()
        for place, (kind, id) in enumerate(kinds.items()):
            if role != "owner" and (place + turn) % share:
                continue
            what = f"{route.name} as {role}, {position}: a {kind}"
            await sweep.compare(f"{position.where}", what, expected, await answered(role, id), id)


async def across(sweep: Sweep, route: Any) -> None:
    """In the other clinic, with its things, as each role of this one and as nobody."""
    things = sweep.south.things
    sent = [str(sweep.south.clinic.id), sweep.south.clinic.slug, "never-was", NEVER, *things.values()]
    for role, token in [*((role, sweep.north.tokens[role]) for role in ROLES), ("nobody", None)]:
        expected = sweep.listen("", await sweep.south.ask(route, token=token, clinic="never-was"), *sent)
        for clinic in (sweep.south.clinic.slug, str(sweep.south.clinic.id), NEVER):
            answer = await sweep.south.ask(route, token=token, clinic=clinic)
            await sweep.compare("across", f"{route.name} as {role} of another clinic", expected, answer, *sent)
        if expected[0] != (401 if token is None else 404):
            sweep.odd.append(f"{route.name} as {role}: {expected}")


async def at_home(sweep: Sweep, route: Any) -> None:
    """In the own clinic, with its own things."""
    for role in ROLES:
        sweep.listen(f"{route.name} as {role}, at home", await sweep.north.ask(route, token=sweep.north.tokens[role]))


async def swept(sweep: Sweep) -> None:
    document = Document(sweep.north.app.app.openapi())
    work: list[Any] = []
    for route in routes():
        if "{clinic}" in route.path:
            positions = [one for one in document.positions(next(iter(route.methods)), route.path) if one.place != ("clinic",)]
            work += [aside(sweep, route, position, document) for position in positions]
            work.append(across(sweep, route))
        work.append(at_home(sweep, route))
    left = iter(work)

    async def do() -> None:
        for one in left:
            await one

    await asyncio.gather(*(do() for _ in range(AT_ONCE)))


# What is heard of an id that never was, where it is not 404.
OTHERWISE = {
    "register_patient, body guarantor_id": "422 Malformed", "change_patient, body guarantor_id": "422 Malformed",
    "add_proxy, body holder_id": "422 Malformed",
    "add_to_care_team, body member_id": "422 Malformed", "merge_patients, body duplicate_id": "422 Malformed",
    "hand_note_over, body member_id": "422 Malformed", "ask_cosigner, body member_id": "422 Malformed",
    "draft_prescription, body provider_id": "422 Malformed", "change_prescription, body provider_id": "422 Malformed",
    "plan_lab_case, body laboratory_id": "422 Malformed", "plan_lab_case, body provider_id": "422 Malformed",
    "change_lab_case, body laboratory_id": "422 Malformed", "change_lab_case, body provider_id": "422 Malformed",
    "list_lab_cases, query appointment_id": "200", "list_lab_cases, query laboratory_id": "200",
    "accept_treatment_plan, body decisions/0/item_id": "422 Malformed",
    "add_treatment_items, body items/0/finding_id": "422 Malformed",
    "arrange_treatment_plan, body items/0/item_id": "422 Malformed", "arrange_treatment_plan, body items/0/choice": "200",
    "write_note, body editing_id": "201", "change_note, body editing_id": "200",
    "add_role, body copied_from": "422 Malformed", "compare_role, body replacement": "422 Malformed",
    "remove_role, query replacement": "422 Malformed", "change_member, body roles/0": "422 Malformed",
    "invite, body roles/0": "422 Malformed", "close_day, body checks/0": "422 Malformed", "close_day, body follows_id": "409 DayClosedMeanwhile",
    "close_day, body through": "201", "list_appointments, query patient_id": "200",
    "list_audit_events, query patient_id": "200", "list_audit_events, query actor_id": "200",
    "export_audit_events, query patient_id": "200", "export_audit_events, query actor_id": "200", "list_appointments, query provider_id": "200",
    "list_appointments, query operatory_id": "200", "list_invoices, query patient_id": "200",
    "book_series, body hold_id": "201", "preview_series, body hold_id": "200",
    "book_appointment, body hold_id": "201", "list_openings, query appointment_id": "200",
    "explain_time, query appointment_id": "200",
    "list_calendar_feeds, query provider_id": "200", "list_group_sessions, query calendar_id": "200", "list_outside_calendars, query provider_id": "200",
    "list_licences, query provider_id": "200",
    "list_payments, query patient_id": "200", "list_recalls, query patient_id": "200", "list_recalls, query type_id": "200", "list_waitlist, query patient_id": "200", "list_waitlist, query service_id": "200",
    "list_changed_visits, query ids": "200",
    "keep_view, body of": "201", "keep_view, body columns/0": "201", "change_view, body of": "200", "change_view, body columns/0": "200",
}  # fmt: skip


@pytest.fixture(scope="module")
def roots(admin: str, conninfo: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(make_conninfo(admin, dbname=DATABASE), autocommit=True) as db:
        yield db


@pytest.fixture(scope="module")
async def sweep(worlds: tuple[World, World], roots: psycopg.Connection) -> Sweep:
    north, south = worlds
    kinds, theirs = {}, set()
    for (table,) in roots.execute(KINDS).fetchall():
        found = [
            id for (id,) in roots.execute(f"select id::text from {table} where clinic_id = %s order by id", [south.clinic.id])
        ]
        if found:
            kinds[table] = found[0]
        theirs |= {id.encode() for id in found}
    kinds |= {"member": south.people["dentist"], "clinic": str(south.clinic.id)}
    theirs |= {id.encode() for id in [*south.people.values(), str(south.clinic.id)]}
    planted = plant(roots, south.clinic.id)
    sweep = Sweep(north, south, planted, kinds, theirs)
    heard = io.StringIO()
    with redirect_stderr(heard), redirect_stdout(heard):
        await swept(sweep)
    sweep.log = heard.getvalue()
    return sweep


CLOSED = "one of a closed list of words"
MUTE = {
    "appointment.also": "ids and minutes", "calendar.grid": CLOSED, "calendar.modality": CLOSED, "calendar.strategy": CLOSED,
    "appointment.status": CLOSED, "appointment_step.step": CLOSED, "charge.kind": CLOSED, "clinic.currency": "three letters",
    "credit.kind": CLOSED, "credit.method": CLOSED, "import.kind": CLOSED, "import.status": CLOSED, "ledger_posting.account": CLOSED,
    "ledger_transaction.kind": CLOSED, "ledger_transaction.source": CLOSED, "message.kind": CLOSED, "message.status": CLOSED,
    "inbound_text.word": CLOSED, "message.channel": CLOSED, "message.delivery": CLOSED, "message_template.channel": CLOSED,
    "message_template.kind": CLOSED, "reminder.channel": CLOSED, "reminder.kind": CLOSED, "reminder.status": CLOSED,
    "reminder.reason": "none of what was not skipped", "reminder_rule.channel": CLOSED, "reminder_rule.unit": CLOSED,
    "opening_fill.status": CLOSED, "opening_offer.channel": CLOSED, "opening_offer.status": CLOSED,
    "outside_calendar.kind": CLOSED, "outside_calendar.state": CLOSED,
    "outside_calendar.failure": "none of what was not asked yet", "patient_link.purpose": CLOSED, "public_booking.status": CLOSED,
    "patient.sex": CLOSED, "procedure_version.area": CLOSED, "proxy.relationship": CLOSED, "proxy.scopes": CLOSED,
    "history_entry.kind": CLOSED, "history_entry.severity": CLOSED, "history_entry.since": "a date", "history_entry.until": "a date",
    "history_version.why": CLOSED, "medical_history.none_of": CLOSED,
    "image.kind": CLOSED, "image.measured_by": CLOSED, "image.picture": CLOSED, "image.teeth": "numbers of teeth",
    "image_mark.kind": CLOSED, "image_mount.template": CLOSED, "stored_file.state": CLOSED,
    "stored_file.refusal": "none of what was not refused",
    "note.kind": CLOSED, "note_signature.role": CLOSED, "note_template.kind": CLOSED,
    "note_version.why": CLOSED, "prescription.form": CLOSED,
    "lab_case.work": CLOSED, "lab_case.status": CLOSED,
    "lab_case_step.step": CLOSED,
    "recall.unit": CLOSED, "recall_attempt.kind": CLOSED, "recall_attempt.outcome": CLOSED,
    "recall_type.unit": CLOSED, "role.slug": "stands in addresses", "schedule_view.by": CLOSED, "schedule_view.span": CLOSED, "schedule_view.view": CLOSED,
    "visit_series.unit": CLOSED, "waitlist_entry.parts": CLOSED, "dentition.stage": CLOSED,
    "finding.teeth": "numbers of teeth", "finding.surfaces": CLOSED, "finding.layer": CLOSED, "finding.pontics": "numbers of teeth",
    "perio_tooth.tooth": "the number of a tooth",
    "treatment_item.status": CLOSED, "treatment_item.surfaces": CLOSED, "treatment_item.arch": CLOSED,
    "clinic.treatment_charging": CLOSED,
    "clinic.tooth_notation": CLOSED, "clinic_number.number": "a telephone number, and no answer shows it",
    "proxy_proof.kind": CLOSED, "stopped_address.reason": CLOSED,
}  # fmt: skip
ROWLESS = {
    "sign_up": "belongs to a clinic that is not there yet", "clinic_key": "holds no words", "patient_key": "holds no words",
    "outside_consent": "somebody on their way, whom no answer shows",
    "patient_merge_move": "names of tables, and ids",
    "person_link": "belongs to a person", "audit_seal": "digests", "audit_archive": "digests and signatures",
    "audit_checkpoint": "digests and signatures", "audit_verification": "what a look through the chain found",
}  # fmt: skip


async def test_search_a_clinic_that_sings_in_every_column(sweep):
    mute = {column for column in sweep.planted.mute if column.partition(".")[0] not in ROWLESS}
    assert (sorted(mute - set(MUTE)), sorted(set(MUTE) - mute)) == ([], [])


async def test_notice_a_fence_that_leaks(sweep, roots):
    """Breaks it: another policy lets everybody read everything of one table."""
    document = Document(sweep.north.app.app.openapi())
    [route] = [route for route in routes() if route.name == "get_patient"]
    leaking = Sweep(sweep.north, sweep.south, sweep.planted, {"patient": sweep.kinds["patient"]}, sweep.theirs)
    roots.execute("create policy leak on patient for select to chairside_app using (true)")
    try:
        await aside(leaking, route, Position("path", ("patient_id",)), document, share=1)
    finally:
        roots.execute("drop policy leak on patient")
    assert len(leaking.odd) == len(leaking.sang) == 8  # all roles but the auditor, who may not ask


async def test_are_many(sweep):
    print(f"{sum(sweep.probes.values())} probes: {dict(sweep.probes)}, ids of {len(sweep.kinds)} kinds")
    assert sum(sweep.probes.values()) >= LEAST
    assert all(sweep.probes[where] for where in ("path", "query", "body", "across"))


async def test_reach_what_looks_for_the_thing(sweep):
    """A request that is refused before its ids are looked at proves nothing."""
    other = {what: heard for what, heard in sweep.baseline.items() if not heard.startswith("404 NoSuch")}
    assert sorted(other.items() ^ OTHERWISE.items()) == []


async def test_hear_what_they_hear_of_what_never_was(sweep):
    assert sweep.odd[:20] == []


async def test_hear_no_word_of_another_clinic(sweep):
    assert (sweep.sang[:20], sweep.named[:20]) == ([], [])


async def test_leave_no_word_of_another_clinic_in_the_log(sweep):
    assert "request" in sweep.log
    assert sweep.planted.canary not in sweep.log.lower()
