"""Numbers that are a clinic's alone, as the operator has them from the network of texts."""

import re
from typing import NamedTuple

from psycopg.errors import UniqueViolation

from chairside.kernel.guard import open_to_all
from chairside.kernel.op import Op
from chairside.kernel.stop import Stop

NUMBER = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}")
ALL = "select clinic_number.number from clinic_number order by clinic_number.id"
FIRST = "select clinic_number.number from clinic_number order by clinic_number.id limit 1"
GIVE = "insert into clinic_number (number) values (%(number)s) returning clinic_number.number"
TAKE = "delete from clinic_number where clinic_number.number = %(number)s returning clinic_number.number"


class Own(NamedTuple):
    number: str


@open_to_all("the operator's command: whoever may run it may read the database")
async def give_number(op: Op, *, number: str) -> None:
    """What is written to it is this clinic's, and its texts come from the first that it has. Refuses Stop."""
    if not NUMBER.fullmatch(number):
        raise Stop("Write the number as networks do, like +12065550100, or as a short code.")
    try:
        await op.db.run(GIVE, number=number)
    except UniqueViolation as error:
        raise Stop(f"{number} is a clinic's already.") from error


@open_to_all("the operator's command: whoever may run it may read the database")
async def take_number(op: Op, *, number: str) -> None:
    """Refuses Stop."""
    if await op.db.value(TAKE, number=number) is None:
        raise Stop(f"This clinic has no number {number}.")


@open_to_all("the operator's command: whoever may run it may read the database")
async def list_numbers(op: Op) -> list[str]:
    return [one.number for one in await op.db.all(Own, ALL)]


async def own_number(op: Op) -> str:
    """From which the clinic's texts come; empty for the deployment's. Not a door."""
    return str(await op.db.value(FIRST) or "")
