"""After a backup took the database's place: what was signed in the time that is gone is void, and that is signed."""

import asyncio
from datetime import datetime
from uuid import UUID

from chairside.compliance.places import Place
from chairside.compliance.rules import facts
from chairside.compliance.rules.checkpoints import RESTORED, Checkpoint, Ring, is_void
from chairside.kernel.db import Db, Source

HASH_AT = "select s.hash from audit_seal s where s.clinic_id = %(clinic)s::uuid and s.seq = %(seq)s::bigint"
MARK = """
    insert into audit_checkpoint (clinic_id, number, kind, seq, hash, at, key_id, signature)
    values (%(clinic_id)s, %(number)s, %(kind)s, %(seq)s, %(hash)s, %(at)s, %(key_id)s, %(signature)s)
"""


async def say_restored(source: Source, *, clinic_id: UUID, place: Place, ring: Ring, now: datetime) -> int:
    """For the administrator. How many checkpoints are void now: those behind the last that still holds. When all hold, nothing is
    said."""
    db = Db(source)
    try:
        seq, number, void = 0, 0, 0
        there = await asyncio.to_thread(lambda: list(place.read(clinic_id)))
        said = [one for one in there if one.kind == RESTORED and ring.knows(one)]
        for one in there:
            number = max(number, one.number)
            if is_void(one, said) or one.seq == 0:
                continue
            if not void and await db.value(HASH_AT, clinic=clinic_id, seq=one.seq) == one.hash:
                seq = one.seq
            else:
                void += 1
        if void:
            hash_ = await db.value(HASH_AT, clinic=clinic_id, seq=seq) if seq else facts.beginning(clinic_id)
            mark = ring.sign(Checkpoint(clinic_id, number + 1, RESTORED, seq, hash_, now))
            await asyncio.to_thread(place.keep, [mark])
            await db.run(
                MARK, clinic_id=clinic_id, number=mark.number, kind=mark.kind, seq=mark.seq, hash=mark.hash, at=mark.at,
                key_id=mark.key_id, signature=mark.signature,
            )  # fmt: skip
        await db.commit()
    except BaseException:
        await db.undo()
        raise
    return void
