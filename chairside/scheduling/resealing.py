"""Numbers and signatures of providers and addresses of their calendars, sealed anew when their key is followed by another."""

from typing import Any
from uuid import UUID

from chairside.kernel.db import Jsonb
from chairside.kernel.op import Op
from chairside.kernel.resealing import Column, Stale, goes_along

LEFT_DEA = "select count(*) from provider where app.key_version(provider.dea_sealed) <> %(version)s"
STALE_DEA = """
    select to_jsonb(provider.id), provider.id::text, null::uuid, provider.dea_sealed, null::bytea
      from provider
     where app.key_version(provider.dea_sealed) <> %(version)s
       and provider.id > (%(after)s::jsonb #>> '{}')::uuid
     order by provider.id
     limit %(limit)s
"""
PUT_DEA = """
    update provider set dea_sealed = %(sealed)s
     where provider.id = (%(at)s::jsonb #>> '{}')::uuid
       and provider.dea_sealed = %(was)s
"""
LEFT_NUMBER = "select count(*) from licence where app.key_version(licence.number_sealed) <> %(version)s"
STALE_NUMBER = """
    select to_jsonb(licence.id), licence.id::text, null::uuid, licence.number_sealed, null::bytea
      from licence
     where app.key_version(licence.number_sealed) <> %(version)s
       and licence.id > (%(after)s::jsonb #>> '{}')::uuid
     order by licence.id
     limit %(limit)s
"""
PUT_NUMBER = """
    update licence set number_sealed = %(sealed)s
     where licence.id = (%(at)s::jsonb #>> '{}')::uuid
       and licence.number_sealed = %(was)s
"""

LEFT_SECRET = "select count(*) from outside_calendar where app.key_version(outside_calendar.secret_sealed) <> %(version)s"
STALE_SECRET = """
    select to_jsonb(outside_calendar.id), outside_calendar.id::text, null::uuid, outside_calendar.secret_sealed, null::bytea
      from outside_calendar
     where app.key_version(outside_calendar.secret_sealed) <> %(version)s
       and outside_calendar.id > (%(after)s::jsonb #>> '{}')::uuid
     order by outside_calendar.id
     limit %(limit)s
"""
PUT_SECRET = """
    update outside_calendar set secret_sealed = %(sealed)s
     where outside_calendar.id = (%(at)s::jsonb #>> '{}')::uuid
       and outside_calendar.secret_sealed = %(was)s
"""
LEFT_SIGNATURE = """
    select count(*)
      from provider_signature_image
     where app.key_version(provider_signature_image.sealed) <> %(version)s
"""
STALE_SIGNATURE = """
    select to_jsonb(provider_signature_image.signature_id), provider_signature_image.signature_id::text, null::uuid,
           provider_signature_image.sealed, null::bytea
      from provider_signature_image
     where app.key_version(provider_signature_image.sealed) <> %(version)s
       and provider_signature_image.signature_id > (%(after)s::jsonb #>> '{}')::uuid
     order by provider_signature_image.signature_id
     limit %(limit)s
"""
PUT_SIGNATURE = """
    update provider_signature_image set sealed = %(sealed)s
     where provider_signature_image.signature_id = (%(at)s::jsonb #>> '{}')::uuid
       and provider_signature_image.sealed = %(was)s
"""


@goes_along
class Deas(Column):
    table, column = "provider", "dea_sealed"
    first = str(UUID(int=0))

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT_DEA, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(Stale, STALE_DEA, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(PUT_DEA, at=Jsonb(at), was=was, sealed=sealed)


@goes_along
class LicenceNumbers(Column):
    table, column = "licence", "number_sealed"
    first = str(UUID(int=0))

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT_NUMBER, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(Stale, STALE_NUMBER, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(PUT_NUMBER, at=Jsonb(at), was=was, sealed=sealed)


@goes_along
class CalendarSecrets(Column):
    table, column = "outside_calendar", "secret_sealed"
    first = str(UUID(int=0))

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT_SECRET, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(Stale, STALE_SECRET, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(PUT_SECRET, at=Jsonb(at), was=was, sealed=sealed)


@goes_along
class Signatures(Column):
    table, column = "provider_signature_image", "sealed"
    first = str(UUID(int=0))

    async def left(self, op: Op, *, version: int) -> int:
        return int(await op.db.value(LEFT_SIGNATURE, version=version))

    async def stale(self, op: Op, *, version: int, after: Any, limit: int) -> list[Stale]:
        return await op.db.all(Stale, STALE_SIGNATURE, version=version, after=Jsonb(after), limit=limit)

    def put(self, op: Op, *, at: Any, was: bytes | None, sealed: bytes) -> None:
        op.db.with_next(PUT_SIGNATURE, at=Jsonb(at), was=was, sealed=sealed)
