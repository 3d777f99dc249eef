"""No sequence of what people do with roles gives anybody more than whoever did it held; and an owner stays."""

import secrets
from collections import Counter, defaultdict
from types import SimpleNamespace
from uuid import UUID

import pytest
from anyio.from_thread import start_blocking_portal
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from chairside import identity, tenancy
from chairside.kernel import clock
from chairside.kernel.op import begin
from chairside.kernel.pool import Pool
from chairside.kernel.refusals import Refusal
from chairside.tenancy.permissions import CATALOGUE, TEMPLATES
from chairside.tenancy.rules.giving import ADMIN, OWNER, covered
from tests.conftest import PASSWORD

WHERE = SimpleNamespace()
GUESSING = identity.Guessing("", per_account=10**6, per_network=10**6, everywhere=10**6)
SEEN: Counter[str] = Counter()
DOORS = {"add_role", "change_role", "remove_role", "change_member"}
FOR_ANYBODY = frozenset().union(*(grants for slug, (_, grants) in TEMPLATES.items() if slug not in (OWNER, ADMIN)))
"""What the product's own templates foresee that anybody who may give roles may give."""
FEW = ["members.read", "members.write", "roles.write", "clinic.read", "billing.refund", "audit.read"]
PERMISSIONS = st.lists(st.sampled_from(FEW), unique=True)
PERSON, PLACE = st.integers(0, 3), st.integers(0, 6)


class Clinic(RuleBasedStateMachine):
    """An owner, an administrator, somebody who makes roles and somebody who does nothing of the kind."""

    @initialize()
    def open_a_clinic(self):
        async def open_():
            async with begin(WHERE.pool, clock.now(), "a test") as op:
                slug = f"roles-{secrets.token_hex(6)}"
                clinic, owner = await tenancy.sign_up(
                    op, name="x", slug=slug, timezone="UTC", locale="en", currency="USD", owner_name="x",
                    email=f"{slug}@x.test", password=PASSWORD,
                )  # fmt: skip
                makers = await tenancy.add_role(op, name="Makers", permissions=["members.read", "members.write", "roles.write"])
                people = [owner]
                for number, role in enumerate([ADMIN, makers.slug, "assistant"]):
                    invitation = await tenancy.invite(op, email=f"{number}-{slug}@x.test", roles=[role], name="x")
                    link = await tenancy.get_invitation_link(op, invitation_id=invitation.id)
                    proof = await tenancy.accept_invitation(op, token=link, password=PASSWORD, guessing=GUESSING)
                    people.append(proof.principal_id)
                    owners = frozenset(TEMPLATES[OWNER][1])
                    await op.act_for(clinic.id, actor_id=owner, grants=owners)
                return clinic.id, people

        self.clinic, self.people = WHERE.portal.call(open_)
        self.seen = self.look()

    def look(self):
        """Who holds what, and which roles and versions there are, as an owner's eye sees it."""

        async def look_():
            async with begin(WHERE.pool, clock.now(), "a test") as op:
                await op.act_for(self.clinic, actor_id=self.people[0], grants=frozenset({"members.read"}))
                roles = {role.slug: role for role, _ in await tenancy.list_roles(op)}
                members = {member.id: member for member in await tenancy.list_members(op)}
                return roles, members

        roles, members = WHERE.portal.call(look_)
        held = defaultdict(frozenset)
        for member in members.values():
            held[member.id] = frozenset().union(*(roles[slug].permissions for slug in member.roles))
        return SimpleNamespace(roles=roles, members=members, held=held)

    def knock(self, who, door, **values):
        actor: UUID = self.people[who]

        async def enter():
            async with begin(WHERE.pool, clock.now(), "a test") as op:
                await op.act_for(self.clinic, actor_id=actor, grants=self.seen.held[actor])
                await door(op, **values)

        before = self.seen
        try:
            WHERE.portal.call(enter)
        except Refusal as refusal:
            SEEN[refusal.code] += 1
            return
        SEEN[door.__name__] += 1
        self.seen = after = self.look()
        was_owner = OWNER in before.members[actor].roles
        for id in after.members:
            gained = after.held[id] - before.held[id]
            if was_owner:
                continue
            assert gained <= covered(before.held[actor]) | FOR_ANYBODY, (door.__name__, gained)
            assert (OWNER in after.members[id].roles) == (OWNER in before.members[id].roles)
        for slug, role in after.roles.items():
            added = role.permissions - (before.roles[slug].permissions if slug in before.roles else frozenset())
            assert added <= covered(before.held[actor]), (door.__name__, slug, added)

    def role(self, place):
        own = [role for role in self.seen.roles.values() if not role.template]
        every = [*own, *(self.seen.roles[slug] for slug in (OWNER, ADMIN, "assistant"))]
        return every[place % len(every)]

    @rule(who=PERSON, permissions=PERMISSIONS, place=PLACE)
    def make(self, who, permissions, place):
        copied = self.role(place).slug
        self.knock(who, tenancy.add_role, name=secrets.token_hex(4), permissions=permissions, copied_from=copied)

    @rule(who=PERSON, permissions=PERMISSIONS, place=PLACE)
    def change(self, who, permissions, place):
        role = self.role(place)
        self.knock(who, tenancy.change_role, slug=role.slug, version=role.version, changes={"permissions": permissions})

    @rule(who=PERSON, place=PLACE, other=PLACE)
    def remove(self, who, place, other):
        role = self.role(place)
        self.knock(who, tenancy.remove_role, slug=role.slug, version=role.version, replacement=self.role(other).slug)

    @rule(who=PERSON, whom=PERSON, place=PLACE, other=PLACE)
    def give(self, who, whom, place, other):
        roles = list({self.role(place).slug, self.role(other).slug})
        self.knock(who, tenancy.change_member, member_id=self.people[whom], changes={"roles": roles})

    @invariant()
    def keeps_an_owner_and_the_products_roles(self):
        if hasattr(self, "seen"):
            assert any(OWNER in member.roles for member in self.seen.members.values())
            assert {slug: tuple(self.seen.roles[slug].grants.split()) for slug in TEMPLATES} == {
                slug: grants for slug, (_, grants) in TEMPLATES.items()
            }


@pytest.fixture
def doors(conninfo):
    with start_blocking_portal() as portal, portal.wrap_async_context_manager(Pool(conninfo, size=1)) as pool:
        WHERE.portal, WHERE.pool = portal, pool
        SEEN.clear()
        yield SEEN


def test_no_sequence_of_changes_gives_anybody_more_than_the_one_who_made_them_held(doors):
    assert set(FEW) <= set(CATALOGUE)
    quick = settings(
        max_examples=20, stateful_step_count=30, deadline=None, derandomize=False, database=None,
        suppress_health_check=list(HealthCheck), print_blob=True,
    )  # fmt: skip
    for _ in range(5):
        run_state_machine_as_test(Clinic, settings=quick)
        if set(doors) >= DOORS | {"BeyondYours", "MoreThanYours", "OnlyAnOwner", "LastOwner", "RoleIsTheProducts"}:
            return
    pytest.fail(f"the machine never met {DOORS - set(doors)}; it met {dict(doors)}")
