"""Adds the invented clinic when it is absent, all of it or nothing, and says how to sign in."""

from datetime import datetime
from random import Random
from zoneinfo import ZoneInfo

from chairside import identity, patients, tenancy
from chairside.billing import reactions as _billing  # its reactions charge what is completed
from chairside.demo import days, people, practice
from chairside.kernel import clock
from chairside.kernel.op import Op, begin
from chairside.kernel.pool import Pool
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop

SLUG = "harbor-street"
NAME = "Harbor Street Dental"
TIMEZONE = "America/New_York"
OWNER = "Maya Lindqvist"
EMAIL = "demo@harbor-street.example"
PASSWORD = "harbor street demo"
PATIENTS = 300
REACTIONS = (_billing,)
UNHURRIED = "select set_config('statement_timeout', '0', true)"


async def seed(settings: Settings) -> None:
    """For development only. Refuses Stop."""
    if not settings.development:
        raise Stop("The invented clinic is for development only: unset CHAIRSIDE_ENVIRONMENT.")
    async with Pool(settings.app_url, size=1) as pool, begin(pool, clock.now(), "demo") as op:
        if await tenancy.find(op, slug=SLUG) is None:
            await plant(op, at=clock.now())
    print(f"  {NAME}: sign in as {EMAIL} with the password: {PASSWORD}", flush=True)


async def plant(op: Op, *, at: datetime) -> None:
    """The clinic as it is at that instant: its past has happened, its future is booked. The same day makes the same clinic."""
    today = at.astimezone(ZoneInfo(TIMEZONE)).date()
    chance = Random(today.toordinal())
    password_hash = await identity.hash_password(op, password=PASSWORD)
    owner = await identity.add_person(op, email=EMAIL, name=OWNER, password_hash=password_hash)
    await tenancy.add_clinic(
        op, principal_id=owner, owner_name=OWNER, email=EMAIL, name=NAME, slug=SLUG, timezone=TIMEZONE, locale="en-US",
        currency=practice.CURRENCY,
    )  # fmt: skip
    await op.db.run(UNHURRIED)
    op.now = at
    made = await practice.furnish(op)
    registered = []
    for family in people.families(chance, patients=PATIENTS, today=today):
        head = None
        for facts in family:
            patient = await patients.register(op, **facts, guarantor_id=head)
            head = head or patient.id
            registered.append(patient.id)
    await days.live(op, made, registered, chance=chance, at=at)
