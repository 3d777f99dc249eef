"""What a clinic says about its page."""

import pytest

NEVER = "00000000-0000-7000-8000-000000000001"


class TestSettings:
    async def test_begin_closed_with_nothing_offered(self, north):
        found = (await north.ask("GET", "/booking-page")).json()
        assert (found["open"], found["services"], found["version"]) == (False, [], 0)

    async def test_are_kept_as_they_are_set(self, page, given, north):
        other = await given.service(north, name="Hygiene", code="HYG")
        services = [{"service_id": str(other.id)}, {"service_id": str(page.service.id), "provider_ids": [str(page.provider.id)]}]
        sent = {
            "change_hours": 48,
            "policy_url": "https://example.com/privacy",
            "policy_words": "Privacy",
            "embedders": ["https://www.example.com/"],
        }
        found = await page.set(services=services, **sent)
        assert found | sent == found | {"embedders": ["https://www.example.com/"]}
        assert found["embedders"] == ["https://www.example.com"]
        assert [(one["name"], one["provider_ids"]) for one in found["services"]] == [
            ("Hygiene", []),
            ("Check-up", [str(page.provider.id)]),
        ]
        assert (await north.ask("GET", "/booking-page")).json() == found
        assert (await page.set(services=services[:1]))["services"][0]["name"] == "Hygiene"

    async def test_are_not_written_over_unseen(self, page):
        sent = page.sent | {"open": False}
        for version, status in ((7, 412), (0, 412), (1, 200)):
            answer = await page.clinic.ask("PUT", "/booking-page", json=sent, version=version)
            assert answer.status_code == status

    @pytest.mark.parametrize(
        "wrong",
        [
            {"policy_url": "http://example.com"}, {"policy_url": "javascript:alert(1)"}, {"embedders": ["https://a.test/path"]},
            {"embedders": ["https://a.test; script-src *"]}, {"embedders": ["*"]}, {"notice_hours": -1}, {"days_ahead": 366},
            {"change_hours": "24"}, {"answer_hours": 0}, {"stranger": 1},
        ],
    )  # fmt: skip
    async def test_are_refused_where_they_make_no_sense(self, page, wrong):
        before = (await page.clinic.ask("GET", "/booking-page")).json()
        answer = await page.clinic.ask("PUT", "/booking-page", json=page.sent | wrong)
        assert answer.status_code == 422
        assert (await page.clinic.ask("GET", "/booking-page")).json() == before

    async def test_name_nothing_of_another_clinic(self, page, given, south):
        service, provider = await given.service(south), await given.provider(south)
        for services in (
            [{"service_id": str(service.id)}],
            [{"service_id": str(page.service.id), "provider_ids": [str(provider.id)]}],
        ):
            answer = await page.clinic.ask("PUT", "/booking-page", json=page.sent | {"services": services})
            assert answer.status_code == 404
        twice = [{"service_id": str(page.service.id)}] * 2
        assert (await page.clinic.ask("PUT", "/booking-page", json=page.sent | {"services": twice})).status_code == 422
