"""ClamAV: what clamd says of some bytes, by its INSTREAM command. Waits for a network: call it in a thread."""

import socket
import struct

from chairside.kernel.refusals import Busy

PIECE = 256 * 1024
SECONDS = 60


class ScannerAway(Busy):
    """The virus scanner cannot be reached; files wait for it."""


def is_infected(where: str, content: bytes) -> bool:
    """`where`: host:port, or the path of a socket. Refuses ScannerAway, also where the scanner says neither yes nor no: what
    was not looked at is not let out."""
    try:
        with _reached(where) as line:
            line.sendall(b"zINSTREAM\0")
            for at in range(0, len(content), PIECE):
                piece = content[at : at + PIECE]
                line.sendall(struct.pack(">I", len(piece)) + piece)
            line.sendall(struct.pack(">I", 0))
            answer = b""
            while not answer.endswith(b"\0") and (more := line.recv(4096)):
                answer += more
    except OSError as error:
        raise ScannerAway() from error
    said = answer.rstrip(b"\0 \n")
    if said.endswith(b" FOUND"):
        return True
    if said == b"stream: OK":
        return False
    raise ScannerAway()


def _reached(where: str) -> socket.socket:
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        line.connect(where)
        return line
    host, _, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]") or "127.0.0.1", int(port)), timeout=SECONDS)
