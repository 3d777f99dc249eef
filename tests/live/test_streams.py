"""What is told to whom, and how soon."""

import asyncio
from uuid import UUID, uuid4

import httpx
import pytest

from chairside.billing.events import InvoiceIssued
from chairside.kernel.events import KINDS
from chairside.live.stream import MOST_BYTES
from chairside.patients.events import PatientChanged
from tests.conftest import NOON
from tests.live.listening import listening


async def change(clinic, *, wait: asyncio.Event | None = None, event=PatientChanged, ids=1) -> UUID:
    """An event, in a transaction that commits once it may."""
    patient_id = uuid4()
    async with clinic.op() as op:
        await op.emit(event(patient_id, *[uuid4()] * (ids - 1)))
        await op.db.now()
        if wait:
            await wait.wait()
    return patient_id


class TestHear:
    async def test_tells_what_happened_whose_it_is_and_who_did_it_within_a_second(self, north, given, served):
        patient, provider, service = await given.patient(north), await given.provider(north), await given.service(north)
        async with listening(served.url, north) as ear:
            opened = ear.frames[0].what
            assert set(opened["topics"]) == {kind.topic.name for kind in KINDS.values()}, "an owner may hear of everything"
            assert opened["actor_id"] == str(north.owner_id)
            visit = await given.appointment(north, starts_at=NOON, patient=patient, provider=provider, service=service)
            heard = await ear.hears("scheduling.appointment_booked", seconds=1)
            assert heard.what["ids"] == {"appointment_id": str(visit.id), "patient_id": str(patient.id)}
            assert (heard.what["actor_id"], heard.what["topic"]) == (str(north.owner_id), "schedule")

    async def test_tells_of_the_topics_asked_for(self, north, served):
        async with listening(served.url, north, topics="billing") as ear:
            await change(north)
            await change(north, event=InvoiceIssued, ids=2)
            await ear.hears("billing.invoice_issued")
            assert ear.names() == ["open", "billing.invoice_issued"]

    async def test_does_not_know_other_topics(self, north, http):
        answer = await north.ask("GET", "/stream?topics=schedule,weather")
        assert (answer.status_code, answer.json()["code"]) == (422, "UnknownTopic")

    async def test_tells_nothing_of_another_clinic(self, north, south, served):
        async with listening(served.url, north) as ear, listening(served.url, south) as other:
            theirs, ours = await change(south), await change(north)
            assert (await ear.hears("patients.patient_changed")).what["ids"] == {"patient_id": str(ours)}
            assert (await other.hears("patients.patient_changed")).what["ids"] == {"patient_id": str(theirs)}
            await asyncio.sleep(0.3)
            assert len(ear.events) == len(other.events) == 1

    async def test_tells_nothing_of_what_the_role_does_not_permit(self, north, served, join):
        _, token = await join(north, "assistant")
        async with listening(served.url, north, token=token) as ear, listening(served.url, north) as owner:
            assert ear.frames[0].what["topics"] == [
                "charts",
                "conversations",
                "history",
                "images",
                "labs",
                "notes",
                "patients",
                "prescriptions",
                "recalls",
                "schedule",
                "setup",
                "treatment",
            ], "an assistant may not hear of the rest"
            await change(north, event=InvoiceIssued, ids=2)
            await change(north)
            await owner.hears("billing.invoice_issued")
            await ear.hears("patients.patient_changed")
            assert "billing.invoice_issued" not in ear.names()
        async with listening(served.url, north, token=token, lookback=30) as ear:
            await ear.hears("patients.patient_changed")
            assert "billing.invoice_issued" not in ear.names()

    async def test_waits_for_nobody_and_skips_nobody(self, north, served):
        """A transaction that began first and commits last holds up nobody else, and is told when it commits."""
        may = asyncio.Event()
        async with listening(served.url, north) as ear:
            late = asyncio.ensure_future(change(north, wait=may))
            await asyncio.sleep(0.1)
            soon = await change(north)
            heard = await ear.hears("patients.patient_changed", seconds=1)
            assert heard.what["ids"]["patient_id"] == str(soon)
            await asyncio.sleep(0.4)
            between = ear.position
            may.set()
            heard = await ear.hears("patients.patient_changed", count=2, seconds=1)
            assert heard.what["ids"]["patient_id"] == str(await late)
        async with listening(served.url, north, after=between) as again:
            assert [frame.what["ids"]["patient_id"] for frame in again.events] == [str(await late)]

    async def test_tells_what_the_last_seconds_brought(self, north, served):
        just = await change(north)
        async with listening(served.url, north, lookback=20) as ear:
            assert (await ear.hears("patients.patient_changed")).what["ids"]["patient_id"] == str(just)

    @pytest.mark.parametrize("after", ["nonsense", "1_1:1:", "17_5:4:", "9" * 300, "1700000000_10:12:11,11"])
    async def test_what_is_not_a_position_is_answered_with_read_everything_again(self, north, served, after):
        async with listening(served.url, north, after=after) as ear:
            assert ear.names()[:2] == ["resync", "open"]

    async def test_a_position_that_is_too_old_is_not_gone_on_from(self, north, served):
        async with listening(served.url, north) as ear:
            at, _, place = ear.position.partition("_")
        async with listening(served.url, north, after=f"{int(at) - 3600}_{place}") as ear:
            assert ear.names()[:2] == ["resync", "open"]

    async def test_keeps_no_connection(self, north, served):
        """The app that serves them has two."""
        async with asyncio.TaskGroup() as group:
            ears = [listening(served.url, north) for _ in range(6)]
            opened = [group.create_task(ear.__aenter__()) for ear in ears]
        assert served.hub.open() >= 6
        async with httpx.AsyncClient() as client:
            headers = {"authorization": f"Bearer {north.token}"}
            for _ in range(5):
                answer = await client.get(f"{served.url}/api/v1/clinics/{north.slug}/patients", headers=headers)
                assert answer.status_code == 200
            told = (await client.get(f"{served.url}/metrics")).text
        assert f"chairside_streams {served.hub.open()}" in told
        assert "chairside_tailer_lag_seconds" in told
        await change(north)
        for task in opened:
            await task.result().hears("patients.patient_changed")
        for ear in ears:
            await ear.__aexit__(None, None, None)
        await asyncio.sleep(0.2)
        assert served.hub.open() == 0
        assert served.hub.seen is None, "nobody listens, so nobody looks"


class TestLimits:
    async def test_the_oldest_stream_of_too_many_gives_way(self, north, served):
        ears = [listening(served.url, north) for _ in range(served.hub.per_session + 1)]
        opened = [await ear.__aenter__() for ear in ears]
        assert (await opened[0].hears("end")).what == {"why": "too_many"}
        assert served.hub.open() == served.hub.per_session
        assert all("end" not in ear.names() for ear in opened[1:])
        for ear in ears:
            await ear.__aexit__(None, None, None)

    async def test_who_does_not_keep_up_is_cut_off_and_told_to_read_again(self, north, served):
        async with listening(served.url, north) as ear:
            [stream] = served.hub.all()
            position = ear.position
            for _ in range(MOST_BYTES // 100_000 + 1):
                stream.put(b": " + b"x" * 100_000 + b"\n\n", stream.start)
            await ear.hears("resync")
            await asyncio.wait_for(ear.over.wait(), 2)
        assert served.hub.open() == 0
        assert ear.position.partition("_")[2] == position.partition("_")[2]

    async def test_who_reads_nothing_at_all_is_let_go(self, north, served, monkeypatch):
        monkeypatch.setattr("chairside.live.http.SEND_SECONDS", 0.3)
        host, port = served.url.removeprefix("http://").split(":")
        reader, writer = await asyncio.open_connection(host, int(port), limit=1024)
        ask = f"GET /api/v1/clinics/{north.slug}/stream HTTP/1.1\r\nhost: {host}\r\nauthorization: Bearer {north.token}\r\n\r\n"
        writer.write(ask.encode())
        await reader.readuntil(b"\r\n\r\n")
        while served.hub.open():
            for stream in served.hub.all():
                stream.put(b": " + b"x" * 200_000 + b"\n\n", stream.start)
            await asyncio.sleep(0.02)
        writer.transport.abort()


class TestWhoMay:
    """Looked at for all streams at once, at least every five seconds."""

    async def test_a_session_that_was_ended_ends_its_stream(self, north, served, join, http):
        _, token = await join(north, "receptionist")
        async with listening(served.url, north, token=token) as ear, listening(served.url, north) as other:
            ended = await http.delete("/session", headers={"authorization": f"Bearer {token}"})
            assert ended.status_code == 204
            assert (await ear.hears("end", seconds=5)).what == {"why": "signed_out"}
            await asyncio.wait_for(ear.over.wait(), 1)
            await change(north)
            await other.hears("patients.patient_changed")
            assert not other.over.is_set()
            assert "patients.patient_changed" not in ear.names()

    async def test_a_suspended_member_hears_no_more(self, north, served, join, by_hand):
        id, token = await join(north, "receptionist")
        async with listening(served.url, north, token=token) as ear:
            by_hand(north, "update membership set suspended_at = now() where principal_id = %(id)s returning 1", id=id)
            assert (await ear.hears("end", seconds=5)).what == {"why": "signed_out"}

    async def test_a_session_that_nobody_used_for_too_long_ends_its_stream(self, north, served, join, by_hand):
        id, token = await join(north, "receptionist", idle_minutes=1)
        async with listening(served.url, north, token=token) as ear:
            by_hand(north, "update session set idle_ends_at = now() where principal_id = %(id)s returning 1", id=id)
            assert (await ear.hears("end", seconds=5)).what == {"why": "signed_out"}

    async def test_what_a_role_no_longer_permits_is_no_longer_told(self, north, served, join, by_hand):
        id, token = await join(north, "receptionist")
        async with listening(served.url, north, token=token) as ear, listening(served.url, north) as owner:
            await change(north, event=InvoiceIssued, ids=2)
            await ear.hears("billing.invoice_issued")
            by_hand(north, "update membership_role set role_slug = 'hygienist' where principal_id = %(id)s returning 1", id=id)
            [stream] = [one for one in served.hub.all() if one.principal_id == id]
            async with asyncio.timeout(5):
                while "billing" in stream.hears:  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            await change(north, event=InvoiceIssued, ids=2)
            await change(north)
            await owner.hears("billing.invoice_issued", count=2)
            await ear.hears("patients.patient_changed")
            assert ear.names().count("billing.invoice_issued") == 1

    async def test_a_role_that_is_changed_tells_less_to_everybody_who_has_it_within_five_seconds(self, north, served, join):
        role = await north.ask("POST", "/roles", json={"name": "Desk", "permissions": ["patients.read", "clinic.read"]})
        path = f"/roles/{role.json()['slug']}"
        _, token = await join(north, role.json()["slug"])
        async with listening(served.url, north, token=token) as ear:
            assert ear.frames[0].what["topics"] == ["patients", "setup"]
            await north.ask("PATCH", path, version=1, json={"permissions": ["patients.read"]})
            assert (await ear.hears("topics", seconds=5)).what["topics"] == ["patients"]

    async def test_whoever_looks_as_a_role_hears_of_no_more_than_it_does(self, north, served):
        async with listening(served.url, north, seen_as="assistant") as ear, listening(served.url, north) as owner:
            assert ear.frames[0].what["topics"] == [
                "charts",
                "conversations",
                "history",
                "images",
                "labs",
                "notes",
                "patients",
                "prescriptions",
                "recalls",
                "schedule",
                "setup",
                "treatment",
            ]
            await served.hub.look_who_may()
            await change(north, event=InvoiceIssued, ids=2)
            await change(north)
            await owner.hears("billing.invoice_issued")
            await ear.hears("patients.patient_changed")
            assert "billing.invoice_issued" not in ear.names()

    async def test_listening_is_no_act(self, north, served, join, by_hand):
        id, token = await join(north, "receptionist", idle_minutes=10)
        by_hand(
            north, "update session set idle_ends_at = now() + interval '1 minute' where principal_id = %(id)s returning 1", id=id
        )
        ends = "select idle_ends_at from session where principal_id = %(id)s"
        before = by_hand(north, ends, id=id)
        async with listening(served.url, north, token=token) as ear:
            await change(north)
            await ear.hears("patients.patient_changed")
        assert by_hand(north, ends, id=id) == before


def test_the_look_at_what_is_new_costs_the_same_however_much_there_was(root):
    """By transaction through an index, in the months that are not over."""
    root.execute("""
        insert into event (clinic_id, name, facts, txid)
        select gen_random_uuid(), 'patients.patient_changed', '{}', (n % 500 + 3)::text::xid8 from generate_series(1, 20000) as n
    """)
    root.execute("analyze event")
    plan = root.execute("""
        explain select event.id from event
         where event.txid >= pg_snapshot_xmax(pg_current_snapshot())
           and event.at > transaction_timestamp() - interval '2 days' and event.at < transaction_timestamp() + interval '1 day'
    """).fetchall()
    text = "\n".join(line for (line,) in plan)
    assert "Index Cond: (txid >= pg_snapshot_xmax" in text
    assert "Subplans Removed" in text
