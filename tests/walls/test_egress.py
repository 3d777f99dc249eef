"""Everything that leaves asks one function; the classification answers."""

import inspect
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from chairside.app import ROUTERS
from chairside.kernel import egress
from chairside.kernel.egress import HIDDEN, MayNotLeave, check, masked, may_leave, register, way_out
from tests.walls.test_classification import CLASSES, classified
from tests.walls.test_doors import doors

NOT_OUT = {
    "come_back": "leads on, and says nothing",
    "come_back_from_calendar": "leads on, and says nothing",
    "show_unsubscription": "leads on, and says nothing",
    "hear": "ids of what changed, to a person's own screen",
    "get_letter_html": "development only: the mailbox shows what already left",
    "get_letter_attachment": "development only: the mailbox shows what already left",
}
LETTERS = {"messaging.send_invoice", "messaging.send_receipt"}


def files(routers=ROUTERS):
    """Routes that answer with something else than JSON."""
    for router in routers:
        for route in router.routes:
            if not isinstance(route, APIRoute):
                continue
            kinds = {kind for response in (route.responses or {}).values() for kind in response.get("content", {})}
            made = inspect.getsource(inspect.unwrap(route.endpoint))
            if any("json" not in kind for kind in kinds) or "Response(" in made or "media_type" in made:
                yield route


def asking(route) -> bool:
    """It knocks at a door that asks."""
    endpoint = inspect.unwrap(route.endpoint)
    return any(
        hasattr(getattr(module, name, None), "way_out")
        for module in endpoint.__globals__.values() if inspect.ismodule(module)
        for name in endpoint.__code__.co_names
    )  # fmt: skip


def test_every_route_that_gives_a_file_goes_through_a_door_that_asks():
    assert {route.name for route in files() if not asking(route)} == set(NOT_OUT)
    assert len(list(files())) >= len(NOT_OUT) + 6


def test_a_route_that_gives_a_file_without_asking_is_noticed():
    from fastapi import APIRouter, Response

    router = APIRouter()

    @router.get("/leak")
    async def leak() -> Response:
        return Response(b"everybody", media_type="text/csv")

    assert [route.name for route in files([router]) if not asking(route)] == ["leak"]


def test_every_letter_goes_through_a_door_that_asks():
    assert {name for name, door in doors() if hasattr(door, "way_out") and name.startswith("messaging.")} == LETTERS


# Of what else leaves there is a record of another kind, or nobody in it.
NO_EXPORTS = {
    **dict.fromkeys(LETTERS, "its message is in the audit"),
    "compliance.export_events": "writes one for each of its pages",
    "imaging.open_file": "is looked at on the screen; its read is in the audit",
    "scheduling.get_calendar": "names nobody",
    "booking.read_visit": "names nobody",
}


def unsaid(all_doors):
    """What gives a file says so in the audit: it takes the statement for it along."""
    return {
        name for name, door in all_doors if hasattr(door, "way_out") and "EXPORTED" not in inspect.unwrap(door).__code__.co_names
    }


def test_every_way_out_is_in_the_audit_as_an_export():
    assert unsaid(doors()) == set(NO_EXPORTS)


def test_a_way_out_that_says_nothing_is_noticed():
    @way_out("paper", "patient.last_name")
    async def quiet(op):
        return "everybody"

    assert unsaid([("quiet", quiet)]) == {"quiet"}


def test_every_way_out_names_columns_that_there_are_and_that_may_go():
    for name, door in doors():
        if hasattr(door, "way_out"):
            purpose, columns = door.way_out
            assert columns and set(columns) <= set(classified()), name
            check(columns, purpose)
            assert hasattr(door, "needs"), name


def test_every_class_says_where_it_may_go():
    assert set(register().ways_out) == CLASSES
    assert set(register().with_consent) <= CLASSES


class TestMayLeave:
    @pytest.mark.parametrize("purpose", ["bulk_export", "paper", "audit_view", "webhook", "ai", "analytics", "own_copy"])
    def test_what_opens_doors_never_does(self, purpose):
        me = uuid4()
        for secret in ("auth_secret", "totp.secret", "principal.password_hash", "clinic_key.wrapped"):
            assert not may_leave(secret, purpose, person=me, reader=me, consent=True)

    def test_what_nobody_classified_does_not(self):
        for unknown in ("patient.shoe_size", "nothing.at_all", "secret", ""):
            assert not may_leave(unknown, "bulk_export", consent=True)

    def test_ones_own_does_to_oneself_alone(self):
        me, other = uuid4(), uuid4()
        assert may_leave("patient.note", "own_copy", person=me, reader=me)
        assert not may_leave("patient.note", "own_copy", person=me, reader=other)
        assert not may_leave("patient.note", "own_copy")

    def test_to_marketing_only_with_consent_and_never_what_is_clinical(self):
        assert not may_leave("patient.first_name", "marketing_email")
        assert may_leave("patient.first_name", "marketing_email", consent=True)
        assert not may_leave("appointment.notes", "marketing_email", consent=True)

    def test_thin_facts_go_to_webhooks_and_people_do_not(self):
        assert may_leave("appointment.id", "webhook")
        assert not may_leave("patient.last_name", "webhook", consent=True)


class TestMasked:
    def test_covers_what_lies_encrypted_and_what_nobody_classified(self):
        row = {"id": 1, "name": "North", "tax_id_sealed": "\\x01", "tax_id": None, "shoe_size": 42}
        assert masked("clinic", row, "audit_view") == {
            "id": 1, "name": "North", "tax_id_sealed": HIDDEN, "tax_id": None, "shoe_size": HIDDEN,
        }  # fmt: skip

    def test_shows_the_rest_to_who_may_read_the_audit(self):
        row = {"first_name": "Ana", "note": "x"}
        assert masked("patient", row, "audit_view") == row
        assert set(masked("patient", row, "webhook").values()) == {HIDDEN}


async def test_a_door_refuses_what_may_not_leave(north):
    @way_out("webhook", "patient.last_name")
    async def leak(op):
        return "everything"

    async with north.op() as op:
        with pytest.raises(MayNotLeave) as refused:
            await leak(op)
    assert refused.value.facts == {"purpose": "webhook", "what": "patient.last_name"}


async def test_an_export_stops_when_its_class_may_not_leave_any_more(north, monkeypatch):
    assert (await north.ask("GET", "/reports/day.csv")).status_code == 200
    known = register()
    monkeypatch.setattr(egress, "register", lambda: known._replace(ways_out={**known.ways_out, "clinical": frozenset()}))
    answer = await north.ask("GET", "/reports/day.csv")
    assert (answer.status_code, answer.json()["code"]) == (403, "MayNotLeave")
