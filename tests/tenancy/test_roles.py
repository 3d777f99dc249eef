"""A clinic's own roles: made, changed and removed by those who may, never for more than they hold themselves."""

import asyncio
import secrets

import pytest

from chairside.tenancy.permissions import CATALOGUE, TEMPLATES
from tests.tenancy.test_invitations import code, invite, join


async def make(clinic, *permissions, name=None, **more):
    answer = await clinic.ask("POST", "/roles", json={"name": name or secrets.token_hex(4), "permissions": permissions, **more})
    assert answer.status_code == 201, answer.text
    return answer.json()


def pointers(answer):
    return [(one["pointer"], one["code"]) for one in answer.json()["errors"]]


class Colleague:
    """Somebody who works in a clinic, asking for themselves."""

    def __init__(self, clinic, http, cookie, id):
        self.clinic, self.http, self.cookie, self.id = clinic, http, cookie, id

    async def ask(self, method, path, *, version=None, **more):
        headers = self.cookie | {"idempotency-key": secrets.token_hex(8)} | more.pop("headers", {})
        if version is not None:
            headers["if-match"] = f'"{version}"'
        return await self.http.request(method, f"/clinics/{self.clinic.slug}{path}", headers=headers, **more)


@pytest.fixture
def colleague(http, accept, token):
    async def colleague_(clinic, *roles):
        cookie, id = await join(clinic, accept, token, f"{secrets.token_hex(4)}@x.test", *roles)
        return Colleague(clinic, http, cookie, id)

    return colleague_


class TestTheCatalogue:
    async def test_says_of_every_permission_where_it_belongs_and_whether_it_is_mine_to_give(self, north, colleague):
        items = (await north.ask("GET", "/permissions")).json()["items"]
        assert [one["name"] for one in items] == list(CATALOGUE)
        assert all(one["sentence"].endswith(".") and one["group"] for one in items)
        assert [one["name"] for one in items if not one["yours"]] == []  # an owner books for everybody, so for themselves, too
        manager = await colleague(north, "manager")
        theirs = {one["name"]: one["yours"] for one in (await manager.ask("GET", "/permissions")).json()["items"]}
        assert (theirs["billing.refund"], theirs["members.write"], theirs["scheduling.book_own"]) == (True, False, True)


class TestAdd:
    async def test_makes_a_role_that_somebody_can_be_given(self, north, colleague):
        role = await make(
            north,
            "members.read",
            "clinic.read",
            name="Șefa recepției",
            description="Front, and looks who works here.",
            copied_from="receptionist",
        )
        assert role["slug"].startswith("sefa-receptiei-")
        assert (role["permissions"], role["people"], role["template"]) == (["clinic.read", "members.read"], 0, None)
        assert (role["description"], role["copied_from"]) == ("Front, and looks who works here.", "receptionist")
        rada = await colleague(north, role["slug"])
        assert (await rada.ask("GET", "/members")).status_code == 200
        assert (await rada.ask("GET", "/patients")).status_code == 403
        listed = (await north.ask("GET", "/roles")).json()["items"]
        assert [one["slug"] for one in listed] == [*TEMPLATES, role["slug"]]
        assert listed[-1] == role | {"people": 1}

    @pytest.mark.parametrize("name", ["O'Brien's \"desk\"; drop table role; --", "مساعد الاستقبال", "עוזרת", "R2", "🦷 lead"])
    async def test_takes_a_name_in_any_script(self, north, name):
        role = await make(north, name=name)
        found = (await north.ask("GET", f"/roles/{role['slug']}")).json()
        assert (found["name"], found["slug"].isascii(), "-" in found["slug"]) == (name, True, True)

    async def test_refuses_what_is_no_role(self, north):
        for body, where in [
            ({"name": "x", "permissions": []}, [("/name", "too_short")]),
            ({"name": "x" * 61, "permissions": []}, [("/name", "too_long")]),
            ({"name": "two\nlines", "permissions": []}, [("/name", "not_plain")]),
            ({"name": "hid\u202eden", "permissions": []}, [("/name", "not_plain")]),
            ({"name": "desk"}, [("/permissions", "required")]),
            ({"name": "desk", "permissions": ["clinic.read", "moon.walk", "*"]},
             [("/permissions/1", "not_found"), ("/permissions/2", "not_found")]),
            ({"name": "desk", "permissions": [], "template": "owner"}, [("/template", "unknown_property")]),
            ({"name": "desk", "permissions": [], "slug": "owner"}, [("/slug", "unknown_property")]),
            ({"name": "desk", "permissions": [], "copied_from": "nobody"}, [("/copied_from", "not_found")]),
        ]:  # fmt: skip
            answer = await north.ask("POST", "/roles", json=body)
            assert (answer.status_code, pointers(answer)) == (422, where), body

    async def test_refuses_a_name_that_is_another_roles(self, north, south):
        await make(north, name="Front lead")
        again = await north.ask("POST", "/roles", json={"name": "FRONT LEAD", "permissions": []})
        assert await code(again) == (409, "RoleNameTaken")
        assert await code(await north.ask("POST", "/roles", json={"name": "owner", "permissions": []})) == (409, "RoleNameTaken")
        await make(south, name="Front lead")

    async def test_refuses_more_than_the_one_who_makes_it_may_do(self, north, colleague):
        makers = await make(north, "members.read", "roles.write", "clinic.read")
        rada = await colleague(north, makers["slug"])
        assert (await rada.ask("POST", "/roles", json={"name": "less", "permissions": ["clinic.read"]})).status_code == 201
        answer = await rada.ask("POST", "/roles", json={"name": "more", "permissions": ["clinic.read", "billing.refund"]})
        assert await code(answer) == (403, "BeyondYours")
        assert answer.json()["facts"] == {"permission": "billing.refund", "permissions": ["billing.refund"]}

    async def test_makes_no_owner_of_a_copy_of_the_owners_role(self, north, colleague):
        owners = (await north.ask("GET", "/roles/owner")).json()["permissions"]
        copy = await make(north, *owners, copied_from="owner")
        rada = await colleague(north, copy["slug"])
        headers = {"version": 1, "json": {"roles": ["dentist"]}}
        assert await code(await rada.ask("PATCH", f"/members/{north.owner_id}", **headers)) == (403, "OnlyAnOwner")
        assert await code(await rada.ask("POST", "/invitations", json={"email": "a@b.test", "roles": ["owner"]})) == (
            403, "OnlyAnOwner",
        )  # fmt: skip

    async def test_is_for_those_who_may(self, north, colleague):
        manager = await colleague(north, "manager")
        assert (await manager.ask("GET", "/roles")).status_code == 200
        assert await code(await manager.ask("POST", "/roles", json={"name": "desk", "permissions": []})) == (403, "NotAllowed")

    async def test_stops_at_fifty(self, north):
        for number in range(50):
            await make(north, name=f"Role {number}")
        answer = await north.ask("POST", "/roles", json={"name": "One more", "permissions": []})
        assert await code(answer) == (409, "TooManyRoles")

    async def test_makes_one_role_when_it_is_sent_twice(self, north):
        sent = {"json": {"name": "Once", "permissions": []}, "headers": {"idempotency-key": "once"}}
        first, second = [await north.ask("POST", "/roles", **sent) for _ in range(2)]
        assert first.json() == second.json()


class TestChange:
    async def test_counts_for_everybody_from_their_next_request_on(self, north, colleague):
        role = await make(north, "patients.read")
        rada = await colleague(north, role["slug"])
        assert (await rada.ask("GET", "/patients")).status_code == 200
        changed = await north.ask(
            "PATCH",
            f"/roles/{role['slug']}",
            version=1,
            json={"permissions": ["clinic.read"], "name": "Other", "description": None},
        )
        assert (changed.status_code, changed.json()["version"], changed.json()["people"]) == (200, 2, 1)
        assert (await rada.ask("GET", "/patients")).status_code == 403

    async def test_leaves_what_is_not_named(self, north):
        role = await make(north, "clinic.read", name="Front", description="x")
        changed = (await north.ask("PATCH", f"/roles/{role['slug']}", version=1, json={"name": "Front desk"})).json()
        assert changed == role | {"name": "Front desk", "version": 2}

    async def test_is_refused_to_the_second_of_two_editors(self, north):
        role = await make(north, "clinic.read")
        both = [
            north.ask("PATCH", f"/roles/{role['slug']}", version=1, json={"permissions": [one]})
            for one in ("patients.read", "scheduling.read")
        ]
        answers = sorted(await asyncio.gather(*both), key=lambda answer: answer.status_code)
        assert [answer.status_code for answer in answers] == [200, 412]
        assert (await north.ask("GET", f"/roles/{role['slug']}")).json() == answers[0].json()
        assert await code(answers[1]) == (412, "RoleIsStale")
        assert (await north.ask("PATCH", f"/roles/{role['slug']}", json={"name": "no version"})).status_code == 428

    @pytest.mark.parametrize("slug", ["owner", "dentist"])
    async def test_leaves_the_products_own_alone(self, north, slug):
        for answer in [
            await north.ask("PATCH", f"/roles/{slug}", version=1, json={"permissions": []}),
            await north.ask("DELETE", f"/roles/{slug}", version=1),
            await north.ask("DELETE", f"/roles/{slug}?replacement=assistant", version=1),
        ]:
            assert await code(answer) == (409, "RoleIsTheProducts")

    async def test_may_keep_but_not_bring_back_what_the_editor_does_not_hold(self, north, colleague):
        role = await make(north, "billing.refund", "clinic.read")
        rada = await colleague(north, (await make(north, "members.read", "roles.write", "clinic.read"))["slug"])
        path = f"/roles/{role['slug']}"
        kept = await rada.ask("PATCH", path, version=1, json={"permissions": ["billing.refund"]})
        assert kept.json()["permissions"] == ["billing.refund"]
        taken = await rada.ask("PATCH", path, version=2, json={"permissions": []})
        assert taken.json()["permissions"] == []
        assert await code(await rada.ask("PATCH", path, version=3, json={"permissions": ["billing.refund"]})) == (
            403,
            "BeyondYours",
        )

    async def test_of_ones_own_role_gives_oneself_nothing(self, north, colleague):
        role = await make(north, "members.read", "roles.write", "members.write")
        rada = await colleague(north, role["slug"])
        answer = await rada.ask(
            "PATCH", f"/roles/{role['slug']}", version=1, json={"permissions": [*role["permissions"], "audit.read"]}
        )
        assert await code(answer) == (403, "BeyondYours")

    async def test_says_which_field_is_wrong(self, north):
        role = await make(north)
        for body, where in [
            ({"name": None}, "/name"), ({"permissions": None}, "/permissions"), ({"permissions": ["x.y"]}, "/permissions/0"),
        ]:  # fmt: skip
            answer = await north.ask("PATCH", f"/roles/{role['slug']}", version=1, json=body)
            assert (answer.status_code, [one for one, _ in pointers(answer)]) == (422, [where])

    async def test_leaves_a_record_that_names_the_role(self, north, root):
        role = await make(north)
        await north.ask("PATCH", f"/roles/{role['slug']}", version=1, json={"permissions": ["clinic.read"]})
        await north.ask("DELETE", f"/roles/{role['slug']}", version=2)
        found = root.execute(
            "select action, changed_fields from audit_event where entity = 'role' and clinic_id = %s and entity_id is not null"
            " and actor_id = %s and action <> 'insert' order by id",
            [north.id, north.owner_id],
        ).fetchall()
        assert [action for action, _ in found] == ["update", "delete"]
        assert found[0][1] == ["grants"]


class TestRemove:
    async def test_takes_away_a_role_that_nobody_has(self, north):
        role = await make(north)
        assert (await north.ask("DELETE", f"/roles/{role['slug']}")).status_code == 428
        assert await code(await north.ask("DELETE", f"/roles/{role['slug']}", version=7)) == (412, "RoleIsStale")
        assert (await north.ask("DELETE", f"/roles/{role['slug']}", version=1)).status_code == 204
        assert await code(await north.ask("GET", f"/roles/{role['slug']}")) == (404, "NoSuchRole")

    async def test_asks_for_another_while_somebody_has_it_or_is_invited_as_it(self, north, colleague):
        role = await make(north, "clinic.read")
        await invite(north, "waits@x.test", [role["slug"]])
        answer = await north.ask("DELETE", f"/roles/{role['slug']}", version=1)
        assert (await code(answer), answer.json()["facts"]) == ((409, "RoleInUse"), {"people": 0, "invited": 1})
        rada = await colleague(north, role["slug"], "auditor")
        answer = await north.ask("DELETE", f"/roles/{role['slug']}", version=1)
        assert (await code(answer), answer.json()["facts"]) == ((409, "RoleInUse"), {"people": 1, "invited": 1})
        path = f"/roles/{role['slug']}?replacement="
        for wrong, kind in [("nobody", "not_found"), (role["slug"], "self")]:
            answer = await north.ask("DELETE", path + wrong, version=1)
            assert (answer.status_code, pointers(answer)) == (422, [("/replacement", kind)])
        assert (await north.ask("DELETE", path + "receptionist", version=1)).status_code == 204
        assert (await north.ask("GET", f"/members/{rada.id}")).json()["roles"] == ["auditor", "receptionist"]
        assert (await rada.ask("GET", "/patients")).status_code == 200
        [waiting] = (await north.ask("GET", "/invitations")).json()["items"]
        assert waiting["roles"] == ["receptionist"]

    async def test_gives_nobody_more_than_the_one_who_removes_may_give(self, north, colleague):
        role = await make(north, "clinic.read")
        await colleague(north, role["slug"])
        admin = await colleague(north, "admin")
        answer = await admin.ask("DELETE", f"/roles/{role['slug']}?replacement=owner", version=1)
        assert await code(answer) == (403, "OnlyAnOwner")
        large = await make(north, "billing.refund")
        rada = await colleague(north, (await make(north, "members.read", "roles.write", "members.write"))["slug"])
        answer = await rada.ask("DELETE", f"/roles/{role['slug']}?replacement={large['slug']}", version=1)
        assert await code(answer) == (403, "MoreThanYours")

    async def test_and_an_acceptance_at_the_same_moment_leave_nobody_with_a_role_that_is_gone(self, north, accept, token):
        for turn in range(6):
            role = await make(north, "clinic.read")
            link = token((await invite(north, f"racer-{turn}@x.test", [role["slug"]])).json())
            removed, joined = await asyncio.gather(
                north.ask("DELETE", f"/roles/{role['slug']}?replacement=assistant", version=1), accept(link)
            )
            assert (removed.status_code, joined.status_code) == (204, 201), (removed.text, joined.text)
            member = (await north.ask("GET", f"/members/{joined.json()['principal']['id']}")).json()
            assert member["roles"] == ["assistant"]


class TestCompare:
    async def test_says_who_gains_and_who_loses_what(self, north, colleague):
        role = await make(north, "clinic.read", "patients.read")
        one, two, gone = [await colleague(north, role["slug"]) for _ in range(3)]
        also = await colleague(north, role["slug"], "accountant")
        await north.ask("POST", f"/members/{gone.id}/suspension")
        answer = await north.ask(
            "POST", f"/roles/{role['slug']}/differences", json={"permissions": ["patients.read", "billing.refund"]}
        )
        found = {
            item["permission"]: ({one["id"] for one in item["gained"]}, {one["id"] for one in item["lost"]})
            for item in answer.json()["items"]
        }
        assert found == {"clinic.read": (set(), {one.id, two.id}), "billing.refund": ({one.id, two.id}, set())}
        assert also.id  # has both anyway
        assert (await north.ask("GET", f"/roles/{role['slug']}")).json()["version"] == 1

    async def test_says_what_a_replacement_would_change(self, north, colleague):
        role = await make(north, "clinic.read", "audit.read")
        one = await colleague(north, role["slug"])
        answer = await north.ask("POST", f"/roles/{role['slug']}/differences", json={"replacement": "assistant"})
        found = {item["permission"]: [len(item["gained"]), len(item["lost"])] for item in answer.json()["items"]}
        assert found == {
            "patients.read": [1, 0],
            "scheduling.read": [1, 0],
            "recalls.read": [1, 0],
            "history.read": [1, 0],
            "history.write": [1, 0],
            "charting.read": [1, 0],
            "charting.scribe": [1, 0],
            "imaging.read": [1, 0],
            "imaging.write": [1, 0],
            "notes.read": [1, 0],
            "notes.write": [1, 0],
            "prescribing.read": [1, 0],
            "labs.track": [1, 0],
            "labs.read": [1, 0],
            "labs.write": [1, 0],
            "messages.read": [1, 0],
            "treatment.read": [1, 0],
            "audit.read": [0, 1],
        }
        assert answer.json()["items"][0]["gained"] == [{"id": one.id, "name": "Ion Șerban"}]

    async def test_refuses_what_there_is_not(self, north):
        role = await make(north)
        path = f"/roles/{role['slug']}/differences"
        assert pointers(await north.ask("POST", path, json={"permissions": ["x.y"]})) == [("/permissions/0", "not_found")]
        assert pointers(await north.ask("POST", path, json={"replacement": "nobody"})) == [("/replacement", "not_found")]
        assert (await north.ask("POST", path, json={})).json()["items"] == []
