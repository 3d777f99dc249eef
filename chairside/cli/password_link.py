"""A link for a new password, where no letters are sent: for you to hand to the person whose address it is.

It is the one that the letter of a forgotten password carries: good once and for an hour. Nothing changes before it is used; a
second factor is still asked for afterwards. Whoever has the link has the account, so look whom you give it to.
"""

import asyncio
from argparse import ArgumentParser, Namespace

from chairside.cli import reach
from chairside.kernel.settings import ORIGIN, Settings
from chairside.kernel.stop import Stop

HERE = "http://localhost:8000"


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    parser.add_argument("email", metavar="EMAIL", help="what the person signs in with")
    parser.add_argument(
        "--origin", metavar="ADDRESS", help=f"where people find Chairside (CHAIRSIDE_ORIGIN; in development {HERE})"
    )


def run(given: Namespace) -> None:
    with reach.app(given.data) as url:
        settings = reach.settings(given.data, url)
        asyncio.run(give(settings, given.email.strip(), _origin(settings, given.origin)))


async def give(settings: Settings, email: str, origin: str) -> None:
    from chairside import tenancy
    from chairside.kernel import clock
    from chairside.kernel.op import begin
    from chairside.kernel.pool import Pool

    async with Pool(settings.app_url, size=1) as pool, begin(pool, clock.now(), "password-link") as op:
        try:
            link = await tenancy.give_password_link(op, email=email)
        except tenancy.NoSuchPerson:
            raise Stop(f"Nobody signs in with {email}.") from None
    print(f"{link.name} chooses a new password here, once, until {link.expires_at.astimezone():%Y-%m-%d %H:%M %Z}:")
    print(f"{origin}/password-reset#{link.token}")


def _origin(settings: Settings, given: str | None) -> str:
    """Refuses Stop."""
    origin = (given or settings.origin or (HERE if settings.development else "")).rstrip("/")
    if not origin:
        raise Stop("Say where people find Chairside: --origin https://chairside.example, or CHAIRSIDE_ORIGIN.")
    if not ORIGIN.fullmatch(origin):
        raise Stop(f"{origin} is no address without a path, like https://chairside.example.")
    return origin
