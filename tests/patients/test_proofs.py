"""The file of what was shown: what it may be, that it lies encrypted, who opens it, and what stays when it goes."""

import asyncio
from datetime import date

import pytest

from chairside.kernel.resealing import COLUMNS
from chairside.patients import resealing as resealing  # the columns it names go along
from tests.patients.test_proxies import add, ana, listed, luca  # noqa: F401
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague, make  # noqa: F401

PDF = b"%PDF-1.7\n1 0 obj <</Secret (certificat)>> endobj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"x" * 200_000
PNG = b"\x89PNG\r\n\x1a\n" + b"y" * 100


@pytest.fixture
async def proxy(north, luca):  # noqa: F811
    return await add(north, luca, name="Nelu")


def at(proxy):
    return f"/patients/{proxy['patient_id']}/proxies/{proxy['id']}/proof-file"


async def bring(clinic, proxy, content=PDF, name="certificat.pdf", kind="application/octet-stream"):
    return await clinic.ask("PUT", at(proxy), params={"name": name}, content=content, headers={"content-type": kind})


class TestAFile:
    @pytest.mark.parametrize("content, kind", [(PDF, "application/pdf"), (JPEG, "image/jpeg"), (PNG, "image/png")])
    async def test_is_what_its_bytes_say_and_comes_back_as_it_was(self, north, luca, proxy, content, kind):  # noqa: F811
        kept = await bring(north, proxy, content, name="Certificat de naștere.exe")
        assert kept.status_code == 200, kept.text
        [shown] = (await listed(north, luca))["items"]
        assert shown["proof_file"] == kept.json()["proof_file"]
        assert (shown["proof_file"]["kind"], shown["proof_file"]["size"]) == (kind, len(content))
        assert shown["proof_file"]["name"] == "Certificat de naștere.exe"
        opened = await north.ask("GET", at(proxy))
        assert (opened.content, opened.headers["content-type"]) == (content, kind)
        assert opened.headers["content-disposition"].startswith("attachment;")
        assert opened.headers["content-security-policy"].startswith("sandbox")

    @pytest.mark.parametrize("content", [b"", b"<html>%PDF-", b"GIF89a", b" %PDF-1.7", b"PK\x03\x04", b"\x89PNG", b"#!/bin/sh"])
    async def test_that_is_no_paper_and_no_picture_is_refused_whatever_it_is_called(self, north, luca, proxy, content):  # noqa: F811
        refused = await bring(north, proxy, content, kind="application/pdf")
        assert (refused.status_code, refused.json()["code"]) == (415, "NotAProof")
        assert (await listed(north, luca))["items"][0]["proof_file"] is None

    async def test_of_more_than_ten_megabytes_is_refused(self, north, proxy):
        most = 10 * 1024 * 1024
        assert (await bring(north, proxy, PDF.ljust(most, b" "))).status_code == 200
        refused = await bring(north, proxy, PDF.ljust(most + 1, b" "))
        assert (refused.status_code, refused.json()["code"]) == (413, "ProofTooLarge")

    @pytest.mark.parametrize("name", ["", " ", "a/b.pdf", "a\\b.pdf", "a\nb.pdf", "x" * 201])
    async def test_has_a_name_that_is_one(self, north, proxy, name):
        assert (await bring(north, proxy, name=name)).status_code == 422

    async def test_lies_encrypted(self, north, proxy, root):
        await bring(north, proxy)
        rows = root.execute("select sealed from proxy_proof_file where clinic_id = %s", [north.id]).fetchall()
        assert len(rows) == 1
        assert b"certificat" not in rows[0][0] and b"%PDF" not in rows[0][0]

    async def test_in_the_place_of_another_leaves_its_trace_and_not_its_bytes(self, north, proxy, root):
        await bring(north, proxy, PDF, name="first.pdf")
        await bring(north, proxy, PNG, name="second.png")
        assert (await north.ask("GET", at(proxy))).content == PNG
        gone = await north.ask("DELETE", at(proxy))
        assert gone.json()["proof_file"] is None
        assert (await north.ask("GET", at(proxy))).json()["code"] == "NoProof"
        assert (await north.ask("DELETE", at(proxy))).json()["code"] == "NoProof"
        rows = "select name, removed_by from proxy_proof where clinic_id = %s order by id"
        assert root.execute(rows, [north.id]).fetchall() == [("first.pdf", north.owner_id), ("second.png", north.owner_id)]
        assert root.execute("select count(*) from proxy_proof_file where clinic_id = %s", [north.id]).fetchone() == (0,)
        acts = "select action from audit_event where clinic_id = %s and entity = 'proxy_proof' and patient_id = %s order by id"
        found = [one for (one,) in root.execute(acts, [north.id, proxy["patient_id"]])]
        assert found == ["insert", "update", "insert", "read", "update"]

    async def test_is_nobody_elses(self, north, south, given, luca, proxy, colleague):  # noqa: F811
        await bring(north, proxy)
        assert (await south.ask("GET", at(proxy))).json()["code"] == "NoSuchPatient"
        other = await given.patient(north)
        assert (await north.ask("GET", at(proxy | {"patient_id": other.id}))).json()["code"] == "NoSuchProxy"
        auditor = await colleague(north, "auditor")
        assert (await auditor.ask("GET", at(proxy))).status_code == 403
        assert (await bring(auditor, proxy)).status_code == 403
        assert (await auditor.ask("DELETE", at(proxy))).status_code == 403

    async def test_follows_a_new_key(self, north, proxy, root):
        await bring(north, proxy, JPEG)
        column = COLUMNS["proxy_proof_file", "sealed"]
        sealed = "select sealed from proxy_proof_file where clinic_id = %s"
        before = root.execute(sealed, [north.id]).fetchone()
        async with north.op() as op:
            assert await column.left(op, version=99) == 1
            done, after = await column.go_on(op, version=99, after=column.first)
            assert done == 1
            assert (await column.go_on(op, version=99, after=after))[0] == 0
        root.rollback()
        assert root.execute(sealed, [north.id]).fetchone() != before
        assert (await north.ask("GET", at(proxy))).content == JPEG

    async def test_is_one_when_two_are_brought_at_once(self, north, proxy, root):
        answers = await asyncio.gather(*(bring(north, proxy, PDF + b"%d" % n) for n in range(6)))
        assert {answer.status_code for answer in answers} == {200}
        root.rollback()
        rows = "select count(*) from proxy_proof where proxy_id = %s and removed_at is null"
        assert root.execute(rows, [proxy["id"]]).fetchone() == (1,)

    async def test_goes_along_when_two_records_become_one(self, north, given, luca, proxy):  # noqa: F811
        await bring(north, proxy)
        stays = await given.patient(north, first_name="Luca", birth_date=date(2015, 6, 1))
        merged = await north.ask("POST", f"/patients/{stays.id}/merges", json={"duplicate_id": str(luca.id)})
        assert merged.status_code == 201, merged.text
        assert (await north.ask("GET", at(proxy | {"patient_id": stays.id}))).content == PDF
        assert (await north.ask("DELETE", f"/patients/{stays.id}/merges/{merged.json()['id']}")).status_code in (200, 204)
        assert (await north.ask("GET", at(proxy))).content == PDF


async def coming(clinic, **query):
    answer = await clinic.ask("GET", "/coming-of-age", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()["items"]


class TestComingOfAge:
    @pytest.fixture
    def born(self, north, given):
        """Somebody who is 18 after so many days."""

        async def born_(days, clinic=north, years=18, **more):
            async with clinic.op() as op:
                day = await op.db.value(
                    "select ((now() at time zone 'Europe/Bucharest')::date + %(days)s - make_interval(years => %(years)s))::date",
                    days=days, years=years,
                )  # fmt: skip
            return await given.patient(clinic, birth_date=day, **more)

        return born_

    async def test_lists_who_will_with_what_becomes_of_whoever_acts(self, north, south, born, ana):  # noqa: F811
        soon = await born(30, first_name="Soon")
        await add(north, soon, holder_id=str(ana.id), ends_at_majority=True)
        await add(north, soon, name="Nelu", scopes=["schedule"], relationship="guardian")
        for days, name in ((91, "Later"), (0, "Today"), (-5, "Grown")):
            await add(north, await born(days, first_name=name), name="x", ends_at_majority=True)
        await born(10, first_name="Alone")
        revoked = await add(north, await born(10, first_name="Revoked"), name="x")
        await north.ask("POST", f"/patients/{revoked['patient_id']}/proxies/{revoked['id']}/revocation")
        await add(north, await born(10, first_name="Over"), name="x", starts_on="2020-01-01", ends_on="2020-02-01")
        await add(south, await born(10, clinic=south, first_name="South"), name="x")
        [found] = await coming(north)
        assert (found["first_name"], found["reached"]) == ("Soon", False)
        assert [(one["name"].split()[0], one["ends"], one["receives"]) for one in found["proxies"]] == [
            ("Ana", True, True), ("Nelu", False, False),
        ]  # fmt: skip
        assert [one["first_name"] for one in await coming(north, days=100)] == ["Soon", "Later"]
        assert await coming(north, days=20) == []

    async def test_goes_by_the_clinics_own_age(self, north, born):
        await add(north, await born(30, years=16), name="x")
        assert await coming(north) == []
        await north.ask("PATCH", "", version=1, json={"majority_age": 16})
        assert len(await coming(north)) == 1

    async def test_names_in_the_audit_whoever_it_names(self, north, born, root, ana):  # noqa: F811
        soon = await born(30)
        await add(north, soon, holder_id=str(ana.id))
        await coming(north)
        reads = (
            "select patient_ids from audit_event where clinic_id = %s and action = 'read' and entity = 'proxy' order by id desc"
        )
        assert set(root.execute(reads, [north.id]).fetchone()[0]) == {soon.id, ana.id}

    @pytest.mark.parametrize("days", [0, 731, "x"])
    async def test_points_at_what_is_wrong(self, north, days):
        assert (await north.ask("GET", "/coming-of-age", params={"days": days})).status_code == 422

    async def test_is_for_those_who_see_patients(self, north, colleague):  # noqa: F811
        auditor = await colleague(north, "auditor")
        assert (await auditor.ask("GET", "/coming-of-age")).status_code == 403
