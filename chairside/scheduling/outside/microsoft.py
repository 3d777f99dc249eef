"""Outlook, by Microsoft Graph: the account's own calendar as it is lived through; of each entry no more is asked for than when it
is, and whether it counts. https://learn.microsoft.com/graph/api/user-list-calendarview"""

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from chairside.kernel.outbound import NotReached
from chairside.scheduling.outside.accounts import Account
from chairside.scheduling.outside.asking import MOST, Asked, NotRefreshed, Told, check_status, instant_of, not_reached
from chairside.scheduling.rules.hours import Interval, instant, merge

PAGE = 500
FIELDS = "start,end,showAs,isCancelled,isAllDay"
FREE = "free"


class Microsoft(NamedTuple):
    account: Account

    async def ask(self, secret: str, asked: Asked) -> Told:
        access, another = await self.account.entered(secret)
        query = {
            "startDateTime": f"{asked.since:%Y-%m-%dT%H:%M:%SZ}", "endDateTime": f"{asked.until:%Y-%m-%dT%H:%M:%SZ}",
            "$select": FIELDS, "$top": str(PAGE),
        }  # fmt: skip
        page: str | None = f"{self.account.api}/me/calendarView?{urlencode(query)}"
        spans: list[Interval] = []
        seen = 0
        try:
            while page:
                found = await self._page(access, page)
                seen += len(found["value"])
                if seen > MOST:
                    raise NotRefreshed("too_many")
                spans += [_span(one, ZoneInfo(asked.zone)) for one in found["value"] if _counts(one)]
                page = self._next(found)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise NotRefreshed("unreadable") from error
        inside = ((max(start, asked.since), min(end, asked.until)) for start, end in spans)
        return Told(merge((start, end) for start, end in inside if start < end), secret=another)

    async def _page(self, access: str, page: str) -> dict[str, Any]:
        headers = {
            "authorization": f"Bearer {access}", "accept": "application/json",
            "prefer": f'outlook.timezone="UTC", odata.maxpagesize={PAGE}',
        }  # fmt: skip
        try:
            answer = await self.account.outbound.get(page, headers=headers)
            check_status(answer.status)
            return answer.json()
        except NotReached as error:
            raise not_reached(error) from error

    def _next(self, found: dict[str, Any]) -> str | None:
        """The token goes nowhere but to the service itself."""
        more = found.get("@odata.nextLink")
        if more is None:
            return None
        if not found["value"] or not str(more).startswith(f"{self.account.api}/"):
            raise NotRefreshed("unreadable")
        return str(more)


def _counts(one: dict[str, Any]) -> bool:
    return one.get("showAs") != FREE and one.get("isCancelled") is not True


def _span(one: dict[str, Any], zone: ZoneInfo) -> Interval:
    """Entries of whole days are given as if they were in UTC, and are in the provider's own days."""
    start, end = one["start"]["dateTime"], one["end"]["dateTime"]
    if one.get("isAllDay") is True:
        first, last = (date.fromisoformat(edge[:10]) for edge in (start, end))
        return instant(first, 0, zone), instant(max(last, first + timedelta(days=1)), 0, zone)
    return _utc(start), _utc(end)


def _utc(text: str) -> datetime:
    """Seven digits of a second, and no zone: it was asked for in UTC."""
    return instant_of(f"{text[:19]}Z")
