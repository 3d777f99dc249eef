"""https without a proxy: a certificate and its key, in files that whoever renews them writes anew."""

import ssl
from argparse import ArgumentParser, Namespace
from pathlib import Path

from chairside.kernel import addresses
from chairside.kernel.settings import Settings
from chairside.kernel.stop import Stop

SUITES = ":".join((
    "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-RSA-AES256-GCM-SHA384",
    "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256",
))  # fmt: skip
"""Of TLS 1.2, in our order: forward secrecy, authenticated encryption, the longer keys first. Those of TLS 1.3 are all such."""


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="beyond this machine only over https (%(default)s)"
    )
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="PEM, with what leads to its authority")
    parser.add_argument("--key", type=Path, metavar="FILE", help="of the certificate, PEM")


def check(given: Namespace, settings: Settings) -> None:
    """Refuses Stop: what cannot be used, and plain http across a network, unless a proxy of ours stands there."""
    if bool(given.certificate) != bool(given.key):
        raise Stop("--certificate and --key belong together.")
    if given.certificate:
        context(given.certificate, given.key)
    elif not addresses.is_here(given.host) and not settings.proxies:
        raise Stop(
            "Beyond this machine Chairside speaks https only: give --certificate and --key, or name a proxy in CHAIRSIDE_PROXIES."
        )


def context(certificate: Path, key: Path) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    harden(made)
    load(made, certificate, key)
    return made


def harden(made: ssl.SSLContext) -> None:
    """1.2 and 1.3 alone, our suites in our order (ASVS 5.0, 12.1.1 and 12.1.2; NIST SP 800-52r2)."""
    made.minimum_version = ssl.TLSVersion.TLSv1_2
    made.set_ciphers(SUITES)
    made.options |= ssl.OP_CIPHER_SERVER_PREFERENCE | ssl.OP_NO_COMPRESSION | ssl.OP_NO_RENEGOTIATION


def load(into: ssl.SSLContext, certificate: Path, key: Path) -> None:
    """Also again, into one that is in use: whoever connects from then on sees the new one. Refuses Stop."""
    try:
        into.load_cert_chain(certificate, key)
    except OSError as error:  # ssl.SSLError is one
        raise Stop(f"{certificate} with {key} cannot be used: {error.strerror or error.args[-1]}.") from None
