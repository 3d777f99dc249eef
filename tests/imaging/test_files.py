"""How bytes come in, and how they go out again."""

import asyncio
import hashlib
import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PIL import Image

from chairside.imaging.rules import passes
from chairside.kernel import clock
from tests.conftest import FILES
from tests.imaging import made
from tests.tenancy.test_invitations import code

MB = 1024 * 1024


def lying_of(file_id, name="*"):
    return list(Path(FILES.name).glob(f"*/{file_id}/{name}"))


class TestUpload:
    async def test_makes_an_image_that_is_checked_before_it_is_shown(self, images):
        content = made.jpeg(exif=True)
        image = await images.added(content, teeth=["26"], note="left side")
        waiting = await images.done("GET", f"/{image['id']}")
        assert (waiting["state"], waiting["links"]) == ("quarantined", {"thumb": None, "view": None, "original": None})
        image = await images.look(image)
        assert (image["state"], image["content"], image["teeth"], image["picture"]) == ("ready", "image/jpeg", ["26"], "jpeg")
        assert (image["width"], image["height"]) == (480, 640)  # turned as its camera said
        back = await images.read(image, "original")
        assert back.content == content
        assert (await images.file({"id": image["file_id"]}))["sha256"] == hashlib.sha256(content).hexdigest()

    async def test_shows_pictures_made_anew_without_what_the_camera_wrote(self, images):
        image = await images.brought(made.jpeg(exif=True))
        for what in ("thumb", "view"):
            answer = await images.read(image, what)
            assert b"Canary" not in answer.content and b"Exif" not in answer.content
            picture = Image.open(io.BytesIO(answer.content))
            assert picture.format == "JPEG" and picture.height > picture.width
        assert b"Canary" in (await images.read(image, "original")).content

    async def test_goes_on_where_it_was_broken_off(self, images):
        content = made.jpeg() + bytes(3 * MB)
        file = (await images.begin(content)).json()
        first = await images.send(file, 0, content[:MB])
        assert first.json()["received"] == MB
        again = await images.send(file, 0, content[:MB])
        assert await code(again) == (409, "PartOutOfPlace")
        assert again.json()["facts"]["received"] == MB
        file = await images.file(file)
        assert (file["received"], file["state"]) == (MB, "uploading")
        rest = await images.send(file, MB, content[MB:])
        assert (rest.json()["received"], rest.json()["state"], rest.json()["upload"]) == (len(content), "quarantined", None)
        assert await code(await images.send(file, len(content), b"x")) == (409, "FileIsWhole")

    async def test_of_two_that_send_the_same_part_one_is_told(self, images):
        content = bytes(made.jpeg())
        file = (await images.begin(content)).json()
        half = len(content) // 2
        answers = await asyncio.gather(*(images.send(file, 0, content[:half]) for _ in range(2)))
        assert sorted(one.status_code for one in answers) == [200, 409]
        assert (await images.file(file))["received"] == half

    async def test_refuses_parts_that_are_too_large_or_beyond_the_end(self, images):
        file = (await images.begin(made.jpeg())).json()
        assert await code(await images.send(file, 0, made.jpeg() + b"more")) == (413, "PartTooLarge")
        large = (await images.begin(20 * MB)).json()
        assert await code(await images.send(large, 0, bytes(4 * MB + 1))) == (413, "PartTooLarge")
        assert await code(await images.send(large, 0, b"")) == (413, "PartTooLarge")
        assert (await images.file(large))["received"] == 0

    async def test_refuses_two_gigabytes_before_a_byte_is_sent(self, images):
        answer = await images.begin(2 * 1024**3)
        assert await code(answer) == (413, "ImageTooLarge")
        assert "250 MB" in answer.json()["detail"]

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("x-ray.jpg", b"MZ\x90\0" + bytes(200)), ("x-ray.png", b"\x7fELF" + bytes(200)),
            ("x-ray.dcm", b"MZ" + bytes(126) + b"DICM" + bytes(60)), ("photo.jpg", b"PK\x03\x04" + bytes(200)),
            ("photo.jpg", b"<html><script>alert(1)</script>"), ("photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            ("photo.jpg", b"%PDF-1.7 " + bytes(99)), ("photo.jpg", b"#!/bin/sh\n"), ("photo.jpg", b"just words"), ("a", b"\xff"),
        ],
    )  # fmt: skip
    async def test_refuses_what_is_no_image_whatever_its_name_says(self, images, name, content):
        file = (await images.begin(content, name)).json()
        assert await code(await images.send(file, 0, content)) == (415, "NotAnImage")
        assert (await images.file(file))["received"] == 0
        assert not lying_of(file["id"])

    async def test_refuses_names_that_are_paths(self, images):
        for name in ("../../etc/passwd", "a/b.jpg", "a\\b.jpg", "a\0.jpg", ""):
            assert (await images.begin(b"xx", name)).status_code == 422


class TestAddress:
    async def test_is_of_one_session_and_nobody_elses(self, images, colleague, south):
        image = await images.brought(made.jpeg())
        other = await colleague(images.who, "dentist")
        address = image["links"]["original"]
        assert (await images.at(address, who=other)).status_code == 404
        assert (await images.at(address, who=south)).status_code == 404
        assert (await images.at(address, headers={"authorization": ""})).status_code == 401

    async def test_opens_no_longer_where_its_signature_does_not_fit(self, images):
        image = await images.brought(made.jpeg())
        address = image["links"]["thumb"]
        for at in (14, 40, 70, 90, len(address) - 1):
            forged = address[:at] + ("A" if address[at] != "A" else "B") + address[at + 1 :]
            assert (await images.at(forged)).status_code == 404, at
        for wrong in ("/api/v1/files/x", "/api/v1/files/" + "A" * 108, "/api/v1/files/%ff"):
            assert (await images.at(wrong)).status_code == 404

    async def test_is_over_after_a_quarter_of_an_hour_and_for_parts_after_five_minutes(self, images, monkeypatch):
        image = await images.brought(made.jpeg())
        file = (await images.begin(made.jpeg())).json()
        started = clock.now()
        monkeypatch.setattr(clock, "now", lambda: started + timedelta(minutes=4))
        assert (await images.at(image["links"]["thumb"])).status_code == 200
        monkeypatch.setattr(clock, "now", lambda: started + timedelta(minutes=6))
        assert await code(await images.send(file, 0, made.jpeg())) == (403, "FileLinkIsOver")
        monkeypatch.setattr(clock, "now", lambda: started + timedelta(minutes=16))
        assert await code(await images.at(image["links"]["thumb"])) == (403, "FileLinkIsOver")

    async def test_of_reading_writes_nothing(self, images):
        image = await images.brought(made.jpeg())
        address = image["links"]["original"]
        assert (await images.at(address, "PUT", params={"offset": 0}, content=b"x")).status_code in (404, 409)
        file = (await images.begin(made.jpeg())).json()
        assert (await images.at(file["upload"])).status_code == 404

    async def test_never_outlives_what_it_says(self):
        now = datetime(2027, 3, 1, 12, 4, 59, tzinfo=UTC)
        assert passes.until("thumb", now) - now <= timedelta(minutes=15)
        held = passes.Pass(UUID(int=1), UUID(int=2), UUID(int=3), None, "view", passes.until("view", now))
        assert passes.read(held.token()) == held


class TestServed:
    async def test_looking_at_pictures_that_a_page_fetches_by_itself_does_not_put_off_the_end_of_a_session(self, images, root):
        image = await images.brought(made.jpeg())
        mine = [images.who.owner_id]
        root.rollback()
        root.execute("update session set idle_ends_at = clock_timestamp() + interval '30 seconds' where principal_id = %s", mine)
        root.commit()
        await images.read(image, "view")
        left = "select max(idle_ends_at) - clock_timestamp() < interval '1 minute' from session where principal_id = %s"
        assert root.execute(left, mine).fetchone() == (True,)
        root.commit()

    async def test_runs_nothing_and_is_kept_nowhere(self, images):
        image = await images.brought(made.png(), "schön.png")
        for what in ("original", "view", "thumb"):
            headers = (await images.read(image, what)).headers
            assert headers["x-content-type-options"] == "nosniff"
            assert headers["content-security-policy"].startswith("sandbox; default-src 'none'")
            assert headers["cache-control"] == "no-store"
        original = (await images.read(image, "original")).headers
        assert original["content-disposition"].startswith("attachment; ") and "sch%C3%B6n.png" in original["content-disposition"]

    async def test_leaves_a_read_record(self, north, images, root):
        image = await images.brought(made.jpeg())
        await images.read(image, "view")
        query = """
            select count(*) from audit_event
             where clinic_id = %s and action = 'read' and entity = 'stored_file' and entity_id = %s and patient_id = %s
        """
        [seen] = root.execute(query, (north.id, image["file_id"], images.patient.id)).fetchone()
        assert seen == 1

    async def test_lies_sealed(self, images):
        content = made.jpeg(exif=True)
        image = await images.brought(content)
        lying = [one.read_bytes() for one in lying_of(image["file_id"])]
        assert len(lying) == 3
        assert all(b"JFIF" not in one and b"Canary" not in one for one in lying)

    async def test_does_not_open_when_somebody_changed_it(self, images):
        from chairside.kernel.envelope import DoesNotOpen

        image = await images.brought(made.jpeg())
        [part] = lying_of(image["file_id"], "00000")
        lying = bytearray(part.read_bytes())
        lying[-20] ^= 1
        part.write_bytes(lying)
        with pytest.raises(DoesNotOpen):
            await images.at(image["links"]["original"])
