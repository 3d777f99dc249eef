"""In which encoding a file is written: a byte order mark, else UTF-8 where every byte agrees, else a Windows code page."""

import codecs
import re
from typing import BinaryIO, NamedTuple

from chairside.exchange.rules import locales
from chairside.exchange.rules.confidence import Confidence
from chairside.exchange.rules.refusals import FileEmpty, FileTooLarge, NotACsv, UnknownEncoding, WrongEncoding
from chairside.exchange.rules.signatures import looks_like

ENCODINGS = ("utf-8", "utf-16", "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "mac-roman")
MAX_BYTES = 50 * 1024 * 1024
_CHUNK = 1 << 20
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HEAD = 1 << 16
# A letter in UTF-8. Beside bytes that are not UTF-8, it tells of a file put together from two.
_UTF8_PAIR = re.compile(rb"[\xc3-\xc8][\x80-\xbf]")
# Letters of Romanian, Hungarian or Polish in Windows-1250 that read as signs in Windows-1252, beside a letter.
_CENTRAL = re.compile(rb"[A-Za-z][\xba\xfe\xaa\xde\xb3\xb9\xbf\x9c\x9f]|[\xba\xfe\xaa\xde\xa3\xa5\xaf\x8c\x8f][a-z]")


class Encoded(NamedTuple):
    encoding: str
    confidence: Confidence
    size: int
    head: bytes


def find(source: BinaryIO, *, locale: str, chosen: str | None = None, max_bytes: int = MAX_BYTES) -> Encoded:
    """Reads the whole file once, a megabyte at a time.

    Refuses FileEmpty, FileTooLarge, NotACsv, UnknownEncoding, WrongEncoding."""
    source.seek(0)
    head = source.read(HEAD)
    if head in _MARKS or not head.removeprefix(codecs.BOM_UTF8).strip(b"\r\n\t \x1a"):
        raise FileEmpty()
    if found := looks_like(head):
        raise NotACsv(looks_like=found)
    size = _size(source, max_bytes)
    if chosen is not None:
        encoding = chosen.lower().replace("_", "-").replace("windows-", "cp")
        if encoding not in ENCODINGS:
            raise UnknownEncoding(encoding=chosen[:40])
        if line := _bad_line(source, encoding):
            raise WrongEncoding(encoding=encoding, line=line)
        return Encoded(encoding, "chosen", size, head)
    encoding, confidence = _guess(source, head, locale)
    return Encoded(encoding, confidence, size, head)


def _size(source: BinaryIO, max_bytes: int) -> int:
    size = source.seek(0, 2)
    if size > max_bytes:
        raise FileTooLarge(limit_mb=max_bytes // (1024 * 1024), size=size)
    return size


def _guess(source: BinaryIO, head: bytes, locale: str) -> tuple[str, Confidence]:
    if head.startswith(_MARKS):
        if line := _bad_line(source, "utf-16"):
            raise WrongEncoding(encoding="utf-16", line=line)
        return "utf-16", "certain"
    bad_line = _bad_line(source, "utf-8")
    if bad_line is None:
        return "utf-8", "certain"
    if head.startswith(codecs.BOM_UTF8):
        raise WrongEncoding(encoding="utf-8", line=bad_line)
    if locales.writes_central_europe(locale) and _has_central_letters(source) and _bad_line(source, "cp1250") is None:
        return "cp1250", "unsure"
    if line := _bad_line(source, "cp1252"):
        raise WrongEncoding(encoding="UTF-8 or Windows-1252", line=line)
    return "cp1252", "unsure" if _UTF8_PAIR.search(head) else "likely"


def _bad_line(source: BinaryIO, encoding: str) -> int | None:
    """The first line (from 1) that has a byte which the encoding does not know."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    source.seek(0)
    while True:
        chunk = source.read(_CHUNK)
        try:
            line += decoder.decode(chunk, final=not chunk).count("\n")
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
        except UnicodeError:  # UTF-16 that does not begin with its mark
            return line
        if not chunk:
            return None


def _has_central_letters(source: BinaryIO) -> bool:
    source.seek(0)
    while chunk := source.read(_CHUNK):
        if _CENTRAL.search(chunk):
            return True
    return False
