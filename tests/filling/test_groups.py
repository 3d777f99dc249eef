"""A seat of a session that somebody gave up, offered to whoever waits for its service."""

from tests.filling.conftest import Gap


async def a_full_session(gap: Gap) -> list[dict]:
    providers = [{"provider_id": str(gap.provider.id)}]
    body = {"name": "Class", "service_ids": [str(gap.service.id)], "providers": providers, "capacity": 2, "increment": 5}
    group = (await gap.clinic.ask("POST", "/calendars", json=body)).json()
    await gap.clinic.ask("PUT", "/hours", json={"weekly": {str(day): [["00:00", "24:00"]] for day in range(1, 8)}})
    return [
        await gap.book(await gap.given.patient(gap.clinic, name), calendar_id=group["id"], provider_id=None)
        for name in ("Uma", "Vera")
    ]


async def test_a_freed_seat_goes_to_the_first_yes(gap: Gap):
    visits = await a_full_session(gap)
    gap.ends_at = gap.starts_at.fromisoformat(visits[0]["ends_at"])
    for name in ("Ana", "Bea"):
        await gap.wait(name)
    full = await gap.begin()
    assert (full.status_code, full.json()["code"]) == (409, "TimeTaken")
    await gap.clinic.ask("POST", f"/appointments/{visits[0]['id']}/cancellation", json={"reason": "ill"})
    await gap.begun()
    first, second = gap.tokens()
    assert (await gap.yes(first)).status_code == 201
    assert (await gap.yes(second)).json()["code"] == "OfferIsGone"
    seats = await gap.visits()
    assert len(seats) == 2 and {one["group_session_id"] for one in seats} == {visits[1]["group_session_id"]}


async def test_a_seat_is_not_offered_for_another_service(gap: Gap):
    visits = await a_full_session(gap)
    gap.ends_at = gap.starts_at.fromisoformat(visits[0]["ends_at"])
    other = await gap.given.service(gap.clinic, "Other", minutes=20)
    await gap.wait("Ana", service_id=str(other.id))
    await gap.clinic.ask("POST", f"/appointments/{visits[0]['id']}/cancellation", json={"reason": "ill"})
    assert (await gap.begin()).json()["code"] == "NobodyToAsk"
