"""The files of the web app as the server hands them out."""

import gzip
from pathlib import Path

import httpx
import pytest

from chairside.app import build, enveloped
from chairside.kernel.http.web import accepted
from chairside.kernel.settings import Settings

SCRIPT = b"export const answer = 42\n" * 100


@pytest.fixture
async def browser(tmp_path: Path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Chairside</title>")
    (tmp_path / "assets/app-1a2b.js").write_bytes(SCRIPT)
    (tmp_path / "assets/app-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "assets/app-1a2b.js.br").write_bytes(b"as if")
    app = enveloped(build(Settings(web_root=str(tmp_path))))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://chairside.test") as client:
        client.headers.pop("accept-encoding")
        yield client


async def test_a_script_travels_compressed_to_whoever_reads_it(browser):
    answer = await browser.get("/assets/app-1a2b.js", headers={"accept-encoding": "gzip, deflate"})
    assert answer.content == SCRIPT
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["vary"] == "accept-encoding"


async def test_the_smaller_twin_comes_first(browser):
    async with browser.stream("GET", "/assets/app-1a2b.js", headers={"accept-encoding": "gzip, deflate, br, zstd"}) as answer:
        assert answer.headers["content-encoding"] == "br"
        assert answer.headers["content-length"] == "5"


@pytest.mark.parametrize("asked", [{}, {"accept-encoding": "identity"}, {"accept-encoding": "gzip;q=0, br;q=0.000"}])
async def test_and_as_it_is_to_whoever_does_not(browser, asked):
    answer = await browser.get("/assets/app-1a2b.js", headers=asked)
    assert answer.content == SCRIPT
    assert "content-encoding" not in answer.headers


async def test_a_page_of_the_app_is_the_page_and_a_missing_file_is_missing(browser):
    assert "Chairside" in (await browser.get("/c/somewhere/schedule")).text
    assert (await browser.get("/assets/gone-3c4d.js")).status_code == 404
    assert (await browser.get("/../settings.py")).text == (await browser.get("/")).text


def test_a_coding_is_accepted_when_it_is_named_and_not_refused():
    assert accepted("gzip;q=0.5, br ; q=0, ZSTD") == {"gzip", "zstd"}
