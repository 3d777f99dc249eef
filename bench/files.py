"""Files: a 50-MB upload in parts, and how much the app's memory grows meanwhile; a thumbnail of a photo of twelve megapixels.

Held against 32 MB of growth, and one second for the thumbnail.
"""

import io
import secrets
import statistics
import time

import httpx
import numpy as np
import psutil
from PIL import Image

from bench.running import MANY, Somebody, running, sign_up
from chairside.imaging.rules import contents, pictures

PART = 4 * 1024 * 1024
SIZE = 50_000_000
MOST_GROWTH_MB, MOST_THUMB_SECONDS = 32.0, 1.0


def _upload(url: str, somebody: Somebody, patient: str, size: int, app: psutil.Process | None = None) -> tuple[float, float]:
    """Seconds it took, and the most bytes that the app had meanwhile."""
    file = somebody.ask("POST", "/files", {"patient_id": patient, "name": "x.jpg", "size": size})
    content = b"\xff\xd8\xff\xe0" + secrets.token_bytes(PART - 4)
    began, most = time.perf_counter(), 0.0
    with httpx.Client(base_url=url, headers=somebody.headers()) as line:
        for at in range(0, size, PART):
            part = content[: min(PART, size - at)]
            answer = line.put(file["upload"], params={"offset": at}, content=part, timeout=60)
            answer.raise_for_status()
            if app:
                most = max(most, app.memory_info().rss)
    return time.perf_counter() - began, most


async def main() -> None:
    with running(CHAIRSIDE_REQUESTS_PER_CLINIC=MANY) as server:
        somebody = sign_up(server.url)
        who = {"first_name": "Maria", "last_name": "Okafor", "birth_date": "1960-05-01"}
        patient = somebody.ask("POST", "/patients", who)["id"]
        _upload(server.url, somebody, patient, 5_000_000)  # what is loaded once is loaded
        app = server.app
        before = app.memory_info().rss
        took, most = _upload(server.url, somebody, patient, SIZE, app)
    grown = (most - before) / 1e6
    met = "met" if grown < MOST_GROWTH_MB else "MISSED"
    print(f"upload of {SIZE / 1e6:.0f} MB: {took:.2f} s, {SIZE / 1e6 / took:.0f} MB/s; the app grew by {grown:.1f} MB "
          f"(less than {MOST_GROWTH_MB:g}: {met})")  # fmt: skip
    noise = np.random.default_rng(1).integers(0, 255, (750, 1000, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(noise).resize((4000, 3000)).save(out, "JPEG", quality=92)
    content, turns = out.getvalue(), []
    for _ in range(5):
        began = time.perf_counter()
        with Image.open(io.BytesIO(content)) as opened:
            pictures.small_of(opened, content, contents.JPEG)
        turns.append(time.perf_counter() - began)
    thumb = statistics.median(turns)
    began = time.perf_counter()
    pictures.shown(contents.JPEG, content)
    whole = time.perf_counter() - began
    met = "met" if thumb <= MOST_THUMB_SECONDS else "MISSED"
    print(f"12 megapixels ({len(content) / 1e6:.1f} MB): thumbnail {thumb * 1000:.0f} ms (at most {MOST_THUMB_SECONDS:g} s: {met}), "
          f"thumbnail and the picture to look at {whole * 1000:.0f} ms")  # fmt: skip
