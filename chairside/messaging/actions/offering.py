"""A free time is offered to a patient, and the offer taken back: by which way they may be asked, and what is said."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from chairside import tenancy
from chairside.kernel.db import array
from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.messaging import phones, posts
from chairside.messaging.actions.queueing import queue_offer
from chairside.messaging.actions.stopping import why_stopped
from chairside.messaging.posts import origin
from chairside.messaging.queries.preferences import is_stopped
from chairside.messaging.queries.settings import get_setting
from chairside.messaging.queries.speaking import MINOR, OTHERS
from chairside.messaging.queries.templates import find_template
from chairside.messaging.rows import Recipient
from chairside.messaging.rules.numbers import region_of
from chairside.messaging.rules.reminders import Go, Skip, Wait, decide_way
from chairside.messaging.rules.templates import facts_of, filled
from chairside.messaging.rules.words import language_of

RECIPIENT = f"""
    select 'sms' as channel, coalesce(patient.preferred_name, patient.first_name),
           patient.archived_at is not null or patient.deleted_at is not null, patient.contacts, {OTHERS},
           {MINOR}, coalesce(wish.do_not_contact, false), coalesce(wish.email, true),
           coalesce(wish.sms, true), wish.only_email, wish.only_phone, wish.language, wish.timezone,
           wish.unsubscribed_at is not null
      from patient
      left join contact_preference as wish on wish.patient_id = patient.id
     where patient.id = %(patient_id)s
"""
# What is with the network already has reached them, for all that anybody knows.
TAKE_BACK = """
    with taken as (
        update message
           set status = 'failed', reason = 'withdrawn',
               updated_at = clock_timestamp(), updated_by = app.actor(), version = message.version + 1
         where message.offer_id = any(%(offers)s::uuid[])
           and message.kind = 'offer'
           and message.status = 'queued'
    )
    select message.offer_id
      from message
     where message.offer_id = any(%(offers)s::uuid[])
       and message.kind = 'offer'
       and message.status in ('sending', 'sent', 'unsure')
"""
CHANNELS = ("sms", "email")
"""A text is read within minutes, and a free time does not wait."""


class Way(NamedTuple):
    """`language` is the reader's."""

    channel: str
    address: str
    language: str
    first_name: str


@needs("messages.write")
async def reach(op: Op, *, patient_id: UUID) -> Way | Wait | Skip:
    """How something may be said to them now: as they want to be reached and where it is safe, after STOP and within quiet hours
    not; by text, else by e-mail. `Wait.until` the hours are loud; `Skip.reason` as of reminders: archived, do_not_contact,
    unsubscribed, preference, no_address, stopped, bounced, complained; or not_configured. Who may not book for them is nobody
    to be asked."""
    to = await op.db.one(Recipient, RECIPIENT, patient_id=patient_id, today=op.today)
    if to is None:
        return Skip("archived")
    setting, region = await get_setting(op), region_of(op.clinic.locale)
    why_not: list[Skip] = []
    for channel in CHANNELS:
        if (phones.chosen() if channel == "sms" else posts.chosen()) is None:
            why_not.append(Skip("not_configured"))
            continue
        what = decide_way(to._replace(channel=channel), now=op.now, zone=op.clinic.zone, region=region, setting=setting)
        if isinstance(what, Go) and channel == "sms" and await is_stopped(op, number=what.address):
            what = Skip("stopped")
        if isinstance(what, Go) and channel == "email" and (reason := await why_stopped(op, address=what.address)):
            what = Skip(reason)
        if isinstance(what, Go) and not what.schedules:  # a yes is a visit
            what = Skip("no_address")
        match what:
            case Go(address):
                return Way(channel, address, to.language or language_of(op.clinic.locale), to.first_name)
            case Wait():
                return what
        why_not.append(what)
    return next((one for one in why_not if one.reason != "no_address"), why_not[0])


@needs("messages.write")
async def say_of_offer(
    op: Op, *, kind: str, offer_id: UUID, patient_id: UUID, way: Way, provider: str, starts_at: datetime, path: str = ""
) -> None:
    """`kind`: offer, with the `path` of its link on this deployment's own origin; or offer_gone. Each is said once."""
    clinic = await tenancy.get(op)
    template = await find_template(op, kind=kind, channel=way.channel, language=way.language)
    locale = op.clinic.locale if op.clinic.locale.partition("-")[0] == way.language else way.language
    facts = facts_of(
        clinic=clinic.name, phone=clinic.phone or clinic.email or "", patient=way.first_name, provider=provider,
        starts_at=starts_at, locale=locale, zone=op.clinic.zone,
    )  # fmt: skip
    if path:
        facts["link"] = f"{origin()}{path}"
    await queue_offer(
        op, kind=kind, offer_id=offer_id, patient_id=patient_id, channel=way.channel, recipient=way.address, locale=locale,
        subject=template.subject and filled(template.subject, facts), body=filled(template.body, facts),
    )  # fmt: skip


@needs("messages.write")
async def take_back_offers(op: Op, *, offer_ids: list[UUID]) -> set[UUID]:
    """What has not left yet does not leave; answers the offers that have, and so are known to somebody."""
    return set(await op.db.all(_id, TAKE_BACK, offers=array(offer_ids)))


def _id(id: UUID) -> UUID:
    return id
