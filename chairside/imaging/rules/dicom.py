"""DICOM files: whom they say they show, and their picture. Pure."""

import io
import unicodedata
import warnings
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from pydicom import Dataset, dcmread
from pydicom.errors import InvalidDicomError
from pydicom.pixels.processing import apply_color_lut, apply_modality_lut, convert_color_space
from pydicom.pixels.utils import pixel_array

from chairside.imaging.rules.contents import Refused
from chairside.imaging.rules.pictures import Shown, check_pixels, colours, gray16

MOST_BYTES_UNPACKED = 400_000_000
KINDS = {"IO": "periapical", "PX": "panoramic", "DX": "other", "XC": "photo"}


@dataclass(frozen=True)
class Said:
    """What the file says of whom it shows; nothing of it is sure to be there."""

    name: str = ""
    birth_date: date | None = None
    patient_number: str = ""
    taken_on: date | None = None
    modality: str = ""
    series: str = ""


def read(content: bytes) -> Dataset:
    """Raises Refused."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = dcmread(io.BytesIO(content), force=True)
            if not len(found) or ("SOPClassUID" not in found and "Rows" not in found):
                raise Refused("damaged")
            return found
    except Refused:
        raise
    except (InvalidDicomError, EOFError, OSError) as error:
        raise Refused("truncated") from error
    except Exception as error:  # what a parser stumbles over
        raise Refused("damaged") from error


def said(found: Dataset) -> Said:
    study = _text(found, "AcquisitionDate") or _text(found, "ContentDate") or _text(found, "StudyDate")
    return Said(
        name=" ".join(_text(found, "PatientName").replace("^", " ").split("=")[0].split()),
        birth_date=_day(_text(found, "PatientBirthDate")),
        patient_number=_text(found, "PatientID"),
        taken_on=_day(study),
        modality=_text(found, "Modality"),
        series=_text(found, "SeriesInstanceUID")[:64],
    )


def differs(one: Said, *, first_name: str, last_name: str, birth_date: date | None) -> list[str]:
    """Of name and birth_date those that the file says otherwise than the record; a file that says neither shows nobody that we
    know: `nobody`."""
    found = []
    words, ours = _words(one.name), _words(f"{first_name} {last_name}")
    if words and not (words <= ours or ours <= words):
        found.append("name")
    if one.birth_date and birth_date and one.birth_date != birth_date:
        found.append("birth_date")
    return found or ([] if words else ["nobody"])


def shown(found: Dataset) -> Shown:
    """Its first frame: greys by the modality's own scale, as they lie behind a window that the file names. Raises Refused."""
    if "Rows" not in found or "PixelData" not in found:
        raise Refused("no_picture")
    try:
        rows, columns, samples = int(found.Rows), int(found.Columns), int(found.get("SamplesPerPixel", 1))
        check_pixels(columns, rows)
        frames = int(found.get("NumberOfFrames") or 1)
        if rows * columns * samples * frames * (int(found.get("BitsAllocated", 16)) // 8 or 1) > MOST_BYTES_UNPACKED:
            raise Refused("too_many_pixels")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pixels = _pixels(found, frames)
            return _of(found, pixels)
    except Refused:
        raise
    except (NotImplementedError, RuntimeError) as error:  # no decoder for how it is compressed
        raise Refused("unread_compression") from error
    except Exception as error:
        raise Refused("truncated" if "length" in str(error) or "bytes" in str(error) else "damaged") from error


def _pixels(found: Dataset, frames: int) -> Any:
    return pixel_array(found, index=0) if frames > 1 else pixel_array(found)


def _of(found: Dataset, pixels: Any) -> Shown:
    scale = _scale(found)
    how = str(found.get("PhotometricInterpretation", "MONOCHROME2"))
    if pixels.ndim == 3:
        if how.startswith("YBR") and found.file_meta.get("TransferSyntaxUID", None) is None:
            pixels = convert_color_space(pixels, how, "RGB")
        if pixels.dtype != np.uint8:
            pixels = (pixels >> max(int(found.get("BitsStored", 16)) - 8, 0)).astype(np.uint8)
        return colours(np.ascontiguousarray(pixels[..., :3]), scale)
    if how == "PALETTE COLOR":
        lit = apply_color_lut(pixels, found)
        return colours(np.ascontiguousarray((lit >> 8 if lit.dtype == np.uint16 else lit)[..., :3].astype(np.uint8)), scale)
    real = apply_modality_lut(pixels, found).astype(np.float64)
    low, high = float(real.min()), float(real.max())
    whole = high - low <= 65535 and (high - low > 255 or float(found.get("RescaleSlope", 1)) == 1.0)
    factor = 1.0 if whole else 65535 / (high - low)
    greys = np.round((real - low) * factor).astype(np.uint16)
    centre, width = _first(found, "WindowCenter"), _first(found, "WindowWidth")
    inverted = how == "MONOCHROME1"
    return gray16(
        greys, None if centre is None else (centre - low) * factor, None if width is None else width * factor,
        inverted=inverted, mm_per_pixel=scale,
    )  # fmt: skip


def _scale(found: Dataset) -> float | None:
    """mm per pixel, where both directions agree; on the detector only where nothing better is said."""
    for name in ("PixelSpacing", "ImagerPixelSpacing", "NominalScannedPixelSpacing"):
        try:
            rows, columns = (float(one) for one in found.get(name) or ())
        except (TypeError, ValueError):
            continue
        if 0 < rows < 100 and abs(rows - columns) <= 0.01 * rows:
            return rows
    return None


def _first(found: Dataset, name: str) -> float | None:
    value = found.get(name)
    if value is None or value == "":
        return None
    try:
        return float(value[0] if hasattr(value, "__getitem__") and not isinstance(value, str) else value)
    except (TypeError, ValueError, IndexError):
        return None


def _text(found: Dataset, name: str) -> str:
    try:
        return str(found.get(name) or "").replace("\0", "").strip()[:200]
    except Exception:  # an element that cannot be read says nothing
        return ""


def _day(text: str) -> date | None:
    try:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
    return day if day.year >= 1880 else None


def _words(name: str) -> set[str]:
    plain = unicodedata.normalize("NFKD", name)
    letters = "".join(" " if not (one.isalnum() or unicodedata.combining(one)) else one for one in plain.casefold())
    return set("".join(one for one in letters if not unicodedata.combining(one)).split())
