"""Whatever is sent, the answer is quick, clear, and never our fault."""

import json

import pytest

ANA = {"first_name": "Ana", "last_name": "Dinu", "birth_date": "1980-05-01"}


async def post(clinic, raw: bytes, kind="application/json", path="/patients"):
    return await clinic.ask("POST", path, content=raw, headers={"content-type": kind})


class TestJson:
    @pytest.mark.parametrize(
        "raw",
        [
            b"", b"{", b"[]", b"null", b'"x"', b"1", b"\xff\xfe", b'{"first_name": NaN}', b'{"first_name": Infinity}',
            b'{"first_name": 1e400}', b'{"first_name": ' + b"9" * 5000 + b"}", b"[" * 50_000, b'{"a":' * 20_000,
            b'{"first_name": "Ana", "first_name": "Eva"}', b'{"first_name": "a\\u0000b"}', b'{"first_name": "\\ud800"}',
            b'{"first_name": "a\x00b"}', b'{"first_name": {"a": 1}}', b'{"first_name": ["x"]}', b'{"first_name": true}',
        ],
        ids=range(20),
    )  # fmt: skip
    async def test_that_is_wrong_is_refused_with_a_sentence(self, north, raw):
        answer = await post(north, raw)
        assert answer.status_code == 422, answer.text
        body = answer.json()
        assert body["code"] == "Malformed"
        assert all(error["detail"] for error in body["errors"])

    @pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
    async def test_says_where_a_character_cannot_be_stored(self, north, text):
        raw = json.dumps({**ANA, "contacts": [{"type": "home", "value": text}]}).encode()
        assert (await post(north, raw)).json()["errors"][0]["pointer"] == "/contacts/0/value"

    async def test_that_only_looks_suspicious_is_kept_as_typed(self, north):
        raw = json.dumps({**ANA, "note": "\\u0000 \\ud800 \U0001f600"}).encode()
        answer = await post(north, raw)
        assert (answer.status_code, answer.json()["note"]) == (201, "\\u0000 \\ud800 \U0001f600")

    async def test_of_ten_megabytes_is_refused(self, north):
        answer = await post(north, b'{"note": "' + b"x" * 10_000_000 + b'"}')
        assert (answer.status_code, answer.json()["code"]) == (413, "BodyTooLarge")

    @pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])
    async def test_must_say_that_it_is_json(self, north, kind):
        answer = await post(north, json.dumps(ANA).encode(), kind)
        assert (answer.status_code, answer.json()["code"]) == (415, "NotJson")


class TestAddress:
    @pytest.mark.parametrize("path", ["/patients/not-an-id", "/patients/1", "/patients/%F0%9F%98%80"])
    async def test_with_something_that_is_no_id_is_refused(self, north, path):
        assert (await north.ask("GET", path)).status_code == 422

    async def test_with_a_nul_is_refused(self, north):
        assert (await north.ask("GET", "/patients?q=%00")).status_code == 422
        assert (await north.ask("GET", "/patients/%00")).status_code == 422

    @pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "limit=99999999999999999999", "cursor=" + "x" * 3000])
    async def test_with_a_senseless_parameter_is_refused(self, north, query):
        assert (await north.ask("GET", f"/patients?{query}")).status_code == 422

    async def test_that_does_not_exist_is_a_problem_too(self, north, http):
        for method, path, status in (("GET", "/nothing", 404), ("PUT", "/patients", 405)):
            answer = await north.ask(method, path)
            assert answer.status_code == status
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["request_id"] == answer.headers["x-request-id"]


class TestCredentials:
    async def test_come_before_everything_else(self, http, north):
        for headers in ({}, {"authorization": "Bearer x"}, {"authorization": "Basic eDp5"}, {"cookie": "chairside=x"}):
            answer = await http.post(
                "/clinics/never-was/patients", content=b"{", headers=headers | {"sec-fetch-site": "same-origin"}
            )
            assert (answer.status_code, answer.json()["code"]) == (401, "NotSignedIn"), headers

    async def test_are_never_two_at_once(self, north):
        answer = await north.ask("GET", "/patients", headers={"cookie": "chairside=x"})
        assert (answer.status_code, answer.json()["code"]) == (401, "BothCredentials")


class TestIdempotency:
    async def test_gives_the_same_answer_again_and_does_the_work_once(self, north):
        asked = {"json": ANA, "headers": {"idempotency-key": "k"}}
        first, second = await north.ask("POST", "/patients", **asked), await north.ask("POST", "/patients", **asked)
        assert (first.status_code, second.status_code) == (201, 201)
        assert first.content == second.content
        assert len((await north.ask("GET", "/patients")).json()["items"]) == 1

    async def test_is_kept_for_every_kind_of_write(self, north):
        """The answer was lost on its way: asked again, a change says what became of it, not that somebody else was faster."""
        key = {"headers": {"idempotency-key": "k"}, "version": 1}
        patient = (await north.ask("POST", "/patients", json=ANA)).json()
        ways = [
            ("PATCH", f"/patients/{patient['id']}", {"json": {"note": "x"}, **key}, 200),
            ("PUT", "/hours", {"json": {"weekly": {"1": [["08:00", "12:00"]]}}, "headers": key["headers"]}, 200),
            ("DELETE", f"/patients/{patient['id']}/archival", {"headers": key["headers"]}, 200),
        ]
        holiday = (await north.ask("POST", "/holidays", json={"date": "2030-01-01", "name": "New Year"})).json()
        ways.append(("DELETE", f"/holidays/{holiday['id']}", {"headers": {"idempotency-key": "none left"}}, 204))
        await north.ask("POST", f"/patients/{patient['id']}/archival")
        for method, path, asked, status in ways[1:] + ways[:1]:
            if method == "PATCH":
                asked["version"] = (await north.ask("GET", path)).json()["version"]
            first, second = await north.ask(method, path, **asked), await north.ask(method, path, **asked)
            assert (first.status_code, second.status_code) == (status, status), (method, first.text, second.text)
            assert first.content == second.content
        other = await north.ask("PATCH", f"/patients/{patient['id']}", json={"note": "y"}, version=asked["version"])
        assert (other.status_code, other.json()["code"]) == (412, "PatientIsStale")

    async def test_refuses_the_key_with_another_body(self, north):
        await north.ask("POST", "/patients", json=ANA, headers={"idempotency-key": "k"})
        answer = await north.ask("POST", "/patients", json=ANA | {"note": "x"}, headers={"idempotency-key": "k"})
        assert (answer.status_code, answer.json()["code"]) == (422, "IdempotencyKeyReused")

    async def test_keeps_nothing_of_a_refusal(self, north):
        taken = {**ANA, "register_number": "1"}
        await north.ask("POST", "/patients", json=taken)
        again = {"json": taken, "headers": {"idempotency-key": "k"}}
        assert (await north.ask("POST", "/patients", **again)).status_code == 409
        patient = (await north.ask("GET", "/patients")).json()["items"][0]
        await north.ask("PATCH", f"/patients/{patient['id']}", json={"register_number": "2"}, version=1)
        assert (await north.ask("POST", "/patients", **again)).status_code == 201

    async def test_belongs_to_one_clinic(self, north, south):
        asked = {"json": ANA, "headers": {"idempotency-key": "k"}}
        first, second = await north.ask("POST", "/patients", **asked), await south.ask("POST", "/patients", **asked)
        assert first.json()["id"] != second.json()["id"]

    @pytest.mark.parametrize("key", ["x" * 201, b"\xc3\xa9", "a\tb"])
    async def test_refuses_a_key_that_is_none(self, north, key):
        answer = await north.ask("POST", "/patients", json=ANA, headers={"idempotency-key": key})
        assert answer.json()["code"] == "BadIdempotencyKey"


class TestVersion:
    @pytest.mark.parametrize("version", ["1", "x", '"x"', '"99999999999"', '"1", "2"', '""'])
    async def test_that_is_none_is_refused(self, north, given, version):
        patient = await given.patient(north)
        answer = await north.ask("PATCH", f"/patients/{patient.id}", json={"note": "x"}, headers={"if-match": version})
        assert answer.status_code == 422

    async def test_that_is_missing_is_asked_for(self, north, given):
        patient = await given.patient(north)
        for headers in ({}, {"if-match": "*"}):
            answer = await north.ask("PATCH", f"/patients/{patient.id}", json={"note": "x"}, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (428, "VersionRequired")


class TestHeaders:
    async def test_guard_every_answer(self, north, http):
        for answer in (await north.ask("GET", "/patients"), await north.ask("GET", "/nothing"), await http.get("/deployment")):
            assert answer.headers["cache-control"] == "no-store"
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["referrer-policy"] == "no-referrer"
            policy = answer.headers["content-security-policy"]
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
