"""What a file is, by its bytes, never by its name. Pure."""

from typing import Literal

Refusal = Literal[
    "unknown_type", "executable", "archive", "document", "two_in_one", "truncated", "damaged", "too_many_pixels", "no_picture",
    "unread_compression", "infected", "incomplete",
]  # fmt: skip
JPEG, PNG, TIFF, BMP, WEBP, DICOM = (
    "image/jpeg", "image/png", "image/tiff", "image/bmp", "image/webp", "application/dicom",
)  # fmt: skip
KINDS = (JPEG, PNG, TIFF, BMP, WEBP, DICOM)
ENOUGH = 132
"""So many bytes tell what it is."""
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"\xd0\xcf\x11\xe0")
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
DOCUMENTS = (b"%PDF", b"<", b"{\\rtf", b"\xef\xbb\xbf<")
SOMETHING_ELSE = (b"PK\x03\x04", b"%PDF-", b"<script", b"<html", b"<?php", b"\x7fELF", b"This program cannot be run", b"Rar!\x1a")


class Refused(Exception):
    """Not kept, and why."""

    def __init__(self, code: Refusal) -> None:
        self.code: Refusal = code
        super().__init__(code)


def kind_of(beginning: bytes) -> str:
    """Of its first ENOUGH bytes, or all of fewer. Raises Refused."""
    kind = _picture(beginning)
    if kind:
        return kind
    if beginning[128:132] == b"DICM":
        # What comes before is free in DICOM: zeros, or a TIFF. A program may hide there.
        preamble = beginning[:128]
        if preamble.startswith((b"II*\0", b"MM\0*")) or not preamble.strip(b"\0 "):
            return DICOM
        raise Refused("two_in_one")
    if beginning.startswith(PROGRAMS):
        raise Refused("executable")
    if beginning.startswith(ARCHIVES):
        raise Refused("archive")
    if beginning.lstrip()[:5].startswith(DOCUMENTS):
        raise Refused("document")
    if _bare_dicom(beginning):
        return DICOM
    raise Refused("unknown_type")


def _picture(beginning: bytes) -> str | None:
    if beginning[128:132] == b"DICM":
        return None
    if beginning.startswith(b"\xff\xd8\xff"):
        return JPEG
    if beginning.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if beginning.startswith((b"II*\0", b"MM\0*")):
        return TIFF
    if beginning.startswith(b"BM") and beginning[6:10] == b"\0\0\0\0":
        return BMP
    if beginning.startswith(b"RIFF") and beginning[8:12] == b"WEBP":
        return WEBP
    return None


def _bare_dicom(beginning: bytes) -> bool:
    """Without a preamble: the first element is of group 2 or 8, little endian."""
    return len(beginning) >= 8 and beginning[0] in (2, 8) and beginning[1] == 0 and beginning[3] == 0 and beginning[2] <= 0x20


def check_end(kind: str, content: bytes) -> None:
    """Where the picture ends, nothing else may begin, or it is two files in one. Cameras append previews, which may stay.
    Raises Refused."""
    if kind == PNG:
        rest = content[_end_of_png(content) :]
    elif kind == JPEG:
        end = content.rfind(b"\xff\xd9")
        if end < 0:
            raise Refused("truncated")
        rest = content[content.find(b"\xff\xd9") + 2 :]
    elif kind == WEBP:
        rest = content[8 + int.from_bytes(content[4:8], "little") :]
    else:
        return
    if any(word in rest for word in SOMETHING_ELSE) or rest.lstrip(b"\0").startswith(PROGRAMS):
        raise Refused("two_in_one")


def _end_of_png(content: bytes) -> int:
    at = 8
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        name = content[at + 4 : at + 8]
        at += 12 + length
        if name == b"IEND" and at <= len(content):
            return at
    raise Refused("truncated")
