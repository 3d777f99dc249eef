"""What whoever holds the link of an offer sees. Looking changes nothing."""

from typing import NamedTuple

from chairside.filling.rows import FollowedOffer, OfferedTime
from chairside.filling.rules import Answer, answer_of
from chairside.kernel import links
from chairside.kernel.audit import opened
from chairside.kernel.guard import open_to_all
from chairside.kernel.op import SYSTEM, Op
from chairside.kernel.refusals import Missing

FIND = "select clinic_id, id from app.find_opening_offer(%(hash)s, %(now)s)"
MARK = "select set_config('app.context', 'opening offer', true)"
GRANTS = frozenset({"clinic.read", "scheduling.read", "scheduling.book", "patients.read", "recalls.read", "recalls.write"})
OFFERED = opened(
    """
    select offer.id, offer.patient_id, offer.fill_id, clinic.name as clinic_name, clinic.phone, clinic.address,
           provider.name as provider_name, service.name as service_name, fill.starts_at, offer.duration_minutes,
           moving.starts_at as moving_at, offer.expires_at, offer.status, fill.status as fill_status, offer.appointment_id
      from opening_offer as offer
      join opening_fill as fill on fill.id = offer.fill_id
      join clinic on clinic.id = offer.clinic_id
      join provider on provider.id = fill.provider_id
      join service on service.id = offer.service_id
      left join appointment as moving on moving.id = offer.moving_id
     where offer.id = %(offer_id)s
""",
    entity="opening_offer",
    patient="patient_id",
)


class NoSuchOffer(Missing):
    """This link is not good any more; please call the clinic."""


class OfferState(NamedTuple):
    """`link`: to the visit that came of a yes, as long as it is told for the first time."""

    time: OfferedTime
    answer: Answer
    timezone: str
    locale: str
    link: str | None = None


@open_to_all("the token in the address is the proof, and it shows one free time")
async def read_offer(op: Op, *, token: str) -> OfferState:
    """What it is about. Whoever opens it, a program that looks through mail too, changes nothing. Refuses NoSuchOffer."""
    return await state_of(op, await enter_offer(op, token))


async def enter_offer(op: Op, token: str) -> FollowedOffer:
    """The clinic that it leads to, as nobody in particular. Refuses NoSuchOffer. Not a door."""
    found = await op.db.one(FollowedOffer, FIND, hash=links.hashed(token), now=op.now)
    if found is None:
        raise NoSuchOffer()
    op.db.with_next(MARK)
    await op.act_for(found.clinic_id, actor_id=SYSTEM, grants=GRANTS)
    return found


async def state_of(op: Op, followed: FollowedOffer) -> OfferState:
    """Not a door."""
    time = await op.db.one(OfferedTime, OFFERED, offer_id=followed.id)
    assert time
    answer = answer_of(time.status, fill_status=time.fill_status, expires_at=time.expires_at, now=op.now)
    return OfferState(time, answer, op.clinic.timezone, op.clinic.locale)
