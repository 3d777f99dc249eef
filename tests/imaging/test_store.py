"""A folder and a bucket behind one port, and a scanner before both."""

import os
import socketserver
import struct
import threading
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from chairside import worker
from chairside.cli import backup
from chairside.imaging import scanning
from chairside.kernel import envelope, resealing, store
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop
from tests.imaging import made

assert worker.SEALED  # what follows a new key is known to the worker


@pytest.fixture(scope="module")
def amazon():
    """An S3 that speaks the real protocol, on this machine."""
    before = dict(os.environ)
    os.environ |= {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x", "AWS_DEFAULT_REGION": "us-east-1"}
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def bucket(amazon):
    name = f"files-{uuid4().hex}"
    boto3.client("s3", endpoint_url=amazon).create_bucket(Bucket=name)
    return store.chosen(Settings(files=f"s3://{name}/clinic-files", files_region="us-east-1", files_endpoint=amazon))


@pytest.fixture
def folder(tmp_path):
    return store.chosen(Settings(files=str(tmp_path / "files")))


@pytest.fixture(params=["folder", "bucket"])
def place(request):
    return request.getfixturevalue(request.param)


class TestStore:
    def test_gives_back_what_was_put_there(self, place):
        content = os.urandom(600_000)
        place.put("a/b/00000", [content[:10], content[10:]])
        assert b"".join(place.get("a/b/00000")) == content
        place.put("a/b/00000", [b"anew"])
        assert b"".join(place.get("a/b/00000")) == b"anew"

    def test_says_what_is_not_there(self, place):
        with pytest.raises(store.NotThere):
            list(place.get("a/b/nothing"))

    def test_removes_a_file_with_all_its_parts_and_no_other(self, place):
        for name in ("a/b/00000", "a/b/thumb", "a/bb/00000"):
            place.put(name, [b"x"])
        place.remove("a/b")
        place.remove("a/b")
        for gone in ("a/b/00000", "a/b/thumb"):
            with pytest.raises(store.NotThere):
                list(place.get(gone))
        assert list(place.get("a/bb/00000")) == [b"x"]

    def test_leaves_nothing_where_it_broke_off(self, folder):
        def broken():
            yield b"half"
            raise RuntimeError

        with pytest.raises(RuntimeError):
            folder.put("a/b/00000", broken())
        assert [one for one in folder.folder.rglob("*") if one.is_file()] == []

    def test_is_closed_to_everyone_else(self, folder):
        folder.put("a/b/00000", [b"x"])
        assert (folder.folder / "a/b/00000").stat().st_mode & 0o077 == 0

    def test_away_is_said_to_be_away(self, amazon, tmp_path):
        away = store.chosen(Settings(files="s3://nobody-made-this", files_region="us-east-1", files_endpoint=amazon))
        with pytest.raises(store.FilesAway):
            away.put("a/b", [b"x"])
        (tmp_path / "file").write_text("no folder")
        with pytest.raises(store.FilesAway):
            store.Folder(tmp_path / "file").put("a/b", [b"x"])

    def test_encrypts_once_more_under_a_key_of_kms(self, amazon):
        name = f"files-{uuid4().hex}"
        client = boto3.client("s3", endpoint_url=amazon)
        client.create_bucket(Bucket=name)
        place = store.chosen(Settings(files=f"s3://{name}", files_region="us-east-1", files_endpoint=amazon, files_key="alias/x"))
        place.put("a/b", [b"x"])
        head = client.head_object(Bucket=name, Key="a/b")
        assert (head["ServerSideEncryption"], head["SSEKMSKeyId"]) == ("aws:kms", "alias/x")


class TestInABucket:
    async def test_an_image_comes_is_checked_and_goes_out_as_it_came(self, images, bucket, monkeypatch):
        monkeypatch.setattr(store, "_OPEN", [bucket])
        content = made.jpeg(exif=True)
        image = await images.brought(content)
        assert image["state"] == "ready"
        assert (await images.read(image, "original")).content == content
        lying = b"".join(bucket.get(f"{images.who.id}/{image['file_id']}/00000"))
        assert b"JFIF" not in lying and b"Canary" not in lying


class Clamd(socketserver.StreamRequestHandler):
    """Speaks as clamd does: finds a virus where its test word is."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        found = b""
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            found += self.rfile.read(size)
        if b"CLAMD-BROKEN" in found:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
        else:
            self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if b"EICAR-STANDARD" in found else b"stream: OK\0")


@pytest.fixture
def clamd():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class TestScanner:
    async def test_lets_through_what_is_clean(self, images, clamd):
        image = await images.look(await images.added(made.jpeg()), clamd)
        assert image["state"] == "ready"

    async def test_keeps_nothing_of_what_is_not(self, images, clamd):
        from tests.imaging.test_files import lying_of

        image = await images.look(await images.added(made.jpeg() + b"EICAR-STANDARD"), clamd)
        assert (image["state"], image["refusal"]) == ("refused", "infected")
        assert not lying_of(image["file_id"])

    async def test_away_or_unsure_leaves_the_file_in_quarantine(self, images, clamd):
        image = await images.added(made.jpeg() + b"CLAMD-BROKEN")
        for where in (clamd, "127.0.0.1:1", "/nowhere/clamd.sock"):
            with pytest.raises(scanning.ScannerAway):
                await images.look(image, where)
        assert (await images.done("GET", f"/{image['id']}"))["state"] == "quarantined"


class TestKeys:
    async def test_follow_a_new_data_key_and_no_file_is_touched(self, images):
        from tests.imaging.test_files import lying_of

        image = await images.brought(made.jpeg())
        before = {one: one.read_bytes() for one in lying_of(image["file_id"])}
        async with images.who.op() as op:
            newest = await resealing.rotate(op)
        await resealing.reseal(images.who.pool, images.who.id)
        async with images.who.op() as op:
            sealed = await op.db.value("select secret from stored_file where id = %(id)s", id=image["file_id"])
            assert await resealing.count_left(op) == 0
        assert envelope.read(bytes(sealed))[1] == newest
        assert {one: one.read_bytes() for one in lying_of(image["file_id"])} == before
        assert (await images.read(image, "original")).content == made.jpeg()


class TestBackup:
    def test_copies_what_is_missing_and_nothing_unfinished(self, tmp_path, monkeypatch):
        place, into = store.Folder(tmp_path / "data/files"), tmp_path / "copy"
        monkeypatch.delenv("CHAIRSIDE_FILES", raising=False)
        place.put("a/b/00000", [b"sealed"])
        (place.folder / "a/b/00001.abcd.new").write_bytes(b"half")
        assert backup._copied(tmp_path / "data", into).endswith("1 objects copied")
        place.put("a/b/00001", [b"more"])
        assert backup._copied(tmp_path / "data", into).endswith("1 objects copied")
        found = {str(one.relative_to(into)): one.read_bytes() for one in into.rglob("*") if one.is_file()}
        assert found == {"a/b/00000": b"sealed", "a/b/00001": b"more"}

    def test_says_that_a_bucket_is_not_copied(self, tmp_path, monkeypatch):
        monkeypatch.setenv("CHAIRSIDE_FILES", "s3://bucket")
        with pytest.raises(Stop):
            backup._copied(tmp_path, tmp_path / "copy")
