"""How a provider signs, as a picture: what it may be, who sees it, that it lies encrypted, and what stays when it goes."""

import asyncio
import struct
import zlib
from base64 import b64decode, b64encode

import pytest

from chairside.kernel.resealing import COLUMNS
from chairside.scheduling import resealing as resealing  # the columns it names go along
from tests.tenancy.conftest import accept, token  # noqa: F401
from tests.tenancy.test_roles import colleague, make  # noqa: F401


def png(width=600, height=200, filling=0):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    pixels = zlib.compress(b"\x00" * (height * (1 + width // 8 + 1)))
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels + b"x" * filling) + chunk(b"IEND", b"")


PICTURE = png()


@pytest.fixture
async def marin(north, given):
    return await given.provider(north)


async def keep(clinic, provider, picture=PICTURE):
    return await clinic.ask("PUT", f"/providers/{provider.id}/signature", json={"picture": b64encode(picture).decode()})


async def kept(clinic, provider):
    return await clinic.ask("GET", f"/providers/{provider.id}/signature")


class TestASignature:
    async def test_comes_back_as_it_was_and_replaces_the_former(self, north, marin):
        assert (await kept(north, marin)).json() == {"provider_id": str(marin.id), "kept_at": None, "picture": None}
        first = await keep(north, marin)
        assert first.status_code == 200, first.text
        assert b64decode(first.json()["picture"]) == PICTURE
        await keep(north, marin, other := png(300, 100))
        assert b64decode((await kept(north, marin)).json()["picture"]) == other

    @pytest.mark.parametrize("picture", [
        b"", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", PICTURE[:-1], PICTURE[8:], PICTURE + b"<script>", b"GIF89a" + PICTURE, png(1601, 100), png(100, 801),
        png(filling=100 * 1024), PICTURE[:16] + struct.pack(">II", 0, 1) + PICTURE[24:],
    ], ids=range(11))  # fmt: skip
    async def test_is_a_whole_small_png_and_nothing_else(self, north, marin, picture):
        await keep(north, marin)
        refused = await keep(north, marin, picture)
        assert (refused.status_code, refused.json()["code"]) == (422, "NotASignature"), refused.text
        assert b64decode((await kept(north, marin)).json()["picture"]) == PICTURE

    @pytest.mark.parametrize("picture", ["not base64!", "a" * 200_001, None, 7])
    async def test_that_is_no_base64_is_pointed_at(self, north, marin, picture):
        refused = await north.ask("PUT", f"/providers/{marin.id}/signature", json={"picture": picture})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "/picture"

    async def test_is_one_when_two_are_kept_at_once(self, north, marin, root):
        answers = await asyncio.gather(*(keep(north, marin, png(100 + n, 50)) for n in range(6)))
        assert {answer.status_code for answer in answers} == {200}
        rows = "select count(*) from provider_signature where provider_id = %s and removed_at is null"
        assert root.execute(rows, [marin.id]).fetchone() == (1,)

    async def test_goes_for_good_and_leaves_on_record_that_it_was(self, north, marin, root):
        await keep(north, marin)
        assert (await north.ask("DELETE", f"/providers/{marin.id}/signature")).status_code == 204
        assert (await kept(north, marin)).json()["picture"] is None
        assert (await north.ask("DELETE", f"/providers/{marin.id}/signature")).json()["code"] == "NoSignature"
        bytes_left = "select count(*) from provider_signature_image where clinic_id = %s"
        assert root.execute(bytes_left, [north.id]).fetchone() == (0,)
        [row] = root.execute("select removed_by from provider_signature where provider_id = %s", [marin.id]).fetchall()
        assert row == (north.owner_id,)

    async def test_lies_encrypted_and_follows_a_new_key(self, north, marin, root):
        await keep(north, marin)
        sealed = "select sealed from provider_signature_image where clinic_id = %s"
        [before] = root.execute(sealed, [north.id]).fetchone()
        assert PICTURE not in before and b"IHDR" not in before
        column = COLUMNS["provider_signature_image", "sealed"]
        async with north.op() as op:
            assert await column.left(op, version=99) == 1
            done, after = await column.go_on(op, version=99, after=column.first)
            assert done == 1
            assert (await column.go_on(op, version=99, after=after))[0] == 0
        root.rollback()
        assert root.execute(sealed, [north.id]).fetchone()[0] != before
        assert b64decode((await kept(north, marin)).json()["picture"]) == PICTURE


class TestWhoSeesIt:
    async def test_is_the_provider_and_whoever_runs_the_practice(self, north, given, colleague):  # noqa: F811
        dentist, other = await colleague(north, "dentist"), await colleague(north, "dentist")
        own = await given.provider(north, member_id=dentist.id)
        assert (await keep(dentist, own)).status_code == 200
        assert b64decode((await kept(north, own)).json()["picture"]) == PICTURE
        for refused in (
            await kept(other, own),
            await keep(other, own),
            await other.ask("DELETE", f"/providers/{own.id}/signature"),
        ):
            assert (refused.status_code, refused.json()["code"]) == (403, "NotYourSignature")
        assert (await kept(dentist, own)).status_code == 200

    async def test_is_nobody_of_another_clinic(self, north, south, marin):
        await keep(north, marin)
        for refused in (
            await kept(south, marin),
            await keep(south, marin),
            await south.ask("DELETE", f"/providers/{marin.id}/signature"),
        ):
            assert (refused.status_code, refused.json()["code"]) == (404, "NoSuchProvider")
