"""A signature as a browser draws it: a PNG with something on it."""

import struct
import zlib


def png(width=600, height=200, *, ink=True, filling=0):
    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row = bytes([0, *([0x3C if ink else 0] * (width // 8))])
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(row * height) + b"x" * filling
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
