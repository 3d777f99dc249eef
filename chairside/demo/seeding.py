"""Adds the invented clinics that are absent, each as a whole or not at all, and says how to sign in."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from chairside import catalog, identity, patients, tenancy
from chairside.billing import reactions as _billing  # its reactions charge what is completed
from chairside.demo import calling, days, front, groups, health, mouths, noting, people, planning, practice, probing
from chairside.demo.harbor_street import HARBOR_STREET
from chairside.demo.setting import MemberSetting, Setting
from chairside.demo.strada_portului import STRADA_PORTULUI
from chairside.kernel import clock
from chairside.kernel.db import array
from chairside.kernel.op import EVERYTHING, SYSTEM, Op, begin
from chairside.kernel.pool import Pool
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop

CLINICS = (HARBOR_STREET, STRADA_PORTULUI)
PASSWORD = "harbor street demo"
REACTIONS = (_billing,)
# All of a clinic is one transaction, whose tables nobody analyses: they look empty, as if an index were not worth its while.
UNHURRIED = """
    select set_config('statement_timeout', '0', true), set_config('enable_seqscan', 'off', true),
           set_config('enable_sort', 'off', true)
"""
JOIN = """
    with joined as (
        insert into membership (principal_id, name, email)
        select one.id, one.name, one.email
          from unnest(%(ids)s::uuid[], %(names)s::text[], %(emails)s::text[]) as one (id, name, email)
    )
    insert into membership_role (principal_id, role_slug)
    select one.id, one.role from unnest(%(ids)s::uuid[], %(roles)s::text[]) as one (id, role)
"""
# Most were patients long before; who is new shows in the numbers of that day.
REGISTERED = """
    update patient
       set created_at = known.at
      from unnest(%(ids)s::uuid[], %(instants)s::timestamptz[]) as known (id, at)
     where patient.id = known.id
"""


async def seed(settings: Settings) -> None:
    """For development only. Refuses Stop."""
    if not settings.development:
        raise Stop("The invented clinics are for development only: unset CHAIRSIDE_ENVIRONMENT.")
    at = clock.now()
    async with Pool(settings.app_url, size=len(CLINICS)) as pool:
        async with asyncio.TaskGroup() as group:
            planting = [group.create_task(_plant_absent(pool, setting, at)) for setting in CLINICS]
        for setting, planted in zip(CLINICS, planting, strict=True):
            if planted.result():
                await _join_those_of_elsewhere(pool, setting, at)
    for setting in CLINICS:
        print(f"  {setting.name} (/c/{setting.slug}): sign in as {setting.owner.email} with the password: {PASSWORD}")
        others = ", ".join(f"{one.email} ({one.role})" for one in setting.members)
        print(f"    or, with the same password, as {others}", flush=True)


async def _plant_absent(pool: Pool, setting: Setting, at: datetime) -> bool:
    """Each clinic in a transaction of its own, beside the others: PostgreSQL has most of the work, and a process for each."""
    async with begin(pool, at, "demo") as op:
        if await tenancy.find(op, slug=setting.slug) is not None:
            return False
        print(f"  inventing {setting.name}", flush=True)
        await plant(op, setting, at=at, tell=lambda done: print(f"    {setting.slug}: {done}", flush=True))
        return True


async def _join_those_of_elsewhere(pool: Pool, setting: Setting, at: datetime) -> None:
    """One person, two clinics: whoever has an account since another clinic was made."""
    async with begin(pool, at, "demo") as op:
        clinic_id = await tenancy.find(op, slug=setting.slug)
        assert clinic_id
        await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
        found = [(one, known.id) for one in setting.also if (known := await identity.find_person(op, email=one.email))]
        await _enter(op, found)


async def plant(op: Op, setting: Setting, *, at: datetime, tell: Callable[[str], None] = lambda done: None) -> None:
    """The clinic as it is at that instant: its past has happened, its future is booked. The same day makes the same clinic."""
    today = at.astimezone(ZoneInfo(setting.timezone)).date()
    chance = Random(f"{setting.name} {today.toordinal()}")
    password_hash = await identity.hash_password(op, password=PASSWORD)
    owner = await identity.add_person(op, email=setting.owner.email, name=setting.owner.name, password_hash=password_hash)
    await tenancy.add_clinic(
        op, principal_id=owner, owner_name=setting.owner.name, email=setting.owner.email, name=setting.name, slug=setting.slug,
        timezone=setting.timezone, locale=setting.locale, currency=setting.currency,
    )  # fmt: skip
    members = {setting.owner.email: owner} | await _join(op, setting, password_hash)
    await op.db.run(UNHURRIED)
    op.now = at
    first, last = today - timedelta(days=days.BEHIND), today + timedelta(days=days.AHEAD)
    made = await practice.furnish(op, setting, members=members, first=first, last=last, chance=chance)
    await catalog.add_starting_list(op)
    tell("patients")
    registered = await _register(op, people.families(chance, setting, today=today))
    life = days.Life(op, made, registered, chance, at)
    await days.live(life, tell)
    op.now = at
    await _remember(life)
    tell("health")
    await health.tell_of(life)
    tell("mouths")
    await mouths.look_into(life)
    await probing.probe(life)
    tell("groups")
    await groups.meet(life)
    tell("notes")
    await noting.write_down(life)
    tell("plans")
    await planning.plan(life)
    await planning.send_out(life)
    tell("recalls")
    await calling.call_in(life)
    tell("front")
    await front.open_up(life)


async def _join(op: Op, setting: Setting, password_hash: str) -> dict[str, UUID]:
    """Whoever works there besides the owner."""
    found: list[tuple[MemberSetting, UUID]] = []
    for one in setting.members:
        found.append((one, await identity.add_person(op, email=one.email, name=one.name, password_hash=password_hash)))
    await _enter(op, found)
    return {one.email: id for one, id in found}


async def _enter(op: Op, found: list[tuple[MemberSetting, UUID]]) -> None:
    await op.db.run(
        JOIN, ids=array(id for _, id in found), names=[one.name for one, _ in found], emails=[one.email for one, _ in found],
        roles=[one.role for one, _ in found],
    )  # fmt: skip


async def _register(op: Op, families: list[list[dict[str, object]]]) -> list[UUID]:
    registered = []
    for family in families:
        head = None
        for facts in family:
            patient = await patients.register(op, **facts, guarantor_id=head)  # type: ignore[arg-type]
            head = head or patient.id
            registered.append(patient.id)
    return registered


async def _remember(life: days.Life) -> None:
    """Since when they are patients; and some are none any more."""
    chance, op = life.chance, life.op
    instants: Mapping[UUID, datetime] = {
        patient: seen if (seen := life.first_seen.get(patient)) and chance.random() < 0.3
        else life.at - timedelta(days=chance.randint(200, 2000))
        for patient in life.everyone
    }  # fmt: skip
    await op.db.run(REGISTERED, ids=array(instants), instants=list(instants.values()))
    for patient in life.gone:
        await patients.archive(op, patient_id=patient)
