"""The second place, in a folder and in a bucket."""

import io
import secrets
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer

from chairside.compliance.places import Bucket, Folder, file_digest, last, open_place
from chairside.compliance.rules.checkpoints import SIGNED, Checkpoint, Ring, new_key
from chairside.kernel import clock
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop


@pytest.fixture(scope="module")
def s3() -> Iterator[object]:
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield boto3.client(
        "s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1", aws_access_key_id="x", aws_secret_access_key="x"
    )
    server.stop()


@pytest.fixture
def bucket(s3) -> Bucket:
    name = f"audit-{secrets.token_hex(4)}"
    s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    return Bucket(name, "clinics", lock_days=400, client=s3)


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    return Folder(tmp_path / "second") if request.param == "folder" else request.getfixturevalue("bucket")


def signed(ring, clinic_id, number):
    return ring.sign(Checkpoint(clinic_id, number, SIGNED, number * 10, secrets.token_bytes(32), clock.now()))


class TestPlaces:
    def test_give_back_what_was_kept_in_its_order(self, place):
        ring, one, other = Ring.read(new_key()), uuid4(), uuid4()
        kept = [signed(ring, one, number) for number in range(1, 13)]
        place.keep([*kept, signed(ring, other, 1)])
        assert list(place.read(one)) == kept
        assert all(map(ring.knows, place.read(one)))
        assert last(place, one) == 12 and last(place, uuid4()) == 0
        assert place.clinics() == {one, other}

    def test_keep_archives_beside_them(self, place):
        ring, one = Ring.read(new_key()), uuid4()
        place.keep([signed(ring, one, 1)])
        assert file_digest(place, f"{one}/2020-02.events.jsonl.gz") is None
        place.store(f"{one}/2020-02.events.jsonl.gz", io.BytesIO(b"x" * 3_000_000))
        assert file_digest(place, f"{one}/2020-02.events.jsonl.gz") is not None
        assert len(list(place.read(one))) == 1

    async def test_hold_a_whole_chain(self, place, sealed, north, given):
        sealed.place = place
        for _ in range(3):
            await given.patient(north)
            await sealed.seal()
            await sealed.sign()
        found = await sealed.look(north)
        assert (found.finding, found.checkpoints) == (None, 3)
        async with sealed.tampering() as db:
            await db.run("update audit_seal set hash = sha256(hash) where clinic_id = %(clinic)s and seq > 2", clinic=north.id)
            assert (await sealed.look(north, db)).finding.problem == "unbound"


class TestBucket:
    def test_lets_nobody_delete_a_checkpoint_before_its_time(self, bucket, s3):
        one = uuid4()
        bucket.keep([signed(Ring.read(new_key()), one, 1)])
        [kept] = s3.list_object_versions(Bucket=bucket.bucket)["Versions"]
        held = s3.head_object(Bucket=bucket.bucket, Key=kept["Key"], VersionId=kept["VersionId"])
        assert held["ObjectLockMode"] == "COMPLIANCE"
        assert held["ObjectLockRetainUntilDate"] > clock.now() + timedelta(days=399)
        with pytest.raises(s3.exceptions.ClientError):
            s3.delete_object(Bucket=bucket.bucket, Key=kept["Key"], VersionId=kept["VersionId"])


class TestOpenPlace:
    def test_knows_folders_and_buckets(self, tmp_path):
        assert isinstance(open_place(Settings(audit_place=str(tmp_path))), Folder)
        bucket = open_place(Settings(audit_place="s3://name/some/prefix", audit_lock_days=30))
        assert isinstance(bucket, Bucket) and (bucket.bucket, bucket.prefix, bucket.lock_days) == ("name", "some/prefix/", 30)
        with pytest.raises(Stop, match="CHAIRSIDE_AUDIT_PLACE"):
            open_place(Settings())
