"""Google Calendar: when the account's own calendar is busy, by its FreeBusy query, which knows of no titles.
https://developers.google.com/workspace/calendar/api/v3/reference/freebusy/query"""

import json
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from chairside.kernel.outbound import NotReached
from chairside.scheduling.outside.accounts import Account
from chairside.scheduling.outside.asking import MOST, Asked, NotRefreshed, Told, check_status, instant_of, not_reached
from chairside.scheduling.rules.hours import Interval, merge

AT_ONCE = timedelta(days=60)
"""A longer time is refused."""
PRIMARY = "primary"


class Google(NamedTuple):
    account: Account

    async def ask(self, secret: str, asked: Asked) -> Told:
        access, another = await self.account.entered(secret)
        spans: list[Interval] = []
        since = asked.since
        while since < asked.until:
            until = min(since + AT_ONCE, asked.until)
            spans += await self._busy(access, since, until)
            since = until
        if len(spans) > MOST:
            raise NotRefreshed("too_many")
        return Told(merge(spans), secret=another)

    async def _busy(self, access: str, since: datetime, until: datetime) -> list[Interval]:
        body = {"timeMin": since.isoformat(), "timeMax": until.isoformat(), "items": [{"id": PRIMARY}]}
        headers = {"authorization": f"Bearer {access}", "content-type": "application/json", "accept": "application/json"}
        try:
            answer = await self.account.outbound.post(
                f"{self.account.api}/freeBusy", body=json.dumps(body).encode(), headers=headers
            )
            check_status(answer.status)
            found: Any = answer.json()
            calendar = found["calendars"][PRIMARY]
            if calendar.get("errors"):
                raise NotRefreshed("away")
            return [(instant_of(one["start"]), instant_of(one["end"])) for one in calendar.get("busy", [])]
        except NotReached as error:
            raise not_reached(error) from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise NotRefreshed("unreadable") from error
