"""Numbers of a clinic's own, as you have them from AWS End User Messaging: its texts come from the first, and what patients write
to one of them is the clinic's. Without --give and --take, those that it has."""

import asyncio
from argparse import ArgumentParser, Namespace

from chairside.cli import reach
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    parser.add_argument("slug", metavar="CLINIC", help="the clinic's address")
    parser.add_argument("--give", metavar="NUMBER", help="like +12065550100, or a short code")
    parser.add_argument("--take", metavar="NUMBER", help="back from the clinic")


def run(given: Namespace) -> None:
    with reach.app(given.data) as url:
        print("\n".join(asyncio.run(change(reach.settings(given.data, url), given.slug, give=given.give, take=given.take))))


async def change(settings: Settings, slug: str, *, give: str | None = None, take: str | None = None) -> list[str]:
    """Refuses Stop."""
    from chairside import messaging, tenancy
    from chairside.kernel import clock
    from chairside.kernel.op import EVERYTHING, SYSTEM, begin
    from chairside.kernel.pool import Pool

    async with Pool(settings.app_url, size=1) as pool, begin(pool, clock.now(), "clinic numbers") as op:
        clinic_id = await tenancy.find(op, slug=slug)
        if clinic_id is None:
            raise Stop(f"There is no clinic {slug}.")
        await op.act_for(clinic_id, actor_id=SYSTEM, grants=EVERYTHING)
        if give:
            await messaging.give_number(op, number=give)
        if take:
            await messaging.take_number(op, number=take)
        return await messaging.list_numbers(op)
