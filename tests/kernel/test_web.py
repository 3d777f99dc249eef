"""The files of the web app as the server hands them out."""

import gzip
import json
import re
from pathlib import Path

import httpx
import pytest

from chairside.app import build, enveloped
from chairside.kernel.http.ahead import Ahead
from chairside.kernel.http.assets import accepted
from chairside.kernel.settings import Settings

SCRIPT = b"export const answer = 42\n" * 100


of = "src/routes/{}.tsx?tsr-split=component".format


@pytest.fixture
async def browser(tmp_path: Path):
    for folder in ("assets", ".vite"):
        (tmp_path / folder).mkdir()
    known = {of("login"): {"file": "assets/login.js"}, of("c.$clinic"): {"file": "assets/frame.js"}}
    (tmp_path / ".vite/manifest.json").write_text(json.dumps(known))
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


async def test_whoever_wants_a_part_or_only_the_head_of_a_file_gets_that(browser):
    part = await browser.get("/assets/app-1a2b.js", headers={"range": "bytes=0-5"})
    assert (part.status_code, part.content) == (206, SCRIPT[:6])
    head = await browser.head("/assets/app-1a2b.js")
    assert (head.status_code, head.headers["content-length"], head.content) == (200, str(len(SCRIPT)), b"")


@pytest.mark.parametrize("name", ["..%2findex.html", "../index.html", "%2e%2e/index.html", "app-1a2b.js%00", ".."])
async def test_no_name_leads_out_of_the_folder(browser, name):
    answer = await browser.get(f"/assets/{name}")
    assert answer.status_code in (404, 422) or answer.text == (await browser.get("/")).text


async def test_a_file_is_read_once(browser, tmp_path):
    first = await browser.get("/assets/app-1a2b.js")
    (tmp_path / "assets/app-1a2b.js").write_bytes(b"changed under the same name")
    assert (await browser.get("/assets/app-1a2b.js")).content == first.content


def test_a_page_is_told_with_the_scripts_that_it_will_ask_for(tmp_path):
    def part(file: str, *imports: str) -> dict[str, object]:
        return {"file": f"assets/{file}", "imports": imports}

    (tmp_path / ".vite").mkdir()
    (tmp_path / ".vite/manifest.json").write_text(
        json.dumps(
            {
                "index.html": part("index.js", "_page"),
                "_page": part("page.js"),
                "_dates": part("dates.js", "_page"),
                of("c.$clinic"): part("frame.js", "_page"),
                of("c.$clinic.patients.new"): part("new.js", "_dates"),
                of("c.$clinic.patients.$patient"): part("patient.js"),
                of("c.$clinic.patients.$patient_.record"): part("record.js"),
                of("c.$clinic.patients.index"): part("patients.js"),
                of("login"): part("login.js", "_dates", "_page"),
            }
        )
    )
    ahead = Ahead(tmp_path)
    for path, files in {
        "/c/north/patients/new": "frame new dates",
        "/c/north/patients/1": "frame patient",
        "/c/north/patients/1/record": "frame record",
        "/c/north/patients": "frame patients",
        "/c/north": "frame",
        "/login": "login dates",
        "/c/north/nowhere": "",
        "/": "",
    }.items():
        assert re.findall(r"</assets/(\w+)\.js>; rel=modulepreload", ahead.of(path)) == files.split(), path
    assert Ahead(tmp_path / "nothing").of("/login") == ""


async def test_whoever_has_a_session_is_told_to_ask_for_it_at_once(browser):
    page = "/c/north"
    assert (await browser.get(page)).headers["link"] == "</assets/frame.js>; rel=modulepreload"
    asked = (await browser.get(page, headers={"cookie": "chairside=x"})).headers["link"]
    assert asked.endswith(", </api/v1/session>; rel=preload; as=fetch; crossorigin")
    assert "link" not in (await browser.get("/nowhere", headers={"cookie": "chairside=x"})).headers


def test_a_coding_is_accepted_when_it_is_named_and_not_refused():
    assert accepted("gzip;q=0.5, br ; q=0, ZSTD") == {"gzip", "zstd"}
