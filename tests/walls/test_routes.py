"""Every route, whoever adds it: documented, and tried as nobody and as a stranger, whatever they send. With the things of another clinic:
test_probes."""

from typing import Any
from uuid import UUID

import pytest

from chairside.app import ROUTERS, build
from chairside.kernel.http.route import Route
from chairside.kernel.settings import Settings

PUBLIC = {
    "get_deployment": "what anyone may know before signing in",
    "sign_up": "a new clinic has nobody yet",
    "sign_in": "signing in is how one becomes somebody",
    "ask_passkey": "signing in is how one becomes somebody",
    "ask_new_password": "whoever has forgotten a password is nobody yet",
    "reset_password": "the link of a letter is the proof",
    "confirm_new_email": "the link of a letter is the proof",
    "sign_in_by_passkey": "signing in is how one becomes somebody",
    "go_outside": "signing in is how one becomes somebody",
    "go_outside_invited": "the link of a letter is half of the proof",
    "come_back": "the browser's secret, and what a provider says, are the proof",
    "take_second_step": "the browser for which a provider has vouched is half of the proof",
    "come_back_from_calendar": "leads on; the state, in a session of whoever began, is the proof",
    "confirm_sign_up": "the link of a letter is the proof",
    "read_invitation": "the link of a letter is the proof",
    "accept_invitation": "the link of a letter is the proof, with a password",
    "fetch_calendar": "the token in the address is the proof, and what it opens names no patient",
    "get_public_page": "what a clinic shows on its booking page it shows to everybody",
    "list_public_openings": "whoever looks for a time is nobody yet",
    "hold_public_time": "whoever looks for a time is nobody yet",
    "extend_public_hold": "the token in the address is the proof",
    "release_public_hold": "the token in the address is the proof",
    "book_public_time": "the token of the time that was kept is the proof",
    "join_public_waitlist": "whoever looks for a time is nobody yet",
    "send_public_code": "whoever proves a number is nobody yet; the answer is the same whosever it is",
    "prove_public_number": "the token in the address is half of the proof, and the code the other",
    "read_request_link": "the token in the address is the proof, and it shows one request",
    "withdraw_request_by_link": "the token in the address is the proof",
    "link_request_to_visit": "the token in the address is the proof",
    "read_patient_link": "the token in the address is the proof, and it opens one visit",
    "list_link_openings": "the token in the address is the proof",
    "fetch_visit": "the token in the address is the proof, and the visit names nobody",
    "confirm_by_link": "the token in the address is the proof",
    "move_by_link": "the token in the address is the proof",
    "cancel_by_link": "the token in the address is the proof",
    "read_offer": "the token in the address is the proof, and it shows one free time",
    "accept_offer": "the token in the address is the proof",
    "decline_offer": "the token in the address is the proof",
    "list_letters": "the development mailbox; elsewhere there is nothing there",
    "get_letter_html": "the development mailbox",
    "get_letter_attachment": "the development mailbox",
    "list_texts": "the development phone; elsewhere there is nothing there",
    "answer_text": "the development phone",
    "hear_notice": "the signature of Amazon SNS is the proof, and nothing is heard where no topic is named",
    "show_unsubscription": "leads to the page that asks, and says nothing",
    "unsubscribe": "the token in the address is the proof; a mail program posts it from wherever it is",
}
NEVER = UUID("01a1fd99-0000-7000-8000-000000000000")


def routes() -> list[Route]:
    return [route for router in ROUTERS for route in router.routes if isinstance(route, Route)]


def cases() -> list[Any]:
    return [pytest.param(next(iter(route.methods)), route, id=route.name) for route in routes()]


def address(route: Route, clinic: str, **ids: Any) -> str:
    return route.path.format(clinic=clinic, provider="nobody", **ids)


def names(route: Route) -> list[str]:
    """Of things that belong to somebody; a provider is the deployment's."""
    return [name for name in route.param_convertors if name not in ("clinic", "provider")]


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
