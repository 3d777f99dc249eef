"""Where a request comes from, settled before anything is done with it: its address and scheme, from the proxies that we know."""

from urllib.parse import urlsplit

from starlette.types import Scope

from chairside.kernel import addresses
from chairside.kernel.settings import Settings

FORWARDED = b"x-forwarded-for"
SCHEME = b"x-forwarded-proto"
TRACES = (FORWARDED, b"forwarded", b"via", b"x-real-ip")
WATCHED = ("/health", "/ready", "/metrics")  # nothing of a clinic: also answered over plain http


class Arrival:
    def __init__(self, settings: Settings) -> None:
        # An https address of our own means a proxy that has it; most often on this machine.
        behind = settings.origin.startswith("https:")
        self.proxies = addresses.networks(settings.proxies or ("127.0.0.0/8, ::1" if behind else ""))
        self.hops = settings.proxy_hops
        self.watchers = addresses.networks(settings.metrics_from)
        self.scheme = urlsplit(settings.origin).scheme

    def settle(self, scope: Scope) -> bool:
        """Writes the asker's address and scheme into the scope; false when what is asked must not cross a network in plain
        text."""
        peer, port = scope.get("client") or ("127.0.0.1", 0)
        scope["peer"] = peer
        if self.proxies and addresses.among(addresses.read(peer), self.proxies):
            headers = scope["headers"]
            said = [value.decode("latin-1") for name, value in headers if name == FORWARDED]
            scope["client"] = (addresses.asker(peer, said, proxies=self.proxies, hops=self.hops), port)
            scheme = next((value for name, value in reversed(headers) if name == SCHEME), b"").rpartition(b",")[2].strip()
            if scheme in (b"https", b"http"):
                scope["scheme"] = scheme.decode()
            elif self.scheme:
                scope["scheme"] = self.scheme
        return scope["scheme"] == "https" or addresses.is_here((scope.get("client") or (peer,))[0]) or scope["path"] in WATCHED

    def watches(self, scope: Scope) -> bool:
        """May read the metrics: from a network of the operator's, and not through a proxy, which asks for the whole world."""
        forwarded = any(name in TRACES for name, _ in scope["headers"])
        return not forwarded and addresses.among(addresses.read(scope["peer"]), self.watchers)
