"""What a picture of a signature may be. The structure of a PNG: W3C Portable Network Graphics (Third Edition), section 5."""

import struct

MOST_BYTES = 100 * 1024
MOST_WIDTH, MOST_HEIGHT = 1600, 800
BEGINNING = b"\x89PNG\r\n\x1a\n"
HEADER = struct.Struct(">I4sII")  # length and name of the first chunk, width, height
ENDING = b"\x00\x00\x00\x00IEND\xaeB`\x82"


def is_signature(picture: bytes) -> bool:
    """A whole PNG, at most 1600 × 800 pixels: a small file cannot hide a picture that fills a machine's memory."""
    if not picture.startswith(BEGINNING) or not picture.endswith(ENDING) or len(picture) < len(BEGINNING) + HEADER.size:
        return False
    length, name, width, height = HEADER.unpack_from(picture, len(BEGINNING))
    return bool(length == 13 and name == b"IHDR" and 0 < width <= MOST_WIDTH and 0 < height <= MOST_HEIGHT)
