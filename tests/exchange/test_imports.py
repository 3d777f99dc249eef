"""From the file to the register, through HTTP."""

import csv
import io

import pytest

from tests.exchange.brought import case, drain, everyone, listed, put, rows, seen, uploaded


@pytest.fixture
def bring(conninfo, pool):
    """A file, imported to its end."""

    async def bring_(clinic, content: bytes, **mapping):
        found = await uploaded(clinic, content)
        assert found["status"] == "analysed", found["error"]
        if mapping:
            corrected = await clinic.ask("PUT", f"/imports/{found['id']}/mapping", json=mapping)
            assert corrected.status_code == 200, corrected.text
        started = await clinic.ask("POST", f"/imports/{found['id']}/run")
        assert (started.status_code, started.json()["status"]) == (202, "running"), started.text
        await drain(conninfo, pool)
        return await seen(clinic, found)

    return bring_


class TestOneFile:
    async def test_comes_in(self, north, bring):
        done = await bring(north, rows("7,Popescu,Ana,1980-05-01,12.50,", "8,Popescu,Ion,1979-01-02,,7"))
        assert done["status"] == "done", done["error"]
        assert done["counts"] == {"rows": 2, "accepted": 2, "refused": 0, "warned": 0, "already_present": 0}
        print(done)
