"""What a route may ask of its request."""

import re
from typing import Annotated

from fastapi import Depends, Header, Request

from chairside.kernel.op import Op
from chairside.kernel.refusals import VersionRequired, malformed

ONE_VERSION = re.compile(r'(?:W/)?"(\d{1,9})"')


async def _op(request: Request) -> Op:
    op: Op = request.state.op
    return op


def _read(if_match: str | None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    if not (match := ONE_VERSION.fullmatch(if_match.strip())):
        raise malformed("/if-match", "not_a_version", 'A version looks like "3", with its quotation marks.')
    return int(match[1])


async def _version(if_match: Annotated[str | None, Header()] = None) -> int:
    version = _read(if_match)
    if version is None:
        raise VersionRequired()
    return version


async def _seen(if_match: Annotated[str | None, Header()] = None) -> int | None:
    return _read(if_match)


InOp = Annotated[Op, Depends(_op)]
Version = Annotated[int, Depends(_version)]
"""Required: PATCH and DELETE of what has a version."""
SeenVersion = Annotated[int | None, Depends(_seen)]
"""Honoured when sent: PUT and changes of state."""
