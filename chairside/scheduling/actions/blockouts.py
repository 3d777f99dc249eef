"""Time in which nobody is booked."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op
from chairside.kernel.refusals import Missing, malformed
from chairside.scheduling.actions.claims import BUSY, constraint_kept, let_in, queue
from chairside.scheduling.actions.holding import check_own
from chairside.scheduling.events import TimeBlocked, TimeUnblocked
from chairside.scheduling.queries.setup import NoSuchOperatory, NoSuchProvider
from chairside.scheduling.rows import BLOCKOUT, Blocked, Blockout

# What stands there already stays: the claims wait behind it, and keep away whatever would come.
BLOCK = f"""
    with wanted as materialized (
        select place.resource_id, %(starts_at)s::timestamptz as starts_at, %(ends_at)s::timestamptz as ends_at,
               %(starts_at)s::timestamptz - interval '24 hours' as since
          from (values (%(provider_id)s::uuid), (%(operatory_id)s::uuid)) as place (resource_id)
         where place.resource_id is not null
    ), {BUSY}, owner as (
        insert into blockout (provider_id, operatory_id, starts_at, ends_at, reason)
        select %(provider_id)s, %(operatory_id)s, %(starts_at)s, %(ends_at)s, %(reason)s
         where (%(provider_id)s is null or exists (select from provider where provider.id = %(provider_id)s))
           and (%(operatory_id)s is null or exists (select from operatory where operatory.id = %(operatory_id)s))
        returning blockout.id
    ), claimed as (
        insert into claim (resource_id, blockout_id, starts_at, ends_at, active)
        select wanted.resource_id, owner.id, wanted.starts_at, wanted.ends_at,
               wanted.resource_id not in (select busy.resource_id from busy)
          from owner, wanted
    )
    select (select owner.id from owner),
           (select provider.member_id from provider where provider.id = %(provider_id)s),
           exists (select from provider where provider.id = %(provider_id)s) as provider_known,
           exists (select from operatory where operatory.id = %(operatory_id)s) as operatory_known,
           (select count(*)::int
              from appointment
             where appointment.starts_at > %(starts_at)s::timestamptz - interval '12 hours'
               and appointment.starts_at < %(ends_at)s
               and appointment.ends_at > %(starts_at)s
               and appointment.status not in ('cancelled', 'no_show', 'completed')
               and (appointment.provider_id = %(provider_id)s or appointment.operatory_id = %(operatory_id)s)) as visits
"""
OWNER = f"""
    select {BLOCKOUT}, (select provider.member_id from provider where provider.id = blockout.provider_id) as member_id
      from blockout
     where blockout.id = %(blockout_id)s
"""
UNBLOCK = "delete from blockout where blockout.id = %(blockout_id)s"
LONGEST = timedelta(hours=24)


class NoSuchBlockout(Missing):
    """There is no such blocked time; somebody may have freed it already."""


class NewlyBlocked(NamedTuple):
    """`visits` that stand there already, and stay."""

    blockout: Blockout
    visits: int


@needs("scheduling.book", "scheduling.book_own")
async def block_time(
    op: Op, *, starts_at: datetime, ends_at: datetime, reason: str, provider_id: UUID | None = None,
    operatory_id: UUID | None = None,
) -> NewlyBlocked:  # fmt: skip
    """From then on nobody is booked there by accident; with a reason they may be, as over anything else. At most a day at once.
    Refuses NotOwnSchedule, NoSuchProvider, NoSuchOperatory."""
    if provider_id is None and operatory_id is None:
        raise malformed("/provider_id", "required", "Say whose time is blocked: a provider's, an operatory's or both.")
    if not timedelta(0) < ends_at - starts_at <= LONGEST:
        raise malformed("/ends_at", "out_of_range", "It ends after it begins, and within a day.")
    queue(op, (provider_id, operatory_id))
    with constraint_kept():
        done = await op.db.one(
            Blocked, BLOCK, provider_id=provider_id, operatory_id=operatory_id, starts_at=starts_at, ends_at=ends_at,
            reason=reason,
        )  # fmt: skip
    assert done
    if provider_id and not done.provider_known:
        raise NoSuchProvider()
    if operatory_id and not done.operatory_known:
        raise NoSuchOperatory()
    check_own(op, done.member_id)
    assert done.id
    await op.emit(TimeBlocked(done.id))
    return NewlyBlocked(Blockout(done.id, provider_id, operatory_id, starts_at, ends_at, reason), done.visits)


@needs("scheduling.book", "scheduling.book_own")
async def unblock_time(op: Op, *, blockout_id: UUID) -> None:
    """Whoever was booked over it has their time. Refuses NoSuchBlockout, NotOwnSchedule."""
    found = await op.db.one(_with_owner, OWNER, blockout_id=blockout_id)
    if found is None:
        raise NoSuchBlockout()
    blockout, member_id = found
    check_own(op, member_id)
    queue(op, (blockout.provider_id, blockout.operatory_id))
    await op.db.run(UNBLOCK, blockout_id=blockout_id)
    let_in(op, (blockout.provider_id, blockout.operatory_id))
    await op.emit(TimeUnblocked(blockout_id))


def _with_owner(
    id: UUID, provider_id: UUID | None, operatory_id: UUID | None, starts_at: datetime, ends_at: datetime, reason: str,
    member_id: UUID | None,
) -> tuple[Blockout, UUID | None]:  # fmt: skip
    return Blockout(id, provider_id, operatory_id, starts_at, ends_at, reason), member_id
