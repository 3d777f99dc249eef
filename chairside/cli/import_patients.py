"""Patients out of a CSV file into a clinic, as the app does it: guessed columns, refused rows, balances to the cent.

--dry-run says what would happen and changes nothing. What was brought in is undone in the app. Interrupted once it
has begun, it is done by the worker of the Chairside that runs on this database, or when one does.
"""

import asyncio
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import UUID

from chairside.cli import reach
from chairside.kernel.money import exponent
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop

if TYPE_CHECKING:
    from chairside.exchange import Import
    from chairside.kernel.op import Op

POLL_SECONDS = 0.5
ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--clinic", required=True, metavar="SLUG", help="the clinic's address")
    parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")


def run(given: Namespace) -> None:
    try:
        content = given.file.open("rb")
    except OSError as error:
        raise Stop(f"{given.file} cannot be read: {error.strerror}.") from None
    with content, reach.app(given.data) as url:
        asyncio.run(_import(given, content, reach.settings(given.data, url)))


async def _import(given: Namespace, content: BinaryIO, settings: Settings) -> None:
    from chairside import exchange, tenancy, worker  # noqa: F401 - the worker's reactions: what is emitted finds its jobs
    from chairside.kernel import clock
    from chairside.kernel.op import EVERYTHING, SYSTEM, begin
    from chairside.kernel.pool import Pool
    from chairside.kernel.refusals import Refusal

    async with Pool(settings.app_url, size=2, prepare=settings.prepare) as pool:

        @asynccontextmanager
        async def operation() -> AsyncIterator["Op"]:
            async with begin(pool, clock.now(), "chairside import patients") as op:
                clinic_id = await tenancy.find(op, slug=given.clinic)
                if clinic_id is None:
                    raise Stop(f"There is no clinic {given.clinic} here.")
                await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
                yield op

        try:
            async with operation() as op:
                currency = op.clinic.currency
                found = await exchange.try_out(op, content=content)
            _tell_reading(found)
            _tell(found, currency)
            if found["missing"]:
                missing = ", ".join(exchange.LABELS[target] for target in found["missing"])
                raise Stop(f"No column is read as {missing}: name the columns so, or import in the app, where they are chosen.")
            if given.dry_run:
                print("Dry run: nothing was changed.")
                return
            async with operation() as op:
                started = await _start(op, given.file, content)
            done = await _carry_out(operation, started.id, found["counts"]["rows"])
            if done.status != "done":
                raise Stop((done.refusal or {}).get("detail", "The import did not end."))
            assert done.summary
            print("Imported:")
            _tell(done.summary, currency)
        except Refusal as refusal:
            raise Stop(str(refusal)) from None


async def _start(op: "Op", file: Path, content: BinaryIO) -> "Import":
    from chairside import exchange

    size = content.seek(0, 2)
    created = await exchange.create(op, filename=file.name[-255:], size=size)
    kept = await exchange.keep_file(op, import_id=created.id, content=content)
    if kept.status == "uploaded":
        await exchange.analyse(op, import_id=created.id)
    return await exchange.start(op, import_id=created.id)


async def _carry_out(operation: Callable[[], Any], import_id: UUID, total: int) -> "Import":
    """Here or, when a worker was quicker, there."""
    from chairside import exchange

    def tell(done: int) -> None:
        if sys.stdout.isatty():
            print(f"\r  {done} of {total} rows", end="", flush=True)
        else:
            print(f"  {done} of {total} rows", flush=True)

    while True:
        try:
            async with operation() as op:
                await exchange.carry_out(op, import_id=import_id, tell=tell)
        except exchange.AlreadyAtWork:
            async with operation() as op:
                tell((await exchange.get_state(op, import_id=import_id)).done or 0)
            await asyncio.sleep(POLL_SECONDS)
            continue
        async with operation() as op:
            if sys.stdout.isatty():
                print("\r", end="")
            return await exchange.get(op, import_id=import_id)


def _tell_reading(found: dict[str, Any]) -> None:
    from chairside.exchange import LABELS

    print("Columns:")
    for column in found["columns"]:
        unsure = " (unsure)" if column["confidence"] == "unsure" else ""
        print(f"  {column['name']:<30} {LABELS.get(column['target'], 'not imported')}{unsure}")
    dates = found["guesses"]["date_order"]
    for example in dates["examples"][:1]:
        print(f"Days are read {ORDERS[dates['value']]}: {example['text']} is {example['read']}.")
    unmapped = [code["code"] for code in found["guesses"]["sexes"] if code["meaning"] is None]
    if unmapped:
        print(f"Sex is not clear from {', '.join(unmapped)}: imported as unknown. In the app you can say what they mean.")


def _tell(found: dict[str, Any], currency: str) -> None:
    from chairside.exchange import explain, refuses

    counts, balances = found["counts"], found["balances"]

    def because(*, refused: bool) -> None:
        for reason in found["reasons"]:
            if refuses(reason["code"]) == refused:
                print(f"{reason['rows']:>12} {explain(reason['field'], reason['code'])}")

    print(f"{counts['rows']:>8} rows")
    print(f"{counts['accepted']:>8} accepted, {counts['warned']} of them with a warning")
    because(refused=False)
    print(f"{counts['refused']:>8} refused")
    because(refused=True)
    print(f"{counts['already_present']:>8} already in the clinic")
    names = {
        "file": "in the file", "accepted": "accepted", "refused": "refused", "already_present": "already in the clinic",
        "ledger": "in the ledger",
    }  # fmt: skip
    print(f"Balances, {currency}:")
    for name, words in names.items():
        if name in balances:
            print(f"{_amount(balances[name], exponent(currency)):>18} {words}")
    if balances["unreadable"]:
        print(f"{balances['unreadable']:>18} cells that are no amount, in refused rows")


def _amount(minor: int, places: int) -> str:
    whole, part = divmod(abs(minor), 10**places)
    return f"{'-' if minor < 0 else ''}{whole:,}" + (f".{part:0{places}}" if places else "")
