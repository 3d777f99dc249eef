"""Files that are no list of patients get a sentence that says why and where, and another may take their place."""

import asyncio

import httpx
import pytest

from tests.exchange.brought import put, rows, seen, uploaded

MB = 1024 * 1024
GOOD = rows("7,Popescu,Ana,1980-05-01,12.50,")
BAD = {
    "empty": (b"", "FileEmpty", "The file is empty."),
    "blank": (b"\xef\xbb\xbf\r\n \r\n", "FileEmpty", "The file is empty."),
    "no rows": (b"Last name,First name\n", "NoRows", "The file has a row of column names and nothing below it."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "NotACsv", "This looks like a picture, not a CSV file."),
    "a workbook": (
        b"PK\x03\x04 [Content_Types].xml" + b"\0" * 100,
        "NotACsv",
        "This looks like an Excel workbook, not a CSV file.",
    ),
    "a web page": (b"<!DOCTYPE html><p>Hello", "NotACsv", "This looks like a web page, not a CSV file."),
    "prose": (b"Dear colleague\nthank you\n", "NoColumnsFound", "This does not look like a CSV file"),
    "NUL bytes": (b"Last name,First name\nPopescu,An\0a\n", "NulByte", "Row 2 (line 2) contains a NUL byte"),
    "500 columns": (
        b",".join(b"c%d" % n for n in range(500)) + b"\n" + b",".join([b"x"] * 500) + b"\n",
        "TooManyColumns",
        "The first row has 500 columns; at most 200 can be read.",
    ),
    "another width": (
        rows("7,Popescu,Ana,1980-05-01,12.50,", "8,Popescu", "9,Popescu,Eva,,,"),
        "WidthChanges",
        "Row 3 (line 3) has 2 columns where the first row has 6.",
    ),
    "an open quote": (b'Last name,First name\nPopescu,"Ana\nPop,Ion\n', "QuoteNeverClosed", "Row 2 (line 2) opens a quote"),
    "no header": (b"Popescu,Ana,1980-05-01\nPop,Ion,1970-01-01\n", "NoHeader", 'The first row holds values ("1980-05-01")'),
    "one name twice": (b"Name,Name\na,b\n", "ColumnNamedTwice", 'Columns 1 and 2 are both named "Name".'),
}


class TestABadFile:
    @pytest.mark.parametrize("kind", BAD)
    async def test_is_told_why_and_another_takes_its_place(self, north, kind):
        content, code, sentence = BAD[kind]
        found = await uploaded(north, content)
        assert (found["status"], found["error"]["code"]) == ("failed", code)
        assert found["error"]["detail"].startswith(sentence)
        assert (found["counts"], found["columns"], found["problems"]) == (None, [], [])
        assert await seen(north, found) == found
        refused = await north.ask("POST", f"/imports/{found['id']}/run")
        assert (refused.status_code, refused.json()["code"]) == (409, "NotAnalysed")
        again = await put(north, found, GOOD)
        assert (again["status"], again["error"], again["counts"]["accepted"]) == ("analysed", None, 1)

    @pytest.mark.parametrize(
        "last, code, sentence",
        [
            (b"Popescu,An\0a\n", "NulByte", "Row 80002 (line 80002) contains a NUL byte"),
            (b"Popescu\n", "WidthChanges", "Row 80002 (line 80002) has 1 columns where the first row has 2."),
            (b'Popescu,"Ana\n', "QuoteNeverClosed", "Row 80002 (line 80002) opens a quote"),
        ],
    )
    async def test_at_whose_end_a_job_looks_is_told_the_same(self, north, drain, last, code, sentence):
        found = await uploaded(north, b"Last name,First name\n" + b"Popescu,Ana Maria\n" * 80_000 + last)
        assert (found["status"], found["error"]) == ("uploaded", None)
        await drain()
        looked = await seen(north, found)
        assert (looked["status"], looked["error"]["code"]) == ("failed", code)
        assert looked["error"]["detail"].startswith(sentence)

    async def test_in_another_encoding_is_read_once_that_is_said(self, north):
        content = "Last name,First name\nПетров,Анна\nЉубић,Ђ\x98\n".encode("cp1251", errors="replace").replace(b"?", b"\x81")
        found = await uploaded(north, content)
        assert (found["status"], found["error"]["code"]) == ("failed", "WrongEncoding")
        answer = await north.ask("PUT", f"/imports/{found['id']}/mapping", json={"encoding": "cp1251"})
        assert answer.json()["status"] == "analysed", answer.text
        assert "Петров" in answer.json()["columns"][0]["samples"]


class TestSize:
    async def test_announced_too_large_is_refused_at_once(self, north):
        for size, status in ((50 * MB, 201), (50 * MB + 1, 413), (2**53, 413)):
            answer = await north.ask("POST", "/imports", json={"kind": "patients", "filename": "a.csv", "size": size})
            assert answer.status_code == status
        assert answer.json()["code"] == "FileTooLarge"
        assert answer.json()["detail"] == "The file is larger than 50 MB. Split it into smaller files."

    @pytest.mark.parametrize(
        "body",
        [
            {"size": -1},
            {"size": "3"},
            {"size": 1.5},
            {"filename": ""},
            {"filename": "x" * 256},
            {"kind": "invoices"},
            {"more": 1},
        ],
    )
    async def test_a_strange_announcement_is_refused(self, north, body):
        answer = await north.ask("POST", "/imports", json={"kind": "patients", "filename": "a.csv", "size": 3} | body)
        assert (answer.status_code, answer.json()["code"]) == (422, "Malformed")

    async def test_too_large_a_body_is_refused_before_it_is_read(self, north):
        found = (await north.ask("POST", "/imports", json={"kind": "patients", "filename": "a.csv", "size": 3})).json()
        read = 0

        async def endless():
            nonlocal read
            while True:
                read += MB
                yield b"x" * MB

        url = f"/imports/{found['id']}/content"
        answer = await north.ask("PUT", url, content=endless(), headers={"content-length": str(50 * MB + 1)})
        assert (answer.status_code, answer.json()["code"], read) == (413, "FileTooLarge", 0)

    async def test_too_large_a_stream_is_cut(self, north):
        found = await uploaded(north, GOOD)
        sent = 0

        async def endless():
            nonlocal sent
            for _ in range(60):
                sent += MB
                yield b"x" * MB

        answer = await north.ask("PUT", f"/imports/{found['id']}/content", content=endless())
        assert (answer.status_code, answer.json()["code"]) == (413, "FileTooLarge")
        assert sent <= 52 * MB
        assert await seen(north, found) == found

    async def test_need_not_be_the_one_announced(self, north):
        found = (await north.ask("POST", "/imports", json={"kind": "patients", "filename": "a.csv", "size": 3})).json()
        assert (await put(north, found, GOOD))["size"] == len(GOOD)

    async def test_of_many_megabytes_is_looked_at_by_a_job(self, north, drain, root):
        lines = [f"{n},Popescu,Ana {n},1980-05-01,12.50,{n}" for n in range(1, 50_001)]
        found = await uploaded(north, rows(*lines))
        assert (found["status"], found["counts"]) == ("uploaded", None)
        assert found["worker"] in ("working", "away")
        await drain()
        looked = await seen(north, found)
        assert (looked["status"], looked["counts"]["accepted"]) == ("analysed", 50_000)
        refused = await north.ask("PUT", f"/imports/{found['id']}/mapping", json={"columns": {"Shoe size": "ignore"}})
        assert (refused.status_code, refused.json()["code"]) == (422, "UnknownColumn")
        later = await north.ask("PUT", f"/imports/{found['id']}/mapping", json={"columns": {"Balance": "ignore"}})
        assert later.json()["status"] == "uploaded"
        await drain()
        assert (await seen(north, found))["balances"]["file"]["amount"] == 0
        chunks = root.execute("select sealed, bytes from import_chunk where clinic_id = %s", [north.id]).fetchall()
        assert len(chunks) in (len(rows(*lines)) // MB, len(rows(*lines)) // MB + 1)
        assert all(plain is None and len(sealed) < 1.1 * MB and b"Popescu" not in sealed for sealed, plain in chunks)


class TestTheUpload:
    async def test_that_is_cut_off_leaves_what_was_there(self, north, settings, capsys):
        """Over a socket: only there can a client go away."""
        import uvicorn

        from chairside.app import build, enveloped

        found = await uploaded(north, GOOD)
        server = uvicorn.Server(uvicorn.Config(enveloped(build(settings)), port=0, log_config=None, lifespan="on"))
        serving = asyncio.ensure_future(server.serve())
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.05)
        port = server.servers[0].sockets[0].getsockname()[1]
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(
            f"PUT {found['upload_url']} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {north.token}\r\ncontent-length: 5000\r\n\r\n".encode()
            + b"Last name,First name\n"
        )
        await writer.drain()
        await asyncio.sleep(0.3)
        writer.close()
        await asyncio.sleep(0.3)
        said = "".join(capsys.readouterr())
        assert "UploadCutOff" in said
        assert "bug" not in said
        assert await seen(north, found) == found
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as client:
            answer = await client.put(found["upload_url"], content=GOOD, headers={"authorization": f"Bearer {north.token}"})
            assert answer.json()["status"] == "analysed"
        server.should_exit = True
        await serving

    async def test_by_two_at_once_is_one_of_the_two(self, north):
        found = await uploaded(north, GOOD)
        contents = [rows(*(f"{n},Popescu,Ana,1980-05-01,1.00," for n in range(size))) for size in (3000, 4000)]
        answers = await asyncio.gather(*(north.ask("PUT", f"/imports/{found['id']}/content", content=each) for each in contents))
        assert {answer.status_code for answer in answers} == {200}
        after = await seen(north, found)
        assert after["status"] == "analysed"
        assert (after["size"], after["counts"]["rows"]) in {(len(contents[0]), 3000), (len(contents[1]), 4000)}


class TestForgetting:
    async def test_takes_the_file_and_what_quotes_it_after_seven_days(self, north, south, bring, root, admin):
        done = await bring(north, rows("7,Popescu,Ana,1980-05-01,12.50,", "8,,Ion,,,"))
        fresh = await uploaded(north, GOOD)
        import psycopg
        from psycopg.conninfo import make_conninfo

        with psycopg.connect(make_conninfo(admin, dbname="chairside"), autocommit=True) as db:
            db.execute("alter table import disable trigger audit")
            db.execute("update import set updated_at = updated_at - interval '8 days' where id = %s", [done["id"]])
            db.execute("alter table import enable trigger audit")
        async with north.op() as op:
            from chairside.worker import FORGET_IMPORT_FILES

            assert await op.db.value(FORGET_IMPORT_FILES) == 1
        after = await seen(north, done)
        assert (after["columns"], after["problems"], after["guesses"]) == ([], [], None)
        assert (after["counts"], after["balances"]) == (done["counts"], done["balances"])
        gone = await north.ask("GET", f"/imports/{done['id']}/refused")
        assert (gone.status_code, gone.json()["code"]) == (409, "FileForgotten")
        assert await seen(north, fresh) == fresh
