"""What a server agrees to, of what is offered to it."""

import socket
import ssl

WEAK = (
    "ECDHE-RSA-AES256-SHA384", "ECDHE-ECDSA-AES256-SHA384", "ECDHE-RSA-AES128-SHA", "ECDHE-ECDSA-AES128-SHA", "AES256-GCM-SHA384",
    "AES128-SHA", "DHE-RSA-AES256-GCM-SHA384", "aNULL", "eNULL",
)  # fmt: skip
"""Without authenticated encryption, without forward secrecy, without a partner or a secret."""
GOOD = ("CHACHA20-POLY1305", "AES128-GCM-SHA256", "AES256-GCM-SHA384")
"""Of TLS 1.2, the one that we prefer last."""


def agreed(port: int, version: ssl.TLSVersion, suites: str = "ALL") -> tuple[str, str] | None:
    """Version and suite, or None when it refuses. The client offers what it is told, however weak."""
    asking = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    asking.check_hostname, asking.verify_mode = False, ssl.CERT_NONE
    asking.set_ciphers(f"{suites}:@SECLEVEL=0")
    asking.minimum_version = asking.maximum_version = version
    try:
        with (
            socket.create_connection(("127.0.0.1", port), 10) as plain,
            asking.wrap_socket(plain, server_hostname="localhost") as line,
        ):
            suite = line.cipher()
            return str(line.version()), suite[0] if suite else ""
    except (ssl.SSLError, ConnectionError):
        return None


def check(port: int) -> None:
    for former in (ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1):
        assert agreed(port, former) is None
    new = agreed(port, ssl.TLSVersion.TLSv1_3)
    assert new is not None and new[0] == "TLSv1.3"
    taken = {weak: agreed(port, ssl.TLSVersion.TLSv1_2, weak) for weak in WEAK}
    assert taken == dict.fromkeys(WEAK)
    for good in GOOD:
        alone = agreed(port, ssl.TLSVersion.TLSv1_2, f"ECDHE-RSA-{good}:ECDHE-ECDSA-{good}")
        assert alone is not None and alone[1].endswith(good)
