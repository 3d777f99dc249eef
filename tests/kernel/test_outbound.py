"""The one way out: what it does not reach, does not follow and does not wait for. The servers here are real, on this machine."""

import asyncio
import gzip
import ssl
import time
from contextlib import asynccontextmanager

import pytest
import trustme

from chairside.kernel.outbound import NotReached, Outbound

OURS = "idp.clinic.test"


@pytest.fixture(scope="module")
def authority():
    return trustme.CA()


@pytest.fixture(scope="module")
def ca(authority, tmp_path_factory):
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return str(path)


@pytest.fixture
def serving(authority):
    @asynccontextmanager
    async def serve(*parts, name=OURS, head="200 OK", more="", pause=0.0):
        """Answers everybody with the same; what was asked is in the list that it gives."""
        asked = []

        async def answer(reader, writer):
            try:
                asked.append((await reader.readuntil(b"\r\n\r\n")).decode())
                writer.write(f"HTTP/1.1 {head}\r\n{more}connection: close\r\n\r\n".encode())
                for part in parts:
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(pause)
            except (ConnectionError, asyncio.IncompleteReadError):
                pass
            finally:
                writer.close()

        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert(name).configure_cert(context)
        server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=context)
        try:
            yield f"https://{OURS}:{server.sockets[0].getsockname()[1]}", asked
        finally:
            server.close()

    return serve


def finding(*addresses):
    async def lookup(host, port):
        return list(addresses)

    return lookup


def here(ca, **more):
    return Outbound(**{"own": frozenset({OURS}), "ca": ca, "lookup": finding("127.0.0.1"), **more})


async def why(outbound, url):
    with pytest.raises(NotReached) as refused:
        await outbound.get(url)
    return refused.value.reason


INSIDE = [
    "127.0.0.1", "127.8.8.8", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1", "100.100.100.200",
    "0.0.0.0", "224.0.0.1", "239.1.1.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1", "168.63.129.16",
    "192.88.99.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "ff0e::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::1", "2002:7f00:1::", "2001::1",
]  # fmt: skip


class TestAnAddress:
    @pytest.mark.parametrize("address", INSIDE)
    async def test_that_is_not_on_the_open_internet_is_not_asked(self, address):
        assert await why(Outbound(lookup=finding(address)), "https://evil.example/") == "private"

    async def test_among_good_ones_spoils_them_all(self):
        assert await why(Outbound(lookup=finding("8.8.8.8", "10.0.0.1")), "https://evil.example/") == "private"

    @pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "2130706433", "0x7f.1", "localhost", "[::ffff:127.0.0.1]"])
    async def test_written_out_is_none_the_better(self, host):
        assert await why(Outbound(), f"https://{host}/") in ("private", "address", "unknown")

    @pytest.mark.parametrize(
        "address", ["169.254.169.254", "fe80::1", "fd00:ec2::254", "0.0.0.0", "::ffff:10.0.0.1", "224.0.0.1"]
    )
    async def test_of_a_clouds_metadata_is_not_ones_own_network(self, ca, address):
        assert await why(here(ca, lookup=finding(address)), f"https://{OURS}/") == "private"

    async def test_inside_is_for_the_named_host_alone(self, ca):
        assert await why(here(ca), "https://other.clinic.test/") == "private"

    @pytest.mark.parametrize(
        "url, reason",
        [
            ("http://idp.example/", "address"), ("ftp://idp.example/", "address"), ("https://u:p@idp.example/", "address"),
            ("https:///x", "address"), ("https://idp.example:22/", "port"), ("https://idp.example:99999/", "port"),
            ("//idp.example", "address"), ("https://" + "a" * 300 + ".example/", "unknown"), ("https://\x00/", "address"),
        ],
    )  # fmt: skip
    async def test_that_is_none_is_refused(self, url, reason):
        async def nobody(host, port):
            raise OSError

        assert await why(Outbound(lookup=nobody), url) == reason

    async def test_is_looked_up_once_and_asked_where_it_was_checked(self, ca, serving):
        looked = []

        async def rebinding(host, port):
            looked.append(host)
            return ["127.0.0.1"] if len(looked) == 1 else ["169.254.169.254"]

        async with serving(b"{}") as (url, asked):
            assert (await here(ca, lookup=rebinding).get(url + "/x")).json() == {}
        assert looked == [OURS]
        assert f"Host: {OURS}:" in asked[0]

    async def test_that_does_not_answer_leaves_the_next(self, ca, serving):
        async with serving(b"{}") as (url, _):
            assert (await here(ca, lookup=finding("127.0.0.9", "127.0.0.1")).get(url)).status == 200


class TestAnAnswer:
    async def test_is_what_the_server_said(self, ca, serving):
        async with serving(b'{"a": 1}', head="404 Not Found") as (url, _):
            answer = await here(ca).get(url)
        assert (answer.status, answer.json()) == (404, {"a": 1})

    async def test_that_leads_elsewhere_is_not_followed(self, ca, serving):
        async with serving(head="302 Found", more="location: https://169.254.169.254/\r\n") as (url, asked):
            assert await why(here(ca), url) == "moved"
        assert len(asked) == 1

    async def test_is_read_no_further_than_64_kb(self, ca, serving):
        async with serving(*[b"x" * 4096] * 16) as (url, _):
            assert len((await here(ca).get(url)).body) == 65536
        async with serving(*[b"x" * 4096] * 100_000) as (url, _):
            assert await why(here(ca), url) == "large"

    async def test_is_not_unpacked(self, ca, serving):
        async with serving(gzip.compress(b"x" * 10**7), more="content-encoding: gzip\r\n") as (url, asked):
            assert await why(here(ca), url) == "coded"
        assert "accept-encoding: identity" in asked[0].lower()

    async def test_that_drips_is_not_waited_for(self, ca, serving):
        started = time.monotonic()
        async with serving(*[b"x"] * 100, pause=0.1) as (url, _):
            assert await why(here(ca, seconds=0.5), url) == "slow"
        assert time.monotonic() - started < 2

    @pytest.mark.parametrize("body", [b"", b"[]", b"null", b"<html>", b"[" * 60_000, b'{"a":\xff}'])
    async def test_that_is_no_object_is_refused(self, ca, serving, body):
        async with serving(body) as (url, _):
            with pytest.raises(NotReached, match="unreadable"):
                (await here(ca).get(url)).json()

    async def test_under_another_name_is_not_believed(self, ca, serving):
        async with serving(b"{}", name="other.test") as (url, asked):
            assert await why(here(ca), url) == "away"
        assert asked == []

    async def test_of_a_stranger_is_not_believed(self, serving):
        async with serving(b"{}") as (url, asked):
            assert await why(here(""), url) == "away"
        assert asked == []

    async def test_comes_by_no_proxy_of_the_environment(self, ca, serving, monkeypatch):
        for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9")
        async with serving(b"{}") as (url, _):
            assert (await here(ca).get(url)).status == 200


class TestFollow:
    """To where a machine says that something has moved; only calendars are asked so."""

    @pytest.mark.parametrize(
        "where, reason",
        [
            ("https://169.254.169.254/latest", "private"), ("https://10.0.0.1/", "private"), ("http://idp.clinic.test/", "address"),
            ("https://u:p@idp.example/", "address"), ("//[::1]/", "private"), ("file:///etc/passwd", "address"), ("", "moved"),
        ],
    )  # fmt: skip
    async def test_checks_each_address_like_the_first(self, ca, serving, where, reason):
        async def lookup(host, port):
            return ["127.0.0.1"] if host == OURS else [host]

        async with serving(head="302 Found", more=f"location: {where}\r\n") as (url, asked):
            with pytest.raises(NotReached) as refused:
                await here(ca, lookup=lookup).follow(url)
        assert refused.value.reason == reason
        assert len(asked) == (4 if reason == "moved" else 1)

    async def test_hears_that_nothing_changed_as_an_answer(self, ca, serving):
        async with serving(head="304 Not Modified", more='etag: "a"\r\n') as (url, _):
            answer = await here(ca).follow(url, headers={"if-none-match": '"a"'})
        assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", '"a"')

    async def test_takes_no_longer_for_all_than_for_one(self, ca, serving):
        async with serving(b"", head="302 Found", more="location: /again\r\n", pause=0.4) as (url, _):
            began = time.monotonic()
            with pytest.raises(NotReached) as refused:
                await here(ca, seconds=1).follow(url, hops=100)
        assert refused.value.reason in ("slow", "moved") and time.monotonic() - began < 3
