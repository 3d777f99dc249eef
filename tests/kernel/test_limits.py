"""How often a person and a clinic may ask, and what of it: each limit a setting, each refusal with the seconds to wait."""

from dataclasses import replace

import pytest

from chairside.app import build, enveloped
from tests.asking import ask


@pytest.fixture
def asking(settings, pool):
    """`asking(requests_per_clinic=3)`: an app with these limits; asks it as somebody, so often, and answers the statuses."""

    def with_limits(**limits):
        app = build(replace(settings, **limits))
        app.state.pool = pool
        whole = enveloped(app)

        async def times(clinic, method, path, count, body=b"{}"):
            headers = [("authorization", f"Bearer {clinic.token}"), ("content-type", "application/json")]
            path, _, query = f"/api/v1/clinics/{clinic.slug}{path}".partition("?")
            answers = [await ask(whole, method, path, query=query, headers=headers, body=body) for _ in range(count)]
            for answer in answers:
                if answer.status == 429:
                    assert answer.code == "TooManyRequests"
                    assert 1 <= int(answer.header("retry-after")) <= 10
            return [answer.status for answer in answers]

        return times

    return with_limits


class TestAPerson:
    async def test_writes_so_often_and_goes_on_reading(self, asking, north):
        times = asking(writes_per_principal=2)
        assert (await times(north, "POST", "/patients", 4))[2:] == [429, 429]
        assert await times(north, "GET", "/patients", 3) == [200] * 3

    @pytest.mark.parametrize(
        ("method", "path"), [("POST", "/patients/searches"), ("GET", "/reports/day.csv"), ("GET", "/reports/day-sheet")]
    )
    async def test_has_what_costs_only_so_often(self, asking, north, method, path):
        times = asking(costly_per_principal=2)
        assert await times(north, method, path, 3, b'{"q": "Ana"}') == [200, 200, 429]
        assert await times(north, "GET", "/patients?q=Ana", 2) == [200, 200]

    async def test_has_a_fifth_of_all_for_what_costs_when_nothing_else_is_said(self, asking, north):
        times = asking(requests_per_principal=10)
        assert await times(north, "POST", "/patients/searches", 3, b'{"q": "Ana"}') == [200, 200, 429]


class TestAClinic:
    async def test_asks_so_often_whoever_asks_and_the_next_one_is_not_in_its_way(self, asking, north, south):
        times = asking(requests_per_clinic=3)
        assert await times(north, "GET", "", 4) == [200, 200, 200, 429]
        assert await times(south, "GET", "", 3) == [200] * 3


def test_every_route_is_of_one_kind():
    from tests.walls.test_routes import routes

    kinds = {route.name: route.kind for route in routes()}
    costly = {name for name, kind in kinds.items() if kind == "costly"}
    assert costly >= {
        "draw_invoice", "draw_receipt", "draw_deposit_slip", "draw_day_sheet", "draw_route_slips", "export_day", "export_audit_events",
        "get_refused_rows", "search_patients", "check_duplicates",
    }  # fmt: skip
    assert kinds["get_patient"] == kinds["hear"] == "reading"
    assert kinds["register_patient"] == kinds["cancel_appointment"] == "writing"
