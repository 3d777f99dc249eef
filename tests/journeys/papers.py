"""What the browser is given to print, and what it brings."""

import re
from collections.abc import Callable
from io import BytesIO
from math import sin
from struct import pack
from zlib import compress, crc32

from pypdf import PdfReader

from tests.journeys.person import Person

PAPER = re.compile(r"/(pdf|receipt|deposit-slip|day-sheet\?.*)$")


def printed(person: Person, ask: Callable[[], None]) -> str:
    """The words of the PDF that opens in a tab of its own when somebody asks for it."""
    context = person.page.context
    with context.expect_event("request", lambda request: PAPER.search(request.url)) as asked:
        ask()
    answer = context.request.get(asked.value.url)
    assert answer.headers["content-type"] == "application/pdf"
    for page in context.pages:
        if page is not person.page:
            page.close()
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.body())).pages)


def signed(width: int = 420, height: int = 120) -> bytes:
    """A PNG of somebody's flourish on transparent paper."""
    rows = [bytearray(1 + width * 2) for _ in range(height)]
    for step in range(width * 20):
        at = step / 20
        middle = height / 2 + sin(at / 16) * (height / 3) * (1 - at / width) + sin(at / 5) * 6
        for thick in range(3):
            across = min(height - 1, max(0, int(middle) + thick))
            rows[across][1 + int(at) * 2 : 3 + int(at) * 2] = b"\x20\xff"  # grey, opaque

    def chunk(name: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + name + data + pack(">I", crc32(name + data))

    header = pack(">IIBBBBB", width, height, 8, 4, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", compress(b"".join(rows))) + chunk(b"IEND", b"")
