"""What the networks say: a text that came in goes to the clinic that was written to, what became of one to its line in the
log. Each notice counts once, however often it comes."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from chairside.kernel.guard import open_to_all
from chairside.kernel.log import say
from chairside.kernel.op import EVERYTHING, SYSTEM, Op
from chairside.kernel.refusals import Busy
from chairside.messaging.actions.stopping import stop_address
from chairside.messaging.actions.texts import receive
from chairside.messaging.rules.notices import ASKS, NOTICE, Notice
from chairside.messaging.rules.numbers import word_of
from chairside.messaging.rules.reports import Became, CameIn, read

HEAR = "insert into heard_notice (id) values (%(id)s) on conflict (id) do nothing returning true"
OF_NUMBER = "select app.clinic_of_number(%(number)s)"
OF_SENT = "select app.clinic_of_sent(%(given)s)"
WROTE = "select array(select app.clinics_that_wrote_to(%(number)s, %(since)s))"
REPORT = """
    update message
       set delivery = %(delivery)s, delivery_reason = %(reason)s,
           delivered_at = case when %(delivery)s::text = 'delivered' then %(at)s::timestamptz end,
           updated_at = transaction_timestamp(), updated_by = app.actor(), version = message.version + 1
     where message.provider_message_id = %(given)s
       and (message.delivery is distinct from 'delivered' or not %(last)s)
    returning message.recipient
"""
ASK = """
    insert into notice_topic (arn, token, asked_at)
    values (%(arn)s, %(token)s, %(at)s)
    on conflict (arn) do update
       set token = excluded.token, asked_at = excluded.asked_at, attempts = 0, confirmed_at = null
"""
REMEMBERED = timedelta(days=30)
"""For so long a text to a number that clinics share is an answer to the only one that wrote."""
STOPS = timedelta(days=400)
"""To so many of them it says STOP."""
SOON = timedelta(minutes=2)


@open_to_all("what Amazon SNS says; the route has verified its signature and its topic")
async def hear(op: Op, *, notice: Notice) -> None:
    """Again: nothing happens. Refuses Busy, after which it comes again."""
    if not await op.db.value(HEAR, id=notice.id):
        return
    if notice.kind == ASKS:
        await op.db.run(ASK, arn=notice.topic, token=notice.token, at=op.now)
    elif notice.kind != NOTICE:
        say().warning("a topic is heard no more", name=notice.topic)
    else:
        match read(notice.message):
            case CameIn() as came:
                await _let_in(op, came)
            case Became() as became:
                await _report(op, became)
            case None:
                say().info("notice", code="unknown")


async def _let_in(op: Op, came: CameIn) -> None:
    clinics = await _clinics(op, came)
    if not clinics:
        say().warning("a text to nobody", code="no_clinic")
    for clinic_id in clinics:
        await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
        await receive(op, number=came.origin, body=came.body, provider_message_id=came.id)


async def _clinics(op: Op, came: CameIn) -> Sequence[UUID]:
    """Whose number it is. Of a number that clinics share: whose message they answer, else the only one that wrote to them
    lately; one that says STOP, or takes it back, says it to all of these."""
    own: UUID | None = await op.db.value(OF_NUMBER, number=came.written_to)
    if own:
        return [own]
    stops = word_of(came.body) is not None
    since = op.now - (STOPS if stops else REMEMBERED)
    wrote: list[UUID] = await op.db.value(WROTE, number=came.origin, since=since)
    answered: UUID | None = await op.db.value(OF_SENT, given=came.answers) if came.answers else None
    if stops:
        return list(dict.fromkeys([*([answered] if answered else []), *wrote]))
    if answered:
        return [answered]
    return wrote if len(wrote) == 1 else []


async def _report(op: Op, became: Became) -> None:
    """It may come before we have written down as what the network knows the message; later it is somebody else's."""
    clinic_id: UUID | None = await op.db.value(OF_SENT, given=became.id)
    if clinic_id is None:
        if op.now - became.at < SOON:
            raise Busy()
        return
    await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
    recipient: str | None = await op.db.value(
        REPORT, given=became.id, delivery=became.delivery, reason=became.reason, at=became.at, last=became.last
    )
    if recipient and became.stops and became.reason:
        await stop_address(op, address=recipient, reason=became.reason)
