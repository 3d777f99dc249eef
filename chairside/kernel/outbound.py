"""The one way out to an address that somebody typed or an operator set: https, to a machine on the open internet, looked up once,
asked at the address that was checked, not followed elsewhere unless that is as good, and not for long."""

import asyncio
import json
import socket
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, NamedTuple

import httpx

from chairside.kernel.addresses import Address, Networks

Lookup = Callable[[str, int], Awaitable[list[str]]]
PORTS = (443, 8443)
ELSEWHERE = (301, 302, 303, 307, 308)
# What Python calls global, and is a way to somewhere else: NAT64, 6to4 with its relays, Teredo; the metadata of one cloud.
DETOURS: Networks = tuple(
    ip_network(one) for one in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "192.88.99.0/24", "168.63.129.16/32")
)


class NotReached(Exception):
    """`reason` is a code for logs and screens: address, port, unknown, private, away, slow, large, moved, coded, unreadable."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Answer(NamedTuple):
    """`headers` by their names in small letters."""

    status: int
    body: bytes
    headers: Mapping[str, str] = {}

    def json(self) -> dict[str, Any]:
        """Refuses NotReached of what is not one JSON object."""
        try:
            read = json.loads(self.body)
        except (ValueError, RecursionError) as error:
            raise NotReached("unreadable") from error
        if not isinstance(read, dict):
            raise NotReached("unreadable")
        return read


async def looked_up(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True, slots=True)
class Outbound:
    """`own` are hosts that an operator has set and that may stand in their own network, at any port; never what a user typed.
    `ca` is the file of the authority that vouches for them."""

    own: frozenset[str] = frozenset()
    ca: str = ""
    lookup: Lookup = looked_up
    seconds: float = 5
    most: int = 64 * 1024

    async def get(self, url: str, *, headers: Mapping[str, str] | None = None) -> Answer:
        """Refuses NotReached."""
        return await self._ask("GET", url, headers or {}, None)

    async def follow(self, url: str, *, headers: Mapping[str, str] | None = None, hops: int = 3) -> Answer:
        """The same, to where it says that it has moved, so often at the most; each address is checked like the first, and all
        of it takes no longer than one question may. `headers` go everywhere: nothing secret is among them. Refuses NotReached."""
        try:
            async with asyncio.timeout(self.seconds):
                for _ in range(hops + 1):
                    answer = await self._ask("GET", url, headers or {}, None, moved=True)
                    if answer.status not in ELSEWHERE:
                        return answer
                    url = str(httpx.URL(url).join(answer.headers.get("location", "")))
        except TimeoutError as error:
            raise NotReached("slow") from error
        except httpx.InvalidURL as error:
            raise NotReached("address") from error
        raise NotReached("moved")

    async def post(self, url: str, *, body: bytes, headers: Mapping[str, str] | None = None) -> Answer:
        """Refuses NotReached."""
        return await self._ask("POST", url, headers or {}, body)

    async def _ask(self, method: str, url: str, headers: Mapping[str, str], body: bytes | None, *, moved: bool = False) -> Answer:
        """One line for one question: the next may not share it, for it may lead to another name at the same address. With `moved`
        an answer that leads elsewhere, or says that nothing changed, is an answer without a body."""
        plain = {**headers, "accept-encoding": "identity", "user-agent": "Chairside"}
        try:
            asked = httpx.Request(method, url, headers=plain, content=body)
            trust = _trust(self.ca if asked.url.host in self.own else "")
            line = httpx.AsyncHTTPTransport(verify=trust, trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))
            async with asyncio.timeout(self.seconds), line:
                answer = await self._at_one_of(line, asked, await self._checked(asked.url))
                try:
                    here = not (moved and 300 <= answer.status_code < 400)
                    return Answer(answer.status_code, await self._read(answer) if here else b"", dict(answer.headers))
                finally:
                    await answer.aclose()
        except TimeoutError as error:
            raise NotReached("slow") from error
        except (httpx.InvalidURL, UnicodeError) as error:
            raise NotReached("address") from error
        except (httpx.TransportError, OSError, ssl.SSLError) as error:
            raise NotReached("away") from error

    async def _checked(self, url: httpx.URL) -> list[str]:
        """The addresses of a host that may be asked. One that may not is enough to ask none."""
        if url.scheme != "https" or not url.host or url.userinfo:
            raise NotReached("address")
        port, own = url.port or 443, url.host in self.own
        if port not in PORTS and not own:
            raise NotReached("port")
        try:
            found = await self.lookup(url.host, port)
            addresses = [ip_address(one.partition("%")[0]) for one in found]
        except (OSError, ValueError) as error:
            raise NotReached("unknown") from error
        if not addresses:
            raise NotReached("unknown")
        if not all(is_open(one) or (own and is_ours(one)) for one in addresses):
            raise NotReached("private")
        return [str(one) for one in addresses]

    async def _at_one_of(self, line: httpx.AsyncHTTPTransport, asked: httpx.Request, addresses: list[str]) -> httpx.Response:
        """Host header and certificate are those of the name; the line goes to the address."""
        host = asked.url.raw_host.decode("ascii")
        asked.extensions = {"sni_hostname": host, "timeout": httpx.Timeout(self.seconds).as_dict()}
        named = asked.url
        for address in addresses:
            asked.url = named.copy_with(host=address)
            try:
                return await line.handle_async_request(asked)
            except httpx.ConnectError:
                if address == addresses[-1]:
                    raise
        raise NotReached("unknown")

    async def _read(self, answer: httpx.Response) -> bytes:
        if 300 <= answer.status_code < 400:
            raise NotReached("moved")
        if answer.headers.get("content-encoding", "identity").lower() != "identity":
            raise NotReached("coded")
        body = b""
        async for chunk in answer.aiter_raw():
            body += chunk
            if len(body) > self.most:
                raise NotReached("large")
        return body


def is_open(address: Address) -> bool:
    """On the open internet, and no detour to elsewhere."""
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address.sixtofour or address.teredo):
        return False
    return address.is_global and not address.is_multicast and not any(address in network for network in DETOURS)


def is_ours(address: Address) -> bool:
    """In one's own network, or on this machine; a cloud's metadata is at neither."""
    private = address.is_private and not (address.is_link_local or address.is_unspecified or address.is_reserved)
    return private and getattr(address, "ipv4_mapped", None) is None and str(address) != "fd00:ec2::254"


@lru_cache(16)
def _trust(ca: str) -> ssl.SSLContext:
    context = httpx.create_ssl_context(trust_env=False)
    if ca:
        context.load_verify_locations(ca)
    return context
