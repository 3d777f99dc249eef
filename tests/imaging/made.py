"""Files as they come from cameras and sensors, made here."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
from PIL import Image
from pydicom.data import get_testdata_file


def jpeg(width=640, height=480, exif=False, seed=1):
    noise = np.random.default_rng(seed).integers(0, 255, (height // 8 + 1, width // 8 + 1, 3), dtype=np.uint8)
    picture = Image.fromarray(noise).resize((width, height))
    out = io.BytesIO()
    more = {}
    if exif:
        told = Image.Exif()
        told[0x0110] = "Canary Camera 77"
        told[0x0112] = 6  # turned by a quarter
        more["exif"] = told
    picture.save(out, "JPEG", quality=90, **more)
    return out.getvalue()


def png(width=320, height=240, grey=False):
    out = io.BytesIO()
    Image.new("L" if grey else "RGB", (width, height), 90).save(out, "PNG")
    return out.getvalue()


def png_of(width, height):
    """Says that it is so large, and has next to nothing in it."""

    def chunk(name, content):
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def dicom(name="CT_small.dcm"):
    found = get_testdata_file(name, download=False)
    assert found, f"{name} is not in the wheel"
    return Path(found).read_bytes()


def dicom_of(first, last, born, name="CT_small.dcm"):
    """The same picture, of somebody else."""
    from pydicom import dcmread

    found = dcmread(io.BytesIO(dicom(name)))
    found.PatientName = f"{last}^{first}"
    found.PatientBirthDate = born.strftime("%Y%m%d") if born else ""
    out = io.BytesIO()
    found.save_as(out)
    return out.getvalue()
