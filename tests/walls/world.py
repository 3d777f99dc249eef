"""A clinic with one of everything and somebody in every role, made once: what the sweeps over all routes ask about."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg

from chairside import booking, identity, messaging, tenancy
from chairside.exchange.actions.attempts import carry_out
from chairside.imaging.actions.checking import check_file
from chairside.imaging.rules import passes
from chairside.kernel import clock, links
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.messaging.actions.stopping import stop_address
from chairside.tenancy.permissions import TEMPLATES
from tests.asking import Answer, ask
from tests.billing.test_closes import body as count_of
from tests.conftest import Clinic
from tests.imaging import made as images
from tests.walls.requests import DRUG, NEVER, NEW_PASSWORD, PIN, REQUESTS, SIGNATURE, VISITOR, Request

ROLES = tuple(TEMPLATES)
RON = {"amount": 1000, "currency": "RON"}
PATIENTS = b"Number,Last name,First name,Birthdate,Balance\n900,Dinu,Eva,1980-05-01,\n901,,Nobody,x,\n"
TRIES = 4
STEPS = {
    "confirmation": "confirmed", "arrival": "arrived", "seating": "seated", "completion": "completed",
    "cancellation": "cancelled", "no-show": "missed",
}  # fmt: skip


@dataclass
class World:
    clinic: Clinic
    app: Any
    things: dict[str, str] = field(default_factory=dict)
    """The name of a thing (as addresses call it, or in what state it is) to its id."""
    tokens: dict[str, str] = field(default_factory=dict)
    """Of one person in each role."""
    people: dict[str, str] = field(default_factory=dict)
    own: dict[str, dict[str, str]] = field(default_factory=dict)
    """What is each person's own: their provider, and a visit with them."""
    count: dict[str, Any] = field(default_factory=dict)
    """Of the drawer, as it should be."""
    versions: dict[str, int] = field(default_factory=dict)

    async def ask(
        self, route: Any, *, token: str | None, things: dict[str, str] | None = None, request: Request | None = None,
        **more: Any,
    ) -> Answer:  # fmt: skip
        """The route's request, on these things instead of the clinic's own."""
        known = self.things | (things or {})
        await self.app.app.state.counters.close()  # how often is another test's question
        asked = request or REQUESTS.get(route.name, Request())
        names = {name: known[asked.using.get(name, name)] for name in route.param_convertors if name != "clinic"}
        path = route.path.format(clinic=more.pop("clinic", self.clinic.slug), **names)
        method = next(iter(route.methods))
        headers = [*more.pop("headers", ()), ("idempotency-key", secrets.token_hex(8))]
        about = list(names.values())[-1] if names else str(self.clinic.id)
        if asked.versioned and (method in ("PATCH", "DELETE") or asked.versioned == "always" or about in self.versions):
            headers.append(("if-match", f'"{self.versions.get(about, 1)}"'))
        if token:
            headers.append(("authorization", f"Bearer {token}"))
        body = asked.raw or b""
        if form := more.pop("form", b""):
            body = form
        elif asked.body is not None:
            body = filled(asked.body, known, self.count)
            headers.append(("content-type", "application/json"))
        query = filled(asked.query, known, {}).decode() if asked.query else ""
        for _ in range(TRIES):
            answer = await ask(self.app, method, path, headers=headers, body=body, query=query.strip('"'), **more)
            if answer.status != 503:  # "please try again": two questions met, or the machine is busy with something else
                break
        return answer


def filled(template: Any, things: dict[str, str], count: Any) -> bytes:
    """The JSON of a template with its `{names}` filled in."""

    def fill(value: Any) -> Any:
        if value == "{count}":
            return count
        if isinstance(value, str):
            return value.format(**things) if "{" in value else value
        if isinstance(value, list):
            return [fill(one) for one in value]
        if isinstance(value, dict):
            return {name: fill(one) for name, one in value.items()}
        return value

    return json.dumps(fill(template)).encode()


async def make(clinic: Clinic, app: Any, root: psycopg.Connection) -> World:
    world = World(clinic, app)
    await _patients(world)
    await _places(world)
    await _charts(world)
    await _people(world, root)
    await _visits(world)
    await _holds(world, root)
    await _histories(world)
    await _notes(world)
    await _prescriptions(world)
    await _lab_cases(world)
    await _plans(world)
    await _images(world)
    await _recalls(world)
    await _booked_by_themselves(world, root)
    await _offers(world, root)
    await _messages(world)
    await _money(world)
    await _stopped(world)
    await _imports(world)
    await _links(world, root)
    world.things["event_id"] = (await do(world, "GET", "/audit-events"))["items"][-1]["id"]
    world.things |= {
        "provider": "none",
        "identity_id": NEVER,
        "letter_id": "1",
        "kind": "before",
        "channel": "sms",
        "language": "en",
        "clinic_id": NEVER,
        "message_id": NEVER,
        "number": "0",
        "run": secrets.token_hex(4),
        "email": clinic.email,
    }
    root.rollback()
    root.execute(LASTING, [[*world.people.values(), str(clinic.owner_id)]])
    root.commit()
    for name, person in world.people.items():
        [found] = root.execute("select id::text from session where principal_id = %s", [person]).fetchone() or [""]
        world.own.setdefault(name, {})["own_session"] = world.things["session_id"] = found
    world.versions = versions(root, clinic.id)
    return world


# They stay signed in, and have just proved who they are, however long the sweeps take.
LASTING = """
    update session
       set idle_ends_at = now() + interval '1 year', ends_at = now() + interval '1 year', step_up_at = now() + interval '1 year'
     where principal_id = any(%s::uuid[])
"""


OUTSIDER = {"name": "x", "phone": "0722 333 444", "email": "x@example.test"}


async def do(world: World, method: str, path: str, **more: Any) -> dict[str, Any]:
    answer = await world.clinic.ask(method, path, **more)
    assert answer.is_success, (method, path, answer.text)
    found: dict[str, Any] = answer.json() if answer.content else {}
    return found


async def made(world: World, name: str, path: str, body: dict[str, Any]) -> str:
    world.things[name] = str((await do(world, "POST", path, json=body))["id"])
    return world.things[name]


async def _patients(world: World) -> None:
    person = {
        "first_name": "Ana", "middle_name": "Maria", "last_name": "Popescu", "preferred_name": "Ani", "birth_date": "1980-05-01",
        "note": "x", "address": {"line1": "x", "line2": "x", "city": "x", "region": "x", "postal_code": "x", "country": "RO"},
        "contacts": [{"type": "email", "value": "ana@example.test"}, {"type": "mobile", "value": "0700000000"}],
    }  # fmt: skip
    guarantor = await made(world, "guarantor_id", "/patients", person | {"first_name": "Dan"})
    await made(world, "patient_id", "/patients", person | {"guarantor_id": guarantor})
    for name, number in (("duplicate_id", "twin"), ("merged_patient", "gone")):
        await made(world, name, "/patients", {**person, "register_number": number})
    await made(
        world, "merge_id", f"/patients/{world.things['patient_id']}/merges", {"duplicate_id": world.things["merged_patient"]}
    )
    archived = await made(world, "archived_patient", "/patients", person)
    await do(world, "POST", f"/patients/{archived}/archival")


async def _places(world: World) -> None:
    await made(world, "operatory_id", "/operatories", {"name": "Chair 1"})
    price = {"amount": 10_000, "currency": "RON"}
    await made(world, "service_id", "/services", {"name": "Check-up", "code": "x", "duration_minutes": 30, "price": price})
    for name, code in (("procedure_id", "EX-90"), ("archived_procedure", "EX-91")):
        done = {"code": code, "name": "x", "category": "x", "price": price, "duration_minutes": 30, "area": "mouth"}
        await made(world, name, "/procedures", done)
    await do(world, "POST", f"/procedures/{world.things['archived_procedure']}/archival")
    provider = {"name": "Dr. Marin", "title": "Dr.", "npi": "1234567893", "specialties": ["x"], "timezone": "Europe/Bucharest"}
    await made(world, "provider_id", "/providers", provider | {"dea": "AP5836727"})
    licence = {"authority": "x", "number": "x", "expires_on": "2027-03-01"}
    await made(world, "licence_id", f"/providers/{world.things['provider_id']}/licences", licence)
    await do(world, "PUT", f"/providers/{world.things['provider_id']}/signature", json={"picture": SIGNATURE})
    await made(world, "override_id", f"/providers/{world.things['provider_id']}/overrides", {"date": "2027-03-03", "blocks": []})
    days = {"first_on": "2027-07-01", "last_on": "2027-07-10"}
    await made(world, "vacation_id", f"/providers/{world.things['provider_id']}/vacations", days | {"reason": "x"})
    await made(world, "travel_id", f"/providers/{world.things['provider_id']}/travels", days | {"timezone": "Europe/Lisbon"})
    calendar = {
        "name": "x", "service_ids": [world.things["service_id"]], "providers": [{"provider_id": world.things["provider_id"]}],
        "requires": [{"any_of": [world.things["operatory_id"]]}],
    }  # fmt: skip
    await made(world, "calendar_id", "/calendars", calendar)
    feed = await do(world, "POST", f"/providers/{world.things['provider_id']}/calendar-feeds")
    world.things |= {"feed_id": feed["id"], "token": feed["path"].rpartition("/")[2].removesuffix(".ics")}
    for name in ("outside_id", "removed_outside"):
        calendar = {"name": "x", "address": f"https://calendar.example/{name}.ics"}
        await made(world, name, f"/providers/{world.things['provider_id']}/outside-calendars", calendar)
    world.things["account_kind"] = "google"
    await do(world, "DELETE", f"/outside-calendars/{world.things['removed_outside']}")
    await do(world, "PUT", "/hours", json={"weekly": {"1": [["08:00", "20:00"]]}})
    await made(world, "holiday_id", "/holidays", {"date": "2027-03-04", "name": "x"})


async def _charts(world: World) -> None:
    home = f"/patients/{world.things['patient_id']}/tooth-chart"
    provider = {"provider_id": world.things["provider_id"], "note": "x"}
    caries = {"teeth": ["26"], "surfaces": ["O"], "condition": "caries", "detail": "dentine"}
    crown = {"teeth": ["26"], "condition": "crown", "layer": "planned", "material": "zirconia"}
    for name, body in (("finding_id", caries), ("struck_finding", caries), ("planned_finding", crown)):
        found = await do(world, "POST", f"{home}/findings", json=body | provider)
        world.things[name] = found["findings"][0]["id"]
    await do(world, "POST", f"{home}/findings/{world.things['struck_finding']}/strike", json={"reason": "x"})
    await do(world, "PUT", f"{home}/stage", json={"stage": "permanent"})
    cells = {"probing_depth": 5, "gingival_margin": 1, "keratinised_width": 2}
    signs = dict.fromkeys(("bleeding", "suppuration", "plaque", "calculus"), True)
    exam = provider | {
        "sites": [{"tooth": "16", "site": site, **cells, **signs} for site in ("MB", "B", "DB", "ML", "L", "DL")],
        "teeth": [{"tooth": "16", "mobility": 1, "furcations": {"B": 1, "M": 2, "D": 3}}, {"tooth": "18", "skipped": True}],
    }
    for name, patient in (("struck_exam", "guarantor_id"), ("signed_exam", "patient_id"), ("exam_id", "patient_id")):
        exams = f"/patients/{world.things[patient]}/perio-exams"
        at = f"{exams}/{await made(world, name, exams, exam)}"
        if name == "struck_exam":
            await do(world, "POST", f"{at}/strike", json={"reason": "x"})
        if name == "signed_exam":
            await do(world, "POST", f"{at}/signature")
    world.things["unprobed_patient"] = world.things["guarantor_id"]
    world.versions[world.things["exam_id"]] = 2
    world.versions[world.things["struck_exam"]] = 3


async def _people(world: World, root: psycopg.Connection) -> None:
    for role in (*ROLES, "suspended", "free"):
        email = f"{role}-{secrets.token_hex(4)}@example.test"
        body = {"email": email, "roles": [role if role in ROLES else "assistant"], "name": role}
        invited = await do(world, "POST", "/invitations", json=body)
        joining = {"token": link(root, "invitation", tenancy.INVITING, invited["id"]), "name": role, "password": NEW_PASSWORD}
        answer = await world.clinic.http.post("/invitations/acceptance", json=joining)
        world.clinic.http.cookies.clear()
        assert answer.status_code == 201, answer.text
        world.people[role] = answer.json()["principal"]["id"]
        world.tokens[role] = answer.headers["set-cookie"].partition("=")[2].partition(";")[0]
        bearer = {"authorization": f"Bearer {world.tokens[role]}"}
        pin = await world.clinic.http.put("/session/pin", json={"pin": PIN}, headers=bearer)
        assert pin.status_code == 204, pin.text
    await do(world, "POST", f"/members/{world.people['suspended']}/suspension")
    world.things |= {"member_id": world.people["free"], "free_member": world.people["free"]}
    world.things |= {"suspended_member": world.people["suspended"], "named_member": world.people["assistant"]}
    await do(world, "POST", f"/patients/{world.things['patient_id']}/care-team", json={"member_id": world.people["assistant"]})
    acting = {"relationship": "parent", "scopes": ["manage"]}
    for name, who in (("proxy_id", {"holder_id": world.things["guarantor_id"]}), ("revoked_proxy", OUTSIDER)):
        await made(world, name, f"/patients/{world.things['patient_id']}/proxies", acting | who)
    await do(world, "POST", f"/patients/{world.things['patient_id']}/proxies/{world.things['revoked_proxy']}/revocation")
    kept = await world.clinic.ask(
        "PUT", f"/patients/{world.things['patient_id']}/proxies/{world.things['proxy_id']}/proof-file", params={"name": "x.pdf"},
        content=b"%PDF-1.7",
    )  # fmt: skip
    assert kept.status_code == 200, kept.text
    account = {"name": "x", "permissions": ["patients.read"]}
    program = await do(world, "POST", "/service-accounts", json=account)
    world.things |= {"account_id": program["id"], "key_id": program["keys"][0]["id"], "passkey_id": NEVER, "own_session": NEVER}
    world.things |= {"identity_id": NEVER, "provider": "none-such"}
    noted = await do(world, "GET", "/audit-events")
    world.things["event_id"] = noted["items"][0]["id"]
    custom = await do(
        world, "POST", "/roles", json={"name": f"role {secrets.token_hex(3)}", "description": "x", "permissions": []}
    )
    world.things["role"] = custom["slug"]
    for role in ROLES:
        provider = await do(world, "POST", "/providers", json={"name": role, "member_id": world.people[role]})
        world.own[role] = {"provider_id": provider["id"]}


async def _visits(world: World) -> None:
    at = datetime(2027, 4, 5, 6)

    async def book(name: str, minutes: int, provider: str) -> str:
        body = {
            "patient_id": world.things["patient_id"], "provider_id": provider, "service_id": world.things["service_id"],
            "starts_at": f"{(at + timedelta(minutes=minutes)).isoformat()}Z", "notes": "x",
        }  # fmt: skip
        return await made(world, name, "/appointments", body)

    await book("appointment_id", 0, world.things["provider_id"])
    for turn, (step, state) in enumerate(STEPS.items(), start=1):
        visit = await book(f"{state}_appointment", 30 * turn, world.things["provider_id"])
        item = {"service_id": world.things["service_id"], "price": RON, "price_reason": "x"}
        body: dict[str, Any] = {"completion": {"items": [item]}, "cancellation": {"reason": "x"}}.get(step, {})
        await do(world, "POST", f"/appointments/{visit}/{step}", json=body)
    for turn, role in enumerate(ROLES, start=len(STEPS) + 1):
        world.own[role]["appointment_id"] = await book("own", 30 * turn, world.own[role]["provider_id"])
    del world.things["own"]
    for turn, role in enumerate((None, *ROLES)):
        provider = world.own[role]["provider_id"] if role else world.things["provider_id"]
        (world.own[role] if role else world.things).update(await _series(world, provider, f"{8 + turn:02}:00"))
    await _groups(world)


async def _groups(world: World) -> None:
    """A session with a seat taken of everybody who may have their own, and one that was cancelled."""
    ids = {world.things["provider_id"], *(world.own[role]["provider_id"] for role in ROLES)}
    calendar = {
        "name": "g", "service_ids": [world.things["service_id"]], "providers": [{"provider_id": id} for id in sorted(ids)],
        "capacity": 3, "strategy": "priority", "modality": "phone",
    }  # fmt: skip
    await made(world, "group_calendar", "/calendars", calendar)
    wanted = {"calendar_id": world.things["group_calendar"]}
    at = datetime(2027, 9, 6, 7)
    for turn, role in enumerate((None, *ROLES)):
        provider = world.own[role]["provider_id"] if role else world.things["provider_id"]
        body = wanted | {"provider_id": provider, "starts_at": f"{(at + timedelta(minutes=30 * turn)).isoformat()}Z"}
        session = await do(world, "POST", "/group-sessions", json=body)
        (world.own[role] if role else world.things)["group_session_id"] = session["id"]
        seat = {"patient_id": world.things["patient_id"], "starts_at": session["starts_at"], "group_session_id": session["id"]}
        await do(world, "POST", "/appointments", json=seat)
    body = wanted | {"provider_id": world.things["provider_id"], "starts_at": "2027-09-13T07:00:00Z"}
    id = await made(world, "cancelled_session", "/group-sessions", body)
    await do(world, "POST", f"/group-sessions/{id}/cancellation", json={"reason": "x"})


async def _series(world: World, provider: str, time: str) -> dict[str, str]:
    """Of three visits, the last of them cancelled."""
    place = {name: world.things[name] for name in ("patient_id", "service_id")}
    repeat = {"unit": "week", "starts_on": "2027-08-02", "time": time, "times": 3}
    series = (await do(world, "POST", "/series", json={**place, "provider_id": provider, "repeat": repeat}))["series"]
    gone = await do(world, "POST", f"/series/{series['id']}/cancellations", json={"number": 3, "reason": "x"})
    return {"series_id": series["id"], "cancellation_id": gone["id"]}


# One of each person's, which does not run out while the sweeps go on.
HOLD = """
    insert into hold (clinic_id, provider_id, patient_id, starts_at, ends_at, expires_at, created_by)
    values (%(clinic)s, %(provider)s, %(patient)s, '2027-06-01 09:00Z', '2027-06-01 09:30Z', '2100-01-01', %(by)s)
    returning id::text
"""

VIEW = """
    insert into schedule_view (clinic_id, member_id, name, view, span, by, columns, created_by, updated_by)
    values (%(clinic)s, %(by)s, 'Mine', 'week', 'day', 'provider', '{}', %(by)s, %(by)s)
    returning id::text
"""


async def _holds(world: World, root: psycopg.Connection) -> None:
    root.rollback()
    place = {"clinic": world.clinic.id, "provider": world.things["provider_id"], "patient": world.things["patient_id"]}
    blocked = {"starts_at": "2027-06-02T09:00:00Z", "ends_at": "2027-06-02T10:00:00Z", "reason": "x"}
    await made(world, "blockout_id", "/blockouts", {"provider_id": world.things["provider_id"], **blocked})
    for role in ROLES:
        [hold] = root.execute(HOLD, {**place, "by": world.people[role]}).fetchone() or [""]
        root.execute("select set_config('app.clinic_id', %s, true)", [str(world.clinic.id)])
        [view] = root.execute(VIEW, {**place, "by": world.people[role]}).fetchone() or [""]
        world.own[role] |= {"own_hold": hold, "own_view": view}
    root.commit()
    owners = world.own["owner"]
    world.things |= {"hold_id": owners["own_hold"], "view_id": owners["own_view"]}
    world.things |= {name: owners[name] for name in ("own_hold", "own_view")}


async def _histories(world: World) -> None:
    """An entry of each kind, with every word that it may have; one that is over, one that is struck through."""
    history = f"/patients/{world.things['patient_id']}/medical-history"
    coded = {"name": "x", "code_system": "x", "code": "x", "since": "2019", "until": "2199-01", "note": "x"}
    allergy = {"kind": "allergy", "severity": "severe", "reaction": "x", **coded}
    for name in ("history_entry_id", "ended_entry", "struck_entry"):
        await made(world, name, f"{history}/entries", allergy)
    await made(world, "pill", f"{history}/entries", {"kind": "medication", "name": "x", "dose": "x", "anticoagulant": True})
    await made(world, "premedication", f"{history}/entries", {"kind": "premedication", "name": "x", "dose": "x", "reason": "x"})
    for name in ("pill", "premedication"):
        del world.things[name]
    await do(world, "POST", f"{history}/entries/{world.things['ended_entry']}/end", json={"reason": "x"})
    await do(world, "POST", f"{history}/entries/{world.things['struck_entry']}/strike", json={"reason": "x"})
    await do(world, "PUT", f"{history}/none/condition")
    await do(world, "POST", f"{history}/reviews")
    world.things |= {"history_number": "1", "none_kind": "pregnancy"}


async def _notes(world: World) -> None:
    """A draft, a signed note with an addendum, one struck through, one that waits for a second name; a draft of everybody's own."""
    home = f"/patients/{world.things['patient_id']}/notes"
    text = {"title": "x", "body": "x", "editing_id": NEVER, "appointment_id": world.things["appointment_id"]}
    for name in ("note_id", "signed_note", "struck_note"):
        note = await made(world, name, home, text)
    await do(world, "POST", f"{home}/{note}/strike", json={"reason": "x"})
    first = {"body": "y", "editing_id": NEVER, "keep": True}
    await do(world, "PATCH", f"{home}/{world.things['note_id']}", json=first, version=1)
    await do(world, "POST", f"{home}/{world.things['signed_note']}/signature")
    await do(world, "POST", f"{home}/{world.things['signed_note']}/addenda", json={"body": "x"})
    for role in ROLES:
        as_them = {"headers": {"authorization": f"Bearer {world.tokens[role]}"}}
        if "notes.write" in TEMPLATES[role][1]:
            world.own[role]["own_note"] = str((await do(world, "POST", home, json=text, **as_them))["id"])
        if "notes.cosign" in TEMPLATES[role][1]:
            world.own[role]["own_waiting"] = await _waiting(world, home, text, world.people[role])
    world.things |= {name: world.own["owner"][name] for name in ("own_note", "own_waiting")}
    await made(world, "note_template_id", "/note-templates", {"code": "xx", "name": "x", "body": "{{visit.date}}"})
    await made(world, "own_snippet", "/note-snippets", {"code": "yy", "body": "x"})
    await made(world, "snippet_id", "/note-snippets", {"code": "xx", "body": "x", "of_clinic": True})
    world.things["note_number"] = "1"


async def _prescriptions(world: World) -> None:
    """A draft, one that is issued, one that came to nothing; a draft of everybody's own who writes them."""
    home, things = f"/patients/{world.things['patient_id']}/prescriptions", world.things
    body = DRUG | {"strength": "x", "days": 5, "directions": "x", "provider_id": things["provider_id"]}
    await made(world, "prescription_id", home, body)
    await made(world, "cancelled_prescription", home, body)
    await do(world, "POST", f"{home}/{things['cancelled_prescription']}/cancellation", json={"reason": "x"})
    await made(world, "issued_prescription", home, body | {"provider_id": world.own["owner"]["provider_id"]})
    as_owner = {"headers": {"authorization": f"Bearer {world.tokens['owner']}"}}
    await do(world, "POST", f"{home}/{things['issued_prescription']}/issue", json={"override_reason": "x"}, **as_owner)
    for role in ROLES:
        if "prescribing.write" in TEMPLATES[role][1]:
            as_them = {"headers": {"authorization": f"Bearer {world.tokens[role]}"}}
            own = body | {"provider_id": world.own[role]["provider_id"]}
            world.own[role]["own_prescription"] = str((await do(world, "POST", home, json=own, **as_them))["id"])
    world.things["own_prescription"] = world.own["owner"]["own_prescription"]
    await made(world, "favourite_id", "/prescription-favourites", DRUG | {"strength": "x", "days": 5, "directions": "x"})


async def _lab_cases(world: World) -> None:
    """One that is planned, one that was sent, and a step that was taken back."""
    home, things = f"/patients/{world.things['patient_id']}/lab-cases", world.things
    await made(world, "laboratory_id", "/labs", {"name": "x", "phone": "x", "email": "x@x.test"})
    body = {
        "laboratory_id": things["laboratory_id"], "provider_id": things["provider_id"], "appointment_id": things["appointment_id"],
        "work": "crown", "teeth": ["26"], "shade": "x", "material": "x", "instructions": "x", "due_on": "2099-01-01",
    }  # fmt: skip
    for name in ("case_id", "sent_case"):
        await made(world, name, home, body)
    await do(world, "POST", f"{home}/{things['case_id']}/steps", json={"step": "sent", "reason": "x"})
    await do(world, "DELETE", f"{home}/{things['case_id']}/steps/last")
    await do(world, "POST", f"{home}/{things['sent_case']}/steps", json={"step": "sent"})


async def _images(world: World) -> None:
    """One that is shown, with something drawn over it; one struck through; one that says somebody else; files on their way."""
    things, who = world.things, world.clinic
    home = f"/patients/{things['patient_id']}/images"

    async def brought(name: str, content: bytes) -> str:
        file = await do(world, "POST", "/files", json={"patient_id": things["patient_id"], "name": "x", "size": len(content)})
        things["file_id"] = str(file["id"])
        taken = {"file_id": file["id"], "kind": "photo", "note": "x", "teeth": ["11"], "taken_on": "2020-01-01"}
        await made(world, name, home, taken)
        sent = {"authorization": f"Bearer {who.token}"}
        address = str(file["upload"]).removeprefix("/api/v1")
        answer = await who.http.request("PUT", address, headers=sent, params={"offset": 0}, content=content)
        assert answer.is_success, answer.text
        async with who.op() as op:
            await check_file(op, file_id=UUID(things["file_id"]))
        return things[name]

    await brought("held_image", images.dicom())
    struck = await brought("struck_image", images.png())
    await do(world, "POST", f"{home}/{struck}/strike", json={"reason": "x"})
    shown = await brought("image_id", images.dicom_of("Ana", "Popescu", None))
    for name in ("removed_mark", "mark_id"):
        mark = {"kind": "text", "points": [1, 2], "words": "x"}
        await made(world, name, f"{home}/{shown}/marks", mark)
    await do(world, "POST", f"{home}/{shown}/marks/{things['removed_mark']}/removal")
    mounts = f"/patients/{things['patient_id']}/image-mounts"
    for name in ("removed_mount", "mount_id"):
        await made(world, name, mounts, {"template": "bitewings_2", "places": {"1": shown}})
    await do(world, "POST", f"{mounts}/{things['removed_mount']}/removal")
    new = {"patient_id": things["patient_id"], "name": "x", "size": 70}
    things["free_file"] = str((await do(world, "POST", "/files", json=new))["id"])
    for role in ROLES:
        as_them = {"headers": {"authorization": f"Bearer {world.tokens[role]}"}}
        if "imaging.read" in TEMPLATES[role][1]:
            links = (await do(world, "GET", f"{home}/{shown}", **as_them))["links"]
            world.own[role]["own_file"] = _for_long(links["thumb"])
        if "imaging.write" in TEMPLATES[role][1]:
            begun = await do(world, "POST", "/files", json=new, **as_them)
            world.own[role]["own_part"] = _for_long(begun["upload"])
    things |= {name: world.own["owner"][name] for name in ("own_file", "own_part")}


def _for_long(address: str) -> str:
    """The same pass, until after the longest run: what asks for its file is about who may, and not about when."""
    held = passes.read(address.rpartition("/")[2])
    assert held
    return held._replace(until=datetime.now(UTC) + timedelta(days=1)).token()


async def _waiting(world: World, home: str, text: dict[str, Any], cosigner: str) -> str:
    """A hygienist's signed note that somebody is asked to sign, too."""
    as_them = {"headers": {"authorization": f"Bearer {world.tokens['hygienist']}"}}
    note = str((await do(world, "POST", home, json=text, **as_them))["id"])
    await do(world, "PUT", f"{home}/{note}/cosigner", json={"member_id": cosigner}, **as_them)
    await do(world, "POST", f"{home}/{note}/signature", **as_them)
    return note


async def _plans(world: World) -> None:
    """One that is written, one that was shown, one that was agreed on and partly done, one put away."""
    home = f"/patients/{world.things['patient_id']}/treatment-plans"
    wanted = {"procedure_id": world.things["procedure_id"], "note": "x", "visits": 2}
    plans = (
        ("archived_plan", "archived_item", 1),
        ("agreed_plan", "agreed_item", 2),
        ("shown_plan", "shown_item", 2),
        ("plan_id", "item_id", 1),
    )
    for name, item, count in plans:
        plan = await made(world, name, home, {"title": "x"})
        added = await do(world, "POST", f"{home}/{plan}/items", json={"items": [wanted] * count})
        world.things[item] = added["items"][0]["id"]
        last = added["items"][-1]["id"]
        if name == "shown_plan":
            await do(world, "POST", f"{home}/{plan}/items/{last}/removal")
            world.things["removed_item"] = last
        if name != "archived_plan":
            shown = await do(world, "POST", f"{home}/{plan}/presentation")
        # Signing changes the item and not the plan, so that both are of one version: an item is changed by its plan's.
        if name in ("agreed_plan", "plan_id"):
            decisions = [{"item_id": one["id"], "accepted": True} for one in shown["items"]]
            signed = {"number": 1, "signer_name": "x", "picture": SIGNATURE, "decisions": decisions}
            await do(world, "POST", f"{home}/{plan}/acceptance", json=signed)
        if name == "agreed_plan":
            await do(world, "POST", f"{home}/{plan}/items/{last}/completion", json={})
            world.things["done_item"] = last
            visit = {"starts_at": "2027-09-05T03:10:00Z", "provider_id": world.things["provider_id"]}
            await do(world, "POST", f"{home}/{plan}/items/{world.things['agreed_item']}/appointments", json=visit)
        if name == "archived_plan":
            await do(world, "POST", f"{home}/{plan}/archival")
    world.things["plan_number"] = "1"


async def _recalls(world: World) -> None:
    for name in ("type_id", "free_type", "snoozed_type", "closed_type"):
        services = [world.things["service_id"]]
        body = {"name": name, "interval": {"every": 6, "unit": "months"}, "service_ids": services}
        await made(world, name, "/recall-types", body)
    for name, type in (("recall_id", "type_id"), ("snoozed_recall", "snoozed_type"), ("closed_recall", "closed_type")):
        body = {"patient_id": world.things["patient_id"], "type_id": world.things[type], "due_on": "2027-01-01", "note": "x"}
        await made(world, name, "/recalls", body | {"interval": {"every": 3, "unit": "months"}})
    tried = {"kind": "call", "outcome": "no_answer", "note": "x"}
    await made(world, "attempt_id", f"/recalls/{world.things['recall_id']}/attempts", tried)
    await do(world, "POST", f"/recalls/{world.things['snoozed_recall']}/snooze", json={"until": "2199-01-01"})
    await do(world, "POST", f"/recalls/{world.things['closed_recall']}/closure", json={"reason": "x"})
    wanted = {name: world.things[name] for name in ("patient_id", "service_id", "appointment_id")}
    for name in ("entry_id", "closed_entry"):
        body = wanted | {"provider_ids": [world.things["provider_id"]], "note": "x", "parts": ["morning"]}
        await made(world, name, "/waitlist", body)
    await do(world, "POST", f"/waitlist/{world.things['closed_entry']}/closure", json={"reason": "x"})


# A time that somebody keeps on the page, which does not run out while the sweeps go on.
KEPT = """
    with kept as (
        insert into hold (clinic_id, provider_id, starts_at, ends_at, expires_at, created_by)
        values (%(clinic)s, %(provider)s, '2027-06-03 09:00Z', '2027-06-03 09:30Z', '2100-01-01', %(system)s)
        returning id
    )
    insert into public_booking (clinic_id, token_hash, service_id, provider_id, starts_at, ends_at, hold_id, expires_at, created_by,
                                updated_by)
    select %(clinic)s, %(hash)s, %(service)s, %(provider)s, '2027-06-03 09:00Z', '2027-06-03 09:30Z', kept.id, '2100-01-01',
           %(system)s, %(system)s
      from kept
"""
CODE = """
    insert into booking_code (clinic_id, salt, token_hash, mobile, locale, expires_at, proved_at, created_by)
    values (%(clinic)s, 'x', %(hash)s, %(mobile)s, 'en', '2100-01-01', '2026-01-01', %(system)s)
"""


async def _asked(world: World, public: str, slot: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    kept = (await world.clinic.http.post(f"{public}/holds", json=slot)).json()
    answer = await world.clinic.http.post(f"{public}/bookings", json={"hold": kept["token"], **VISITOR, **more})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def _booked_by_themselves(world: World, root: psycopg.Connection) -> None:
    service, provider = world.things["service_id"], world.things["provider_id"]
    page = {
        "open": True, "needs_confirmation": True, "days_ahead": 365, "policy_url": "https://example.test/x", "policy_words": "x",
        "embedders": ["https://example.test"], "services": [{"service_id": service, "provider_ids": [provider]}],
    }  # fmt: skip
    await do(world, "PUT", "/booking-page", json=page)
    public, slot = f"/public/clinics/{world.clinic.slug}", {"service_id": service, "starts_at": "2027-04-19T09:00:00Z"}
    accepted = await _asked(world, public, slot | {"starts_at": "2027-04-26T09:00:00Z"}, {})
    world.things["accepted_token"] = accepted["request_link"]
    [request] = (await do(world, "GET", "/booking-requests"))["items"]
    await do(world, "POST", f"/booking-requests/{request['id']}/acceptance", json={"as_new": True})
    child = {"first_name": "x", "last_name": "x", "birth_date": "2020-01-01"}
    world.things["request_token"] = (await _asked(world, public, slot, {"child": child, "note": "x"}))["request_link"]
    [request] = (await do(world, "GET", "/booking-requests"))["items"]
    await do(world, "PUT", "/booking-page", json=page | {"needs_confirmation": False})
    async with begin(world.clinic.pool, clock.now(), "a test") as op:
        await op.act_for(world.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
        # Past the route, which asks whether this deployment sends texts.
        settings = (await booking.get_page(op)).page._asdict() | {"asks_code": True}
        version = settings.pop("version")
        await booking.set_page(op, page=settings, services={UUID(service): [UUID(provider)]}, version=version)
        made = await booking.link_for(op, appointment_id=UUID(world.things["appointment_id"]), purpose="manage")
    token, code = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    place = {"clinic": world.clinic.id, "provider": provider, "service": service, "system": SYSTEM, "hash": links.hashed(token)}
    root.rollback()
    root.execute(KEPT, place)
    root.execute(CODE, {"clinic": world.clinic.id, "system": SYSTEM, "hash": links.hashed(code), "mobile": VISITOR["mobile"]})
    root.commit()
    world.things |= {
        "slug": world.clinic.slug, "request_id": request["id"], "link_token": made.token, "public_token": token,
        "code_token": code,
    }  # fmt: skip


# Two times on offer, of which nobody has been asked but by hand: one for the desk, one for whoever has the link.
OFFERED = """
    with fill as (
        insert into opening_fill (clinic_id, provider_id, operatory_id, starts_at, ends_at, wave_size, wave_minutes, closes_at,
                                  wave, created_by, updated_by)
        values (%(clinic)s, %(provider)s, %(operatory)s, %(at)s::timestamptz, %(at)s::timestamptz + interval '1 hour', 2, 15,
                %(at)s, 1, %(system)s, %(system)s)
        returning id
    )
    insert into opening_offer (clinic_id, fill_id, patient_id, rank, recall_id, service_id, duration_minutes, expires_at, status,
                               reason, wave, channel, sent_at, salt, token_hash, created_by, updated_by)
    select %(clinic)s, fill.id, %(patient)s, 1, %(recall)s, %(service)s, 30, %(at)s, 'offered', 'x', 1, 'sms', '2026-01-01', 'x',
           %(hash)s, %(system)s, %(system)s
      from fill
    returning fill_id::text
"""


async def _offers(world: World, root: psycopg.Connection) -> None:
    token = secrets.token_urlsafe(32)
    of = {name: world.things[f"{name}_id"] for name in ("provider", "operatory", "patient", "recall", "service")}
    root.rollback()
    root.execute(
        "select set_config('app.clinic_id', %s, true), set_config('app.actor_id', %s, true)", [str(world.clinic.id), str(SYSTEM)]
    )
    for at, hash in (("2199-03-01 09:00Z", links.hashed(secrets.token_urlsafe())), ("2199-03-02 09:00Z", links.hashed(token))):
        made = root.execute(OFFERED, {**of, "clinic": world.clinic.id, "system": SYSTEM, "at": at, "hash": hash}).fetchone()
        world.things.setdefault("fill_id", made[0] if made else "")
    root.commit()
    world.things["offer_token"] = token
    waits = {"patient_id": world.things["guarantor_id"], "service_id": world.things["service_id"]}
    await do(world, "POST", "/waitlist", json=waits)  # somebody whom any time suits


async def _messages(world: World) -> None:
    rules = [{"channel": channel, "before": 2, "unit": "days", "until_confirmed": False} for channel in ("email", "sms")]
    quiet = {"quiet_from": "20:00", "quiet_until": "08:00", "undo_minutes": 10, "tell_changes": True}
    await do(world, "PUT", "/reminder-settings", json={**quiet, "rules": rules})
    wish = {
        "do_not_contact": False,
        "email": True,
        "sms": True,
        "only_email": "a@b.test",
        "language": "en",
        "timezone": "Europe/Paris",
    }
    for name in ("patient_id", "guarantor_id"):
        path = f"/patients/{world.things[name]}/contact-preference"
        await do(world, "PUT", path, json={**wish, "only_phone": "+40 721 234 567"})
    await do(world, "PUT", "/message-templates/before/email/en", json={"subject": "x", "body": "x"})
    await do(world, "POST", f"/patients/{world.things['patient_id']}/texts", json={"text": "x"})
    async with world.clinic.op() as op:
        for word in ("STOP", "Hello"):
            text = await messaging.receive(op, number="+40721234567", body=word, provider_message_id=word)
        world.things["text_id"] = str(text)
        await messaging.receive(op, number="+40799999999", body="STOP", provider_message_id="other")
    async with world.clinic.op() as op:  # texts go there again
        await messaging.receive(op, number="+40721234567", body="START", provider_message_id="START")


async def _stopped(world: World) -> None:
    async with world.clinic.op() as op:
        await stop_address(op, address="ana@example.test", reason="bounced")
        [stopped] = await messaging.list_stopped(op, patient_id=UUID(world.things["patient_id"]))
        world.things["stop_id"] = str(stopped.id)


async def _money(world: World) -> None:
    patient = world.things["patient_id"]
    charges = f"/patients/{patient}/ledger/charges"
    for invoice in ("invoice_id", "draft_invoice", "void_invoice"):
        billed = (await do(world, "POST", charges, json={"description": "x", "price": RON}))["id"]
        await made(world, invoice, "/invoices", {"patient_id": patient, "charge_ids": [billed], "note": "x"})
    for issued in ("invoice_id", "void_invoice"):
        await do(world, "POST", f"/invoices/{world.things[issued]}/issue")
    await do(world, "POST", f"/invoices/{world.things['void_invoice']}/void", json={"reason": "x"})
    await do(world, "POST", f"/patients/{patient}/ledger/adjustments", json={"amount": {**RON, "amount": -10}, "reason": "x"})
    await made(world, "charge_id", charges, {"description": "x", "price": RON})
    paying = {"patient_id": patient, "amount": RON, "method": "check", "reference": "x", "allocations": []}
    paid = await made(world, "refunded_payment", "/payments", paying)
    await do(world, "POST", f"/payments/{paid}/refunds", json={"amount": RON, "reason": "x"})
    await made(world, "payment_id", "/payments", paying)
    for paper in (f"/invoices/{world.things['invoice_id']}", f"/payments/{world.things['payment_id']}"):
        await do(world, "POST", f"{paper}/messages", json={"to": "a@b.test", "subject": "x", "text": "x"})
    await do(world, "PUT", "/drawer", json={"float": RON, "bank_account": "x"})
    reopened = await made(world, "close_id", "/day-closes", count_of(await do(world, "GET", "/drawer"), note="x"))
    await do(world, "POST", f"/day-closes/{reopened}/reversal", json={"reason": "x"})
    await made(world, "close_id", "/day-closes", count_of(await do(world, "GET", "/drawer"), note="x"))
    world.count = count_of(await do(world, "GET", "/drawer"))


async def _imports(world: World) -> None:
    for name in ("import_id", "analysed_import", "done_import"):
        found = await made(world, name, "/imports", {"kind": "patients", "filename": "a.csv", "size": len(PATIENTS)})
        if name != "import_id":
            await do(world, "PUT", f"/imports/{found}/content", content=PATIENTS, headers={"content-type": "text/csv"})
    done = world.things["done_import"]
    await do(world, "POST", f"/imports/{done}/run")
    async with begin(world.clinic.pool, clock.now(), "job") as op:
        await op.act_for(world.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
        await carry_out(op, import_id=UUID(done))
    assert (await do(world, "GET", f"/imports/{done}"))["status"] == "done"


async def _links(world: World, root: psycopg.Connection) -> None:
    invited = await made(
        world, "invitation_id", "/invitations", {"email": "open@example.test", "roles": ["dentist"], "name": "x"}
    )
    world.things["invitation_token"] = link(root, "invitation", tenancy.INVITING, invited)
    email = f"{secrets.token_hex(4)}@example.test"
    async with begin(world.clinic.pool, clock.now(), "a test") as op:
        await tenancy.ask_to_sign_up(
            op, name="x", slug=f"asked-{secrets.token_hex(4)}", timezone="UTC", locale="en", currency="EUR", owner_name="x",
            email=email, password=NEW_PASSWORD,
        )  # fmt: skip
        await tenancy.ask_new_password(op, email=world.clinic.email, locale="en")
        session = await identity.get_session(op, token=sha256(world.tokens["free"].encode()).digest())
        await tenancy.ask_new_email(op, session=session, email=f"{secrets.token_hex(4)}@example.test", locale="en")
    root.rollback()
    for name, kind in (("reset_token", "password_reset"), ("email_token", "email_change")):
        newest = "select id::text from person_link where kind = %s order by created_at desc limit 1"
        [asked] = root.execute(newest, [kind]).fetchone() or [""]
        world.things[name] = link(root, "person_link", kind, asked)
    [asked] = root.execute("select id::text from sign_up where email = %s", [email]).fetchone() or [""]
    world.things["sign_up_token"] = link(root, "sign_up", tenancy.OPENING, asked)


def link(root: psycopg.Connection, table: str, purpose: Any, id: str) -> str:
    """What the link in the letter ends in."""
    root.rollback()
    [salt] = root.execute(f"select salt from {table} where id = %s", [id]).fetchone() or [b""]
    return links.token(purpose, UUID(id), salt)


VERSIONED = """
    select c.relname, (select attname from pg_attribute where attrelid = c.oid and attname in ('id', 'principal_id') order by 1 limit 1)
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'version'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
       and exists (select from pg_attribute where attrelid = c.oid and attname in ('clinic_id'))
"""


def versions(root: psycopg.Connection, clinic_id: UUID) -> dict[str, int]:
    """Of everything in the clinic that has one."""
    found: dict[str, int] = {}
    for table, key in root.execute(VERSIONED).fetchall():
        if key:
            rows = root.execute(f"select {key}::text, version from {table} where clinic_id = %s", [clinic_id])
            found |= {id: version for id, version in rows if version is not None}
    own = root.execute("select id::text, version from clinic where id = %s", [clinic_id]).fetchone()
    return found | dict([own] if own else [])
