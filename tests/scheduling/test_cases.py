"""Every case that was agreed on (tests/cases/availability.json), over HTTP and of real rows, in a clinic of its own."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from chairside.kernel import clock

CASES = json.loads((Path(__file__).parents[1] / "cases/availability.json").read_text())["cases"]
ALWAYS = {str(day): [["00:00", "24:00"]] for day in range(1, 8)}
SAME_NAME = (
    "min_notice", "max_days_ahead", "window", "per_day_limit", "grid", "strategy", "buffer_before", "buffer_after",
    "buffers_inside_hours", "capacity",
)  # fmt: skip


class Made:
    """The rows of a case."""

    def __init__(self, clinic: Any, given: Any, case: dict[str, Any], at: Any) -> None:
        self.clinic, self.given, self.case, self.at = clinic, given, case, at
        self.ids: dict[str, str] = {}

    async def ask(self, method: str, path: str, body: Any) -> Any:
        answer = await self.clinic.ask(method, path, json=body)
        assert answer.status_code in (200, 201), (path, body, answer.text)
        return answer.json()

    async def calendar(self) -> str:
        case = self.case
        service = await self.given.service(self.clinic, minutes=case["duration"])
        self.service = str(service.id)
        specialists = case.get("specialists") or [case | {"id": "one"}]
        for one in specialists:
            await self.provider(one["id"], one)
        for id, one in case.get("resources", {}).items():
            if id.startswith("op"):
                self.ids[id] = str((await self.given.operatory(self.clinic, name=id)).id)
                await self.busy(one, operatory_id=self.ids[id])
            else:
                await self.provider(id, {"weekly": ALWAYS} | one)
        body = {
            "name": "x", "service_ids": [self.service],
            "providers": [{"provider_id": self.ids[one["id"]], "priority": one.get("priority", 1)} for one in specialists],
            "requires": [
                {"any_of": [self.ids[id] for id in group["any_of"]], **{k: v for k, v in group.items() if k != "any_of"}}
                for group in case.get("requires", ())
            ],
            "increment": case.get("increment") or case["duration"],
            **{name: case[name] for name in SAME_NAME if name in case},
        }  # fmt: skip
        found: str = (await self.ask("POST", "/calendars", body))["id"]
        with self.at(datetime.fromisoformat(self.case["now"])):
            await self.sessions(found)
        return found

    async def sessions(self, calendar: str) -> None:
        """Each seat is booked by itself."""
        for item in self.case.get("busy", ()):
            for _ in range(item["seats"] if item.get("kind") == "session" else 0):
                patient = await self.given.patient(self.clinic)
                body = {"patient_id": str(patient.id), "calendar_id": calendar, "starts_at": item["start"]}
                await self.ask("POST", "/appointments", body)

    async def provider(self, id: str, one: dict[str, Any]) -> None:
        made = await self.ask("POST", "/providers", {"name": id, "timezone": one["timezone"]})
        self.ids[id], path = made["id"], f"/providers/{made['id']}"
        await self.ask("PUT", f"{path}/hours", {"weekly": one["weekly"]})
        for day, blocks in one.get("overrides", {}).items():
            await self.ask("POST", f"{path}/overrides", {"date": day, "blocks": blocks})
        for span in one.get("travel", ()):
            days = {"first_on": span["from"], "last_on": span.get("to") or "2023-12-31"}
            await self.ask("POST", f"{path}/travels", days | {"timezone": span["timezone"]})
        await self.busy(one, provider_id=made["id"])

    async def busy(self, one: dict[str, Any], **whose: str) -> None:
        for item in one.get("busy", ()):
            if item.get("kind") == "session":  # of a calendar, which is not there yet
                continue
            kind = item.get("kind") or ("appointment" if {"status", "before", "counts"} & set(item) else "blockout")
            await getattr(self, kind)(item, **whose)

    async def blockout(self, item: dict[str, Any], **whose: str) -> None:
        await self.ask("POST", "/blockouts", whose | {"starts_at": item["start"], "ends_at": item["end"], "reason": "x"})

    async def hold(self, item: dict[str, Any], **whose: str) -> None:
        """Five minutes before it expires."""
        if "provider_id" not in whose:  # nobody holds a chair alone
            holder = await self.given.provider(self.clinic)
            whose = whose | {"provider_id": str(holder.id)}
        with self.at(datetime.fromisoformat(item["expires_at"]) - timedelta(minutes=5)):
            held = await self.ask("POST", "/holds", whose | {"starts_at": item["start"], "duration_minutes": lasts(item)})
        assert datetime.fromisoformat(held["expires_at"]) == datetime.fromisoformat(item["expires_at"])

    async def appointment(self, item: dict[str, Any], **whose: str) -> None:
        service = self.service
        if not item.get("counts"):
            buffers = {f"buffer_{side}_minutes": item.get(side, 0) for side in ("before", "after")}
            service = str((await self.given.service(self.clinic, minutes=30, **buffers)).id)
        patient = await self.given.patient(self.clinic)
        body = {"patient_id": str(patient.id), "service_id": service, "starts_at": item["start"], "duration_minutes": lasts(item)}
        visit = await self.ask("POST", "/appointments", whose | body)
        step = {"cancelled": "cancellation", "no_show": "no-show"}.get(item.get("status", ""))
        if step:
            await self.ask("POST", f"/appointments/{visit['id']}/{step}", {"reason": "x"})


def lasts(item: dict[str, Any]) -> int:
    return (datetime.fromisoformat(item["end"]) - datetime.fromisoformat(item["start"])) // timedelta(minutes=1)


@pytest.fixture
def at(monkeypatch):
    class At:
        """What time the app thinks it is."""

        def __init__(self, now: datetime) -> None:
            self.now, self.before = now, clock.now

        def __enter__(self) -> None:
            monkeypatch.setattr(clock, "now", lambda: self.now)

        def __exit__(self, *_: object) -> None:
            monkeypatch.setattr(clock, "now", self.before)

    return At


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
async def test_a_case_over_http(case, open_clinic, given, at):
    given_, expected = case["input"], case["expected"]
    clinic = await open_clinic("case", timezone=given_.get("timezone", "UTC"))
    made = Made(clinic, given, given_, at)
    asked = {"calendar_id": await made.calendar(), "from": given_["from"], "to": given_["to"], "limit": 5000}
    with at(datetime.fromisoformat(given_["now"])):
        answer = await clinic.ask("GET", "/availability", params=asked)
    assert answer.status_code == 200, answer.text
    slots = answer.json()["slots"]
    assert [slot["starts_at"] for slot in slots] == expected["slots"]
    if "seats_left" in expected:
        assert {slot["starts_at"]: slot["seats_left"] for slot in slots if slot["group_session_id"]} == expected["seats_left"]
    if "who" in expected:
        who = {start: sorted(made.ids[id] for id in ids) for start, ids in expected["who"].items()}
        assert {slot["starts_at"]: sorted(slot["provider_ids"]) for slot in slots} == who
    if "assigned" in expected:
        assert {slot["starts_at"]: slot["provider_id"] for slot in slots} == {
            start: made.ids[id] for start, id in expected["assigned"].items()
        }
