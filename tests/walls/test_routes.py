"""Every route, whoever adds it: documented, and tried as nobody, as a stranger, and with the things of another clinic."""

import secrets
from typing import Any
from uuid import UUID

import pytest

from chairside.app import ROUTERS, build
from chairside.kernel.http.route import Route
from chairside.kernel.settings import Settings
from tests.conftest import NOON

PUBLIC = {
    "get_deployment": "what anyone may know before signing in",
    "sign_up": "a new clinic has nobody yet",
    "sign_in": "signing in is how one becomes somebody",
    "confirm_sign_up": "the link of a letter is the proof",
    "read_invitation": "the link of a letter is the proof",
    "accept_invitation": "the link of a letter is the proof, with a password",
    "list_letters": "the development mailbox; elsewhere there is nothing there",
    "get_letter_html": "the development mailbox",
    "get_letter_attachment": "the development mailbox",
}
# What a route must be sent to get as far as its door. Ids in it, and in the address, are those of another clinic.
BODIES: dict[str, dict[str, Any]] = {
    "change_patient": {"note": "x"},
    "change_service": {"name": "x"},
    "change_provider": {"name": "x"},
    "change_operatory": {"name": "x"},
    "set_provider_hours": {"weekly": {"1": [["09:00", "17:00"]]}},
    "add_override": {"date": "2027-03-01", "blocks": []},
    "change_appointment": {"notes": "x"},
    "reschedule_appointment": {"duration_minutes": 45},
    "complete_visit": {"items": []},
    "cancel_appointment": {"reason": "x"},
    "add_charge": {"description": "x", "price": {"amount": 100, "currency": "RON"}},
    "reverse_charge": {"reason": "x"},
    "add_adjustment": {"amount": {"amount": 100, "currency": "RON"}, "reason": "x"},
    "change_invoice": {"note": "x"},
    "void_invoice": {"reason": "x"},
    "apply_credit": {},
    "refund_payment": {"amount": {"amount": 100, "currency": "RON"}, "reason": "x"},
    "correct_import": {},
    "reverse_day_close": {"reason": "x"},
    "change_member": {"roles": ["dentist"]},
    "send_invoice": {"to": "a@b.test", "subject": "x", "text": "x"},
    "send_receipt": {"to": "a@b.test", "subject": "x", "text": "x"},
}
# Routes that name another thing in their body instead of their address; `{thing}` is filled in.
NAMED_IN_BODY = {
    "register_patient": {"first_name": "A", "last_name": "B", "birth_date": "1980-01-01", "guarantor_id": "{patient_id}"},
    "add_provider": {"name": "x", "operatory_id": "{operatory_id}"},
    "book_appointment": {"patient_id": "{patient_id}", "provider_id": "{own_provider_id}", "service_id": "{own_service_id}", "starts_at": "2027-03-02T09:00:00Z"},
    "draft_invoice": {"patient_id": "{patient_id}"},
    "take_payment": {"patient_id": "{patient_id}", "amount": {"amount": 100, "currency": "RON"}, "method": "cash"},
}  # fmt: skip
NEVER = UUID("01a1fd99-0000-7000-8000-000000000000")


def routes() -> list[Route]:
    return [route for router in ROUTERS for route in router.routes if isinstance(route, Route)]


def cases() -> list[Any]:
    return [pytest.param(next(iter(route.methods)), route, id=route.name) for route in routes()]


def address(route: Route, clinic: str, **ids: Any) -> str:
    return route.path.format(clinic=clinic, **ids)


def names(route: Route) -> list[str]:
    return [name for name in route.param_convertors if name != "clinic"]


def test_every_route_is_in_the_document():
    document = build(Settings()).openapi()["paths"]
    there = {(method.upper(), path) for path, methods in document.items() for method in methods}
    assert there == {(next(iter(route.methods)), route.path) for route in routes()}


def test_every_name_of_a_route_is_one():
    found = [route.name for route in routes()]
    assert sorted(found) == sorted(set(found))


@pytest.mark.parametrize(("method", "route"), cases())
async def test_answers_nobody_before_looking_at_anything(http, method, route):
    if route.name in PUBLIC:
        return
    path = address(route, "never-was", **dict.fromkeys(names(route), NEVER))
    answer = await http.request(
        method, f"http://chairside.test{path}", content=b"{", headers={"content-type": "application/json"}
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn")


@pytest.mark.parametrize(("method", "route"), [case for case in cases() if "{clinic}" in case.values[1].path])
async def test_tells_a_stranger_what_it_tells_of_a_clinic_that_never_was(http, north, south, method, route):
    said = []
    for clinic in (south.slug, str(south.id), "never-was"):
        path = address(route, clinic, **dict.fromkeys(names(route), NEVER))
        headers = {"authorization": f"Bearer {north.token}", "idempotency-key": "k", "if-match": '"1"'}
        answer = await http.request(method, f"http://chairside.test{path}", headers=headers)
        said.append((answer.status_code, answer.json() | {"request_id": ""}))
    assert said[0][0] == 404
    assert said[0] == said[1] == said[2]


@pytest.fixture
async def theirs(south, given) -> dict[str, Any]:
    """One of everything, in another clinic."""
    patient, provider, room = await given.patient(south), await given.provider(south), await given.operatory(south)
    service = await given.service(south)
    visit = await given.appointment(
        south, patient=patient, provider=provider, service=service, operatory_id=room.id, starts_at=NOON
    )
    charge = await given.charge(south, patient)
    invoice = await given.invoice(south, patient)
    payment = await given.payment(south, patient, 500, parts=[])
    override = (await south.ask("POST", f"/providers/{provider.id}/overrides", json={"date": "2027-03-03", "blocks": []})).json()
    holiday = (await south.ask("POST", "/holidays", json={"date": "2027-03-04", "name": "x"})).json()
    counted = {"date": (await south.ask("GET", "/drawer")).json()["date"], "follows_id": None, "through": None, "expected": {}}
    zero = {"amount": 0, "currency": "RON"}
    closed = (await south.ask("POST", "/day-closes", json=counted | {"cash": zero, "card": zero})).json()
    brought = (await south.ask("POST", "/imports", json={"kind": "patients", "filename": "a.csv", "size": 10})).json()
    invited = (await south.ask("POST", "/invitations", json={"email": "x@y.test", "roles": ["dentist"]})).json()
    return {
        "member_id": south.owner_id, "invitation_id": invited["id"], "letter_id": "1", "number": "0",
        "patient_id": patient.id, "provider_id": provider.id, "operatory_id": room.id, "service_id": service.id,
        "appointment_id": visit.id, "charge_id": charge.id, "invoice_id": invoice.id, "payment_id": payment.id,
        "override_id": override["id"], "holiday_id": holiday["id"], "import_id": brought["id"],
        "close_id": closed["id"],
    }  # fmt: skip


def with_names() -> list[Any]:
    return [case for case in cases() if names(case.values[1])]


@pytest.mark.parametrize(("method", "route"), with_names())
async def test_does_not_know_the_things_of_another_clinic(http, north, theirs, method, route):
    said = []
    for ids in (theirs, dict.fromkeys(theirs, NEVER)):
        headers = {"authorization": f"Bearer {north.token}", "if-match": '"1"', "idempotency-key": secrets.token_hex(8)}
        path = address(route, north.slug, **{name: ids[name] for name in names(route)})
        body = {} if method in ("GET", "DELETE") else {"json": BODIES[route.name]} if route.name in BODIES else {}
        answer = await http.request(method, f"http://chairside.test{path}", headers=headers, **body)
        said.append((answer.status_code, answer.content.replace(answer.headers["x-request-id"].encode(), b"")))
    assert said[0][0] == 404, said[0]
    assert said[0] == said[1]


@pytest.mark.parametrize("name", NAMED_IN_BODY)
async def test_does_not_know_what_a_body_names_of_another_clinic(north, given, theirs, name):
    [route] = [route for route in routes() if route.name == name]
    own = {"own_provider_id": (await given.provider(north)).id, "own_service_id": (await given.service(north)).id}
    said = []
    for ids in (theirs | own, dict.fromkeys(theirs, NEVER) | own):
        body = {field: value.format(**ids) if isinstance(value, str) else value for field, value in NAMED_IN_BODY[name].items()}
        answer = await north.ask("POST", route.path.removeprefix("/api/v1/clinics/{clinic}"), json=body)
        said.append((answer.status_code, answer.json() | {"request_id": ""}))
    assert said[0][0] in (404, 422), said[0]
    assert said[0] == said[1]


def test_every_route_that_takes_a_body_is_tried_with_one():
    """A POST whose body is refused before its door is reached proves nothing."""
    bodied = {route.name for route in routes() if names(route) and route.body_field is not None}
    optional = {
        route.name for route in routes() if route.body_field is not None and not route.body_field.field_info.is_required()
    }
    assert bodied - set(BODIES) - optional == set()
