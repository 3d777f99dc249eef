"""A clinic with one of everything and somebody in every role, made once: what the sweeps over all routes ask about."""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import psycopg

from chairside import booking, identity, messaging, tenancy
from chairside.exchange.actions.attempts import carry_out
from chairside.kernel import clock, links
from chairside.kernel.op import EVERYTHING, SYSTEM, begin
from chairside.tenancy.permissions import TEMPLATES
from tests.asking import Answer, ask
from tests.billing.test_closes import body as count_of
from tests.conftest import Clinic
from tests.walls.requests import NEVER, NEW_PASSWORD, PIN, REQUESTS, VISITOR, Request

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
        if asked.versioned and (method in ("PATCH", "DELETE") or about in self.versions):
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
    await _people(world, root)
    await _visits(world)
    await _holds(world, root)
    await _recalls(world)
    await _booked_by_themselves(world, root)
    await _offers(world, root)
    await _messages(world)
    await _money(world)
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
    provider = {"name": "Dr. Marin", "title": "Dr.", "npi": "1234567893", "specialties": ["x"], "timezone": "Europe/Bucharest"}
    await made(world, "provider_id", "/providers", provider | {"dea": "AP5836727"})
    licence = {"authority": "x", "number": "x", "expires_on": "2027-03-01"}
    await made(world, "licence_id", f"/providers/{world.things['provider_id']}/licences", licence)
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


async def _booked_by_themselves(world: World, root: psycopg.Connection) -> None:
    service, provider = world.things["service_id"], world.things["provider_id"]
    page = {
        "open": True, "needs_confirmation": True, "days_ahead": 365, "policy_url": "https://example.test/x", "policy_words": "x",
        "embedders": ["https://example.test"], "services": [{"service_id": service, "provider_ids": [provider]}],
    }  # fmt: skip
    await do(world, "PUT", "/booking-page", json=page)
    public, slot = f"/public/clinics/{world.clinic.slug}", {"service_id": service, "starts_at": "2027-04-19T09:00:00Z"}
    kept = (await world.clinic.http.post(f"{public}/holds", json=slot)).json()
    asked = {"hold": kept["token"], **VISITOR, "note": "x"}
    answer = await world.clinic.http.post(f"{public}/bookings", json=asked)
    assert answer.status_code == 201, answer.text
    [request] = (await do(world, "GET", "/booking-requests"))["items"]
    await do(world, "PUT", "/booking-page", json=page | {"needs_confirmation": False})
    async with begin(world.clinic.pool, clock.now(), "a test") as op:
        await op.act_for(world.clinic.id, actor_id=SYSTEM, grants=EVERYTHING)
        made = await booking.link_for(op, appointment_id=UUID(world.things["appointment_id"]), purpose="manage")
    token = secrets.token_urlsafe(32)
    place = {"clinic": world.clinic.id, "provider": provider, "service": service, "system": SYSTEM, "hash": links.hashed(token)}
    root.rollback()
    root.execute(KEPT, place)
    root.commit()
    world.things |= {
        "slug": world.clinic.slug, "request_id": request["id"], "link_token": made.token, "public_token": token,
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
