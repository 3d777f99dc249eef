"""Looking at the product as another role: it takes away, never gives, and changes nothing."""

import secrets

import pytest

from chairside.app import ROUTERS
from chairside.kernel.http.route import Route
from chairside.tenancy.permissions import TEMPLATES
from chairside.tenancy.rules.giving import covered
from tests.tenancy.test_invitations import code
from tests.tenancy.test_roles import colleague, make

__all__ = ["colleague"]


def seen(role):
    return {"headers": {"x-see-as": role}}


class TestLooking:
    @pytest.mark.parametrize("slug", TEMPLATES)
    async def test_shows_an_owner_what_each_role_would_see(self, north, slug):
        here = (await north.ask("GET", "", **seen(slug))).json()
        assert set(here["permissions"]) == set(TEMPLATES[slug][1])
        ledger = (await north.ask("GET", "/invoices", **seen(slug))).status_code
        assert ledger == (200 if "billing.read" in TEMPLATES[slug][1] else 403)

    async def test_never_shows_more_than_ones_own_role_does(self, north, colleague):
        manager = await colleague(north, "manager")
        for slug, (_, grants) in TEMPLATES.items():
            answer = await manager.ask("GET", "", headers={"x-see-as": slug})
            assert set(answer.json()["permissions"]) == set(grants) & covered(TEMPLATES["manager"][1])
        maker = await colleague(north, (await make(north, "members.read"))["slug"])
        assert (await maker.ask("GET", "", headers={"x-see-as": "owner"})).json()["permissions"] == ["members.read"]
        assert (await maker.ask("GET", "/patients", headers={"x-see-as": "owner"})).status_code == 403

    async def test_is_for_those_who_may_see_the_roles(self, north, colleague):
        rada = await colleague(north, "receptionist")
        answer = await rada.ask("GET", "/patients", headers={"x-see-as": "dentist"})
        assert await code(answer) == (403, "NotAllowed")

    async def test_changes_nothing_whatever_is_asked(self, north):
        for route in [route for router in ROUTERS for route in router.routes if isinstance(route, Route)]:
            [method] = route.methods
            if "{clinic}" not in route.path or method == "GET" or (route.openapi_extra or {}).get("x-changes-nothing"):
                continue
            ids = dict.fromkeys((name for name in route.param_convertors if name != "clinic"), "x")
            path = route.path.removeprefix("/api/v1/clinics/{clinic}").format(**ids)
            answer = await north.ask(method, path, headers={"x-see-as": "owner", "idempotency-key": secrets.token_hex(8)})
            assert await code(answer) == (403, "LookingOnly"), route.name

    async def test_asks_what_only_looks_like_a_change(self, north, given):
        await given.patient(north)
        for path, body in [("/patients/searches", {"q": "a"}), ("/roles/dentist/differences", {})]:
            assert (await north.ask("POST", path, json=body, **seen("owner"))).status_code == 200
        assert (await north.ask("POST", "/roles/dentist/differences", json={}, **seen("dentist"))).status_code == 403

    @pytest.mark.parametrize("role", ["nobody", "", "owner,dentist", "*", "'; drop table role", "Owner"])
    async def test_knows_only_roles_that_are_here(self, north, role):
        assert await code(await north.ask("GET", "/patients", **seen(role))) == (404, "NoSuchRole")

    async def test_does_not_know_a_role_of_another_clinic(self, north, south):
        role = await make(south, "patients.read")
        assert await code(await north.ask("GET", "/patients", **seen(role["slug"]))) == (404, "NoSuchRole")

    async def test_is_on_record_and_so_is_what_was_read_meanwhile(self, north, given, root):
        patient = await given.patient(north)
        assert (await north.ask("POST", "/roles/dentist/looks")).status_code == 204
        await north.ask("GET", f"/patients/{patient.id}", **seen("dentist"))
        await north.ask("GET", f"/patients/{patient.id}")
        records = """
            select action, entity, context from audit_event
             where clinic_id = %s and actor_id = %s and action in ('see_as', 'read') order by id
        """
        assert root.execute(records, [north.id, north.owner_id]).fetchall() == [
            ("see_as", "role", "as dentist"), ("read", "patient", "as dentist"), ("read", "patient", None),
        ]  # fmt: skip
        assert await code(await north.ask("POST", "/roles/nobody/looks")) == (404, "NoSuchRole")
