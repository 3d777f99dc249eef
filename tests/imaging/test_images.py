"""What becomes of an image in a patient's record, and who may do it."""

import io

import numpy as np
import pytest
from PIL import Image

from chairside.imaging.rules import contents, pictures
from tests.imaging import made
from tests.tenancy.test_invitations import code


class TestCheck:
    @pytest.mark.parametrize(
        ("why", "content"),
        [
            ("truncated", made.jpeg()[:-2000]),
            ("truncated", made.png()[:-30]),
            ("too_many_pixels", made.png_of(30_000, 30_000)),
            ("too_many_pixels", made.png_of(40_000, 2)),
            ("two_in_one", made.jpeg() + b"PK\x03\x04" + bytes(500)),
            ("two_in_one", made.png() + b"<script>alert(1)</script>"),
            ("two_in_one", made.jpeg() + b"%PDF-1.7 x"),
            ("damaged", b"\x89PNG\r\n\x1a\n" + bytes(500)),
            ("no_picture", made.dicom("rtplan.dcm")),
            ("unread_compression", made.dicom("MR_small_jpeg_ls_lossless.dcm")),
            ("truncated", made.dicom("MR_truncated.dcm")),
        ],
    )
    async def test_refuses_and_keeps_nothing(self, images, why, content):
        image = await images.brought(content)
        if why == "damaged":
            assert image["refusal"] in ("damaged", "truncated")
        else:
            assert image["refusal"] == why
        assert image["state"] == "refused"
        assert image["links"] == {"thumb": None, "view": None, "original": None}
        from tests.imaging.test_files import lying_of

        assert not lying_of(image["file_id"])

    @pytest.mark.parametrize("format", ["TIFF", "BMP", "WEBP", "PNG", "JPEG"])
    def test_reads_what_cameras_write(self, format):
        out = io.BytesIO()
        Image.new("RGB", (60, 40), "navy").save(out, format)
        kind = contents.kind_of(out.getvalue()[: contents.ENOUGH])
        contents.check_end(kind, out.getvalue())
        shown = pictures.shown(kind, out.getvalue())
        assert (shown.width, shown.height, shown.picture) == (60, 40, "jpeg")

    def test_keeps_all_sixteen_bits_of_a_scan(self):
        out = io.BytesIO()
        greys = np.arange(0, 60_000, 10, dtype=np.uint16)[:5600].reshape(70, 80)
        Image.fromarray(greys).save(out, "TIFF")
        shown = pictures.shown(contents.TIFF, out.getvalue())
        assert shown.picture == "gray16"
        assert (np.frombuffer(shown.view, "<u2").reshape(70, 80) == greys).all()

    async def test_lets_a_preview_stand_after_a_photo_as_phones_write_it(self, images):
        assert (await images.brought(made.jpeg() + made.jpeg(80, 60)))["state"] == "ready"

    async def test_twice_changes_nothing(self, images):
        image = await images.brought(made.jpeg())
        assert await images.look(image) | {"links": None} == image | {"links": None}

    async def test_waits_for_its_last_byte(self, images):
        content = made.jpeg()
        file = (await images.begin(content)).json()
        image = await images.done("POST", json={"file_id": file["id"], "kind": "photo"})
        await images.send(file, 0, content[:1000])
        assert (await images.look(image))["state"] == "uploading"


class TestImage:
    async def test_is_listed_the_newest_first(self, images):
        for day in ("2020-01-05", "2021-01-05", "2019-01-05"):
            await images.brought(made.jpeg(), taken_on=day)
        items = (await images.done("GET"))["items"]
        assert [one["taken_on"] for one in items] == ["2021-01-05", "2020-01-05", "2019-01-05"]

    async def test_is_described_and_says_so_when_somebody_was_faster(self, images):
        image = await images.brought(made.jpeg())
        new = {"kind": "periapical", "teeth": ["36", "37"], "note": "apex", "mm_per_pixel": 0.05}
        changed = await images.done("PATCH", f"/{image['id']}", json=new, version=image["version"])
        assert {name: changed[name] for name in new} == new
        assert changed["measured_by"] == "hand"
        stale = await images.ask("PATCH", f"/{image['id']}", json={"note": "x"}, version=image["version"])
        assert await code(stale) == (412, "ImageIsStale")

    @pytest.mark.parametrize(
        "body",
        [
            {"teeth": ["99"]}, {"kind": "selfie"}, {"taken_on": "2999-01-01"}, {"mm_per_pixel": 0}, {"mm_per_pixel": -1},
            {"note": "x" * 201}, {"pixels": "x"}, {"teeth": "26"},
        ],
    )  # fmt: skip
    async def test_refuses_what_fits_nowhere(self, images, body):
        image = await images.brought(made.jpeg())
        answer = await images.ask("PATCH", f"/{image['id']}", json=body, version=image["version"])
        assert answer.status_code == 422

    async def test_struck_through_stays_with_its_bytes_and_comes_back(self, images):
        image = await images.brought(made.jpeg())
        struck = await images.done("POST", f"/{image['id']}/strike", json={"reason": "wrong patient"})
        assert struck["strike_reason"] == "wrong patient" and struck["struck_by"]
        assert (await images.read(struck, "original")).content == made.jpeg()
        again = await images.ask("POST", f"/{image['id']}/strike", json={"reason": "x"})
        assert await code(again) == (409, "ImageIsStruck")
        assert await code(await images.ask("PATCH", f"/{image['id']}", json={"note": "x"}, version=struck["version"])) == (
            409,
            "ImageIsStruck",
        )
        back = await images.done("DELETE", f"/{image['id']}/strike", version=struck["version"])
        assert (back["struck_at"], back["strike_reason"]) == (None, None)

    async def test_of_another_patients_file_is_none(self, north, given, images):
        other = images.__class__(north, await given.patient(north))
        file = (await other.begin(made.jpeg())).json()
        answer = await images.ask("POST", json={"file_id": file["id"], "kind": "photo"})
        assert await code(answer) == (404, "NoSuchFile")

    async def test_of_one_file_is_one(self, images):
        image = await images.added(made.jpeg())
        again = await images.ask("POST", json={"file_id": image["file_id"], "kind": "photo"})
        assert await code(again) == (409, "FileIsAnImage")

    async def test_of_an_unknown_patient_is_none(self, images):
        nobody = "01900000-0000-7000-8000-000000000000"
        assert (await images.who.ask("GET", f"/patients/{nobody}/images")).status_code == 404
        new = {"patient_id": nobody, "name": "a.jpg", "size": 3}
        assert (await images.who.ask("POST", "/files", json=new)).status_code == 404

    async def test_of_another_clinic_is_as_if_it_did_not_exist(self, south, images):
        image = await images.brought(made.jpeg())
        stranger = images.of(south)
        for method, rest, body in (
            ("GET", "", None), ("GET", f"/{image['id']}", None), ("PATCH", f"/{image['id']}", {"note": "x"}),
            ("POST", f"/{image['id']}/strike", {"reason": "x"}), ("GET", f"/{image['id']}/marks", None),
            ("POST", f"/{image['id']}/marks", {"kind": "text", "points": [1, 2], "words": "x"}),
        ):  # fmt: skip
            answer = await stranger.ask(method, rest, version=1, **({"json": body} if body else {}))
            assert answer.status_code == 404, (method, rest, answer.text)
        assert (await south.ask("GET", f"/files/{image['file_id']}")).status_code == 404


class TestRoles:
    async def test_may_what_the_table_says(self, north, images, colleague):
        image = await images.brought(made.jpeg())
        body = {"patient_id": str(images.patient.id), "name": "a.jpg", "size": 3}
        for role, read, write, strike in (
            ("dentist", True, True, True), ("hygienist", True, True, True), ("assistant", True, True, False),
            ("admin", True, False, False), ("receptionist", False, False, False), ("accountant", False, False, False),
            ("manager", False, False, False),
        ):  # fmt: skip
            them = await colleague(north, role)
            mine = images.of(them)
            may = [
                (await mine.ask("GET")).status_code == 200,
                (await them.ask("POST", "/files", json=body)).status_code == 201,
                (await mine.ask("POST", f"/{image['id']}/strike", json={"reason": "x"})).status_code == 201,
            ]
            if may[2]:
                await images.done("DELETE", f"/{image['id']}/strike")
            assert may == [read, write, strike], role


class TestMarks:
    async def test_are_kept_beside_the_pixels(self, images):
        image = await images.brought(made.jpeg())
        before = (await images.read(image, "original")).content
        home = f"/{image['id']}/marks"
        ruler = await images.done("POST", home, json={"kind": "length", "points": [10, 10, 110.5, 10]})
        await images.done("POST", home, json={"kind": "text", "points": [5, 5], "words": "caries?"})
        await images.done("POST", f"{home}/{ruler['id']}/removal")
        assert [one["words"] for one in (await images.done("GET", home))["items"]] == ["caries?"]
        await images.done("DELETE", f"{home}/{ruler['id']}/removal")
        assert [one["points"] for one in (await images.done("GET", home))["items"]] == [[10, 10, 110.5, 10], [5, 5]]
        assert (await images.read(image, "original")).content == before

    @pytest.mark.parametrize(
        "body",
        [
            {"kind": "length", "points": [1]}, {"kind": "blob", "points": [1, 2]}, {"kind": "text", "points": [1, 2, 3]},
            {"kind": "text", "points": [1, 1e9], "words": "x"}, {"kind": "length", "points": [1, 2]}, {"kind": "text", "points": [1, 2]},
        ],
    )  # fmt: skip
    async def test_refuses_what_is_none(self, images, body):
        image = await images.brought(made.jpeg())
        assert (await images.ask("POST", f"/{image['id']}/marks", json=body)).status_code == 422


class TestMounts:
    async def test_hold_images_in_their_places(self, images):
        one, two = [await images.brought(made.jpeg(seed=seed)) for seed in (1, 2)]
        home = f"/patients/{images.patient.id}/image-mounts"
        made_ = (await images.who.ask("POST", home, json={"template": "bitewings_2", "places": {"1": one["id"]}})).json()
        filled = await images.who.ask(
            "PUT", f"{home}/{made_['id']}/places", json={"places": {"1": two["id"], "2": one["id"]}}, version=1
        )
        assert filled.json()["places"] == {"1": two["id"], "2": one["id"]}
        late = await images.who.ask("PUT", f"{home}/{made_['id']}/places", json={"places": {}}, version=1)
        assert await code(late) == (412, "MountIsStale")
        await images.who.ask("POST", f"{home}/{made_['id']}/removal")
        assert (await images.who.ask("GET", home)).json()["items"] == []
        await images.who.ask("DELETE", f"{home}/{made_['id']}/removal")
        assert len((await images.who.ask("GET", home)).json()["items"]) == 1

    async def test_refuse_places_and_images_that_are_not_there(self, north, given, images):
        home = f"/patients/{images.patient.id}/image-mounts"
        mine = await images.brought(made.jpeg())
        other = await images.__class__(north, await given.patient(north)).brought(made.jpeg())
        for places, status in (({"3": mine["id"]}, 422), ({"x": mine["id"]}, 422), ({"1": other["id"]}, 404)):
            answer = await images.who.ask("POST", home, json={"template": "bitewings_2", "places": places})
            assert answer.status_code == status, places
