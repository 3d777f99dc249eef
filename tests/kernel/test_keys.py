"""What wraps data keys: a key file and AWS KMS, under one contract."""

import asyncio
import base64
import os
from pathlib import Path

import pytest
from moto.server import ThreadedMotoServer

from chairside.kernel import keys, stop
from chairside.kernel.keys import KeysAway, Kms, Ring, Wrapped, WrongKey, kms, ring
from chairside.kernel.settings import Settings, SettingsRefused

CONTEXT = {"owner": "north", "version": "1"}


def line() -> str:
    return base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")


def keyring(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines or [line()]))
    path.chmod(0o600)
    return path


@pytest.fixture(scope="session")
def aws():
    """Moto's KMS on a port of this machine; nothing of it leaves."""
    os.environ |= {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing", "AWS_DEFAULT_REGION": "eu-central-1"}
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def new_key(aws: str) -> str:
    return kms._client("", aws).create_key()["KeyMetadata"]["Arn"]


@pytest.fixture(params=["ring", "kms"])
def ports(request, tmp_path):
    """(a port, another with the same keys, one with other keys)"""
    if request.param == "ring":
        path = keyring(tmp_path / "keyring")
        return Ring(path), Ring(path), Ring(keyring(tmp_path / "other"))
    aws = request.getfixturevalue("aws")
    one = new_key(aws)
    return Kms([one], endpoint=aws), Kms([one], endpoint=aws), Kms([new_key(aws)], endpoint=aws)


class TestEveryPort:
    async def test_gives_the_same_key_back(self, ports):
        here, there, _ = ports
        plain, wrapped = await here.generate(CONTEXT)
        assert len(plain) == 32 and plain not in wrapped.bytes
        assert await there.unwrap(wrapped, CONTEXT) == plain
        assert wrapped.kek == await here.newest()

    async def test_never_gives_the_same_key_twice(self, ports):
        made = [await ports[0].generate(CONTEXT) for _ in range(5)]
        assert len({plain for plain, _ in made}) == len({wrapped.bytes for _, wrapped in made}) == 5

    async def test_does_not_open_for_another_purpose(self, ports):
        _, wrapped = await ports[0].generate(CONTEXT)
        with pytest.raises(WrongKey):
            await ports[0].unwrap(wrapped, {**CONTEXT, "owner": "south"})

    async def test_does_not_open_with_another_key(self, ports):
        _, wrapped = await ports[0].generate(CONTEXT)
        with pytest.raises(WrongKey):
            await ports[2].unwrap(wrapped, CONTEXT)
        with pytest.raises(WrongKey):
            await ports[2].rewrap(wrapped, CONTEXT)

    async def test_does_not_open_what_was_changed(self, ports):
        _, (kek, wrapped) = await ports[0].generate(CONTEXT)
        changed = wrapped[:-1] + bytes([wrapped[-1] ^ 1])
        with pytest.raises(WrongKey):
            await ports[0].unwrap(Wrapped(kek, changed), CONTEXT)

    async def test_wraps_the_same_key_anew(self, ports):
        here, there, _ = ports
        plain, wrapped = await here.generate(CONTEXT)
        again = await here.rewrap(wrapped, CONTEXT)
        assert again.bytes != wrapped.bytes
        assert await there.unwrap(again, CONTEXT) == plain


class TestRing:
    @pytest.mark.parametrize("mode", [0o644, 0o604, 0o602, 0o660])
    def test_refuses_a_file_that_others_may_read_or_change(self, tmp_path, mode):
        path = keyring(tmp_path / "keyring")
        path.chmod(mode)
        with pytest.raises(stop.Stop, match="chmod 600"):
            Ring(path)

    @pytest.mark.parametrize(
        "text",
        ["", "\n\n", "short", "A" * 42, "A" * 43, "x" * 86, line()[:-2], "ä" * 43, line() + "\nshort"],
        ids=lambda text: f"{len(text)} letters",
    )
    def test_refuses_what_holds_no_key(self, tmp_path, text):
        path = tmp_path / "keyring"
        path.write_text(text)
        path.chmod(0o600)
        with pytest.raises(stop.Stop, match="chairside keys new"):
            Ring(path)

    def test_refuses_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(stop.Stop, match="cannot be read: No such file"):
            Ring(tmp_path / "keyring")

    def test_takes_what_openssl_writes(self, tmp_path):
        path = keyring(tmp_path / "keyring", base64.b64encode(b"\xfb\xff" * 16).decode(), "")
        assert list(ring.read(path).values()) == [b"\xfb\xff" * 16]

    async def test_goes_over_to_a_key_put_on_top_while_it_runs(self, tmp_path):
        before = line()
        path = keyring(tmp_path / "keyring", before)
        ring = Ring(path)
        plain, old = await ring.generate(CONTEXT)
        keyring(path, line(), before)
        new = await ring.rewrap(old, CONTEXT)
        assert new.kek != old.kek == (await Ring(keyring(tmp_path / "alone", before)).newest())
        assert await ring.unwrap(old, CONTEXT) == await ring.unwrap(new, CONTEXT) == plain

    async def test_opens_nothing_of_a_key_that_was_taken_away(self, tmp_path):
        path = keyring(tmp_path / "keyring")
        _, wrapped = await Ring(path).generate(CONTEXT)
        with pytest.raises(WrongKey):
            await Ring(keyring(path, line())).unwrap(wrapped, CONTEXT)


class TestKms:
    async def test_uses_no_key_that_the_settings_do_not_name(self, aws):
        stranger = Kms([new_key(aws)], endpoint=aws)
        _, wrapped = await stranger.generate(CONTEXT)
        with pytest.raises(WrongKey):
            await Kms([new_key(aws)], endpoint=aws).unwrap(wrapped, CONTEXT)

    async def test_goes_from_one_key_to_the_next(self, aws):
        old, new = new_key(aws), new_key(aws)
        plain, wrapped = await Kms([old], endpoint=aws).generate(CONTEXT)
        moved = await Kms([new, old], endpoint=aws).rewrap(wrapped, CONTEXT)
        assert moved.kek == new
        assert await Kms([new], endpoint=aws).unwrap(moved, CONTEXT) == plain

    async def test_knows_its_key_by_an_alias(self, aws):
        key = new_key(aws)
        kms._client("", aws).create_alias(AliasName="alias/chairside", TargetKeyId=key)
        port = Kms(["alias/chairside"], endpoint=aws)
        plain, wrapped = await port.generate(CONTEXT)
        assert wrapped.kek == key == await port.newest()
        assert await port.unwrap(wrapped, CONTEXT) == plain

    async def test_that_is_lost_is_said_so_at_once_and_found_again(self, aws, monkeypatch):
        monkeypatch.setattr(kms, "AGAIN_SECONDS", 0.3)
        port = Kms([new_key(aws)], endpoint=aws)
        plain, wrapped = await port.generate(CONTEXT)
        reached, port._client = port._client, kms._client("", "http://127.0.0.1:9")
        with pytest.raises(KeysAway):
            await port.unwrap(wrapped, CONTEXT)
        began = asyncio.get_running_loop().time()
        for _ in range(50):  # nobody waits for it while it is away
            with pytest.raises(KeysAway):
                await port.unwrap(wrapped, CONTEXT)
        assert asyncio.get_running_loop().time() - began < 0.2
        port._client = reached
        await asyncio.sleep(0.35)
        assert await port.unwrap(wrapped, CONTEXT) == plain

    @pytest.mark.parametrize(
        "url",
        ["https://kms.evil.example", "http://kms.eu-central-1.amazonaws.com", "https://kms.eu-central-1.amazonaws.com.evil.example",
         "https://s3.eu-central-1.amazonaws.com", "http://169.254.169.254", "http://10.0.0.1", "https://evil-kms.eu.amazonaws.com"],
    )  # fmt: skip
    def test_speaks_to_no_other_host(self, url):
        with pytest.raises(stop.Stop, match="no host of AWS KMS"):
            kms.check_host(url)

    @pytest.mark.parametrize(
        "url",
        ["https://kms.eu-central-1.amazonaws.com", "https://kms-fips.us-east-1.amazonaws.com", "https://kms.cn-north-1.amazonaws.com.cn",
         "https://vpce-0a1b-2c3d.kms.eu-central-1.vpce.amazonaws.com"],
    )  # fmt: skip
    def test_speaks_to_the_hosts_of_kms(self, url):
        kms.check_host(url)

    def test_is_not_led_elsewhere_by_the_environment(self, monkeypatch):
        monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
        monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", "http://127.0.0.1:9")
        assert kms._client("eu-central-1", "").meta.endpoint_url == "https://kms.eu-central-1.amazonaws.com"

    def test_without_a_region_is_refused_in_words(self, monkeypatch):
        monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
        monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
        with pytest.raises(stop.Stop, match="AWS KMS cannot be used"):
            kms._client("", "")


class TestChosen:
    def test_takes_the_one_that_is_set(self, tmp_path, aws):
        assert isinstance(keys.chosen(Settings(keyring=str(keyring(tmp_path / "k")))), Ring)
        assert isinstance(keys.chosen(Settings(kms_key="alias/a, alias/b", kms_endpoint=aws)), Kms)
        assert keys.chosen(Settings()) is keys.chosen(Settings())

    def test_takes_not_both(self):
        with pytest.raises(SettingsRefused, match="not both"):
            Settings(keyring="/x", kms_key="alias/a").check()
