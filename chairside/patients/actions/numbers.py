"""Register numbers: the next one, and those promised to an import that runs."""

from uuid import UUID

from chairside.kernel.guard import needs
from chairside.kernel.op import Op

# Whoever registers waits here for the other who does: two must not be given the same next number.
QUEUE = "select pg_advisory_xact_lock(hashtextextended('register ' || app.clinic()::text, 0))"
# A register number of thirteen digits or more was not counted up to: it is the state's, or a slip of the hand. Written as in the
# index that holds the others: they alone are in it, the highest first.
COUNTED = "patient.register_number ~ '^[0-9]{1,12}$'"
HIGHEST = f"""
    select greatest((select max(case when {COUNTED} then patient.register_number::bigint end) from patient where {COUNTED}),
                    (select max(register_reservation.up_to)
                       from register_reservation
                      where register_reservation.import_id is distinct from %(import_id)s),
                    0)
"""
RESERVE = """
    insert into register_reservation (import_id, up_to)
    values (%(import_id)s, %(up_to)s)
    on conflict (clinic_id, import_id) do update set up_to = excluded.up_to, at = excluded.at
"""
RELEASE = "delete from register_reservation where register_reservation.import_id = %(import_id)s"


async def next_number(op: Op) -> str:
    """Above every number that there is or that an import was promised. Whoever else asks waits until this operation ends."""
    op.db.with_next(QUEUE)
    return str(await op.db.value(HIGHEST, import_id=None) + 1)


@needs("imports.run")
async def reserve_numbers(op: Op, *, import_id: UUID, above: int = 0, count: int = 0) -> int:
    """Nobody else is given a number up to `above`, nor the next `count`, until they are released; answers the first of these.
    In the place of what this import reserved before. Let the operation end soon: whoever registers waits for it."""
    op.db.with_next(QUEUE)
    first: int = max(await op.db.value(HIGHEST, import_id=import_id), above) + 1
    await op.db.run(RESERVE, import_id=import_id, up_to=first + count - 1)
    return first


@needs("imports.run")
async def release_numbers(op: Op, *, import_id: UUID) -> None:
    """What was not used is free again."""
    await op.db.run(RELEASE, import_id=import_id)
