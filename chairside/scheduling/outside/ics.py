"""A calendar published at an address, as iCalendar."""

from typing import NamedTuple

from chairside.kernel.outbound import NotReached, Outbound
from chairside.scheduling.outside.apart import read_apart
from chairside.scheduling.outside.asking import HOPS, Asked, Told, check_status, header, not_reached


class Ics(NamedTuple):
    outbound: Outbound

    async def ask(self, secret: str, asked: Asked) -> Told:
        known = {"if-none-match": asked.etag, "if-modified-since": asked.last_modified}
        headers = {"accept": "text/calendar"} | {name: value for name, value in known.items() if value}
        try:
            answer = await self.outbound.follow(secret, headers=headers, hops=HOPS)
        except NotReached as error:
            raise not_reached(error) from error
        if answer.status == 304 and len(headers) > 1:
            return Told(None, etag=asked.etag, last_modified=asked.last_modified)
        check_status(answer.status)
        read = await read_apart(answer.body, zone=asked.zone, since=asked.since, until=asked.until)
        etag, last_modified = header(answer.headers, "etag"), header(answer.headers, "last-modified")
        return Told(read.spans, read.left_out, etag, last_modified)
