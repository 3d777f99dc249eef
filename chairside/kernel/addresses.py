"""Addresses of machines, and the networks that they belong to."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]
ONE_HOME = 64  # bits of an IPv6 address that name a customer's network; the rest is theirs to choose


def networks(text: str) -> Networks:
    """Of a list with commas; an address is a network of one. Raises ValueError."""
    return tuple(ip_network(part.strip(), strict=False) for part in text.split(",") if part.strip())


@lru_cache(4096)
def read(text: str) -> Address | None:
    """An address as a socket or a proxy writes it, with or without a port; none when it is no address. IPv4 in IPv6's clothes is
    IPv4."""
    text = text.strip().strip('"')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        found = ip_address(text.partition("%")[0])
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def among(address: Address | None, known: Networks) -> bool:
    return address is not None and any(address in network for network in known)


@lru_cache(4096)
def is_here(text: str) -> bool:
    """On this machine."""
    found = read(text)
    return text == "localhost" if found is None else found.is_loopback


@lru_cache(4096)
def home(text: str) -> str:
    """Whom to count for this address: the address, or of IPv6 the network, from which one customer has 2^64 to choose."""
    found = read(text)
    return str(ip_network((found, ONE_HOME), strict=False)) if isinstance(found, IPv6Address) else str(found)


def asker(peer: str, forwarded: Iterable[str], *, proxies: Networks, hops: int) -> str:
    """Who asks: each proxy that we know says for whom, for as many of them as stand in the way. What a stranger says of
    others, and what lies beyond the last proxy, is not believed. `forwarded` as it arrived: the nearest proxy's word last."""
    said = [part for line in forwarded for part in line.split(",")]
    at = peer
    for _ in range(hops):
        if not said or not among(read(at), proxies):
            break
        found = read(said.pop())
        if found is None:
            break
        at = str(found)
    return at
