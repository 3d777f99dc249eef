"""A clinic with its owner, made by the operator: the only way in single-clinic mode, where nobody signs up.

The owner's password is read from standard input, one line, and never from the command line.
"""

import asyncio
import getpass
import sys
from argparse import ArgumentParser, Namespace

from chairside.cli import reach
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop


def arguments(parser: ArgumentParser) -> None:
    reach.arguments(parser)
    parser.add_argument("--name", required=True, help="as patients know it")
    parser.add_argument("--slug", required=True, help="its address: small letters, digits, hyphens")
    parser.add_argument("--timezone", required=True, help="such as Europe/Bucharest")
    parser.add_argument("--locale", default="en-US", help="(%(default)s)")
    parser.add_argument("--currency", default="USD", help="(%(default)s)")
    parser.add_argument("--owner", required=True, help="the owner's name")
    parser.add_argument("--email", required=True, help="what the owner signs in with")


def run(given: Namespace) -> None:
    password = getpass.getpass("Password of the owner: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    with reach.app(given.data) as url:
        asyncio.run(create(reach.settings(given.data, url), given, password))


async def create(settings: Settings, given: Namespace, password: str) -> None:
    from pydantic import ValidationError

    from chairside import tenancy
    from chairside.kernel import clock
    from chairside.kernel.op import begin
    from chairside.kernel.pool import Pool
    from chairside.kernel.refusals import Refusal
    from chairside.tenancy.schemas.clinics import NewClinic

    owner = {"name": given.owner, "email": given.email, "password": password}
    words = {name: getattr(given, name) for name in ("name", "slug", "timezone", "locale", "currency")}
    try:
        new = NewClinic(**words, owner=owner)  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors()[0]
        sentence = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
        raise Stop(f"{first['loc'][-1]}: {sentence}.") from None
    async with Pool(settings.app_url, size=1) as pool, begin(pool, clock.now(), "clinic create") as op:
        if settings.single_clinic and await tenancy.count(op):
            raise Stop("There is a clinic already, and this deployment keeps one (CHAIRSIDE_SINGLE_CLINIC).")
        try:
            clinic, _ = await tenancy.sign_up(op, **words, owner_name=given.owner, email=new.owner.email, password=password)  # type: ignore[union-attr]
        except Refusal as refusal:
            raise Stop(str(refusal)) from None
    print(f"{clinic.name} is at /c/{clinic.slug}.")
