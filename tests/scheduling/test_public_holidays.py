"""Public holidays to choose from: by country and year, none of them twice."""

import asyncio
import subprocess
import sys
from datetime import date

import pytest

from chairside.scheduling.rules import public_holidays


class TestCountryOf:
    @pytest.mark.parametrize(
        "address, timezone, locale, country",
        [
            (None, "Europe/Bucharest", "ro", "RO"),
            (None, "America/Los_Angeles", "en-US", "US"),
            (None, "Asia/Calcutta", "en-IN", "IN"),
            (None, "Asia/Kolkata", "en-IN", "IN"),
            (None, "Europe/Kyiv", "en-US", "UA"),
            ("de", "Europe/Bucharest", "ro", "DE"),
            (" Germania ", "Europe/Bucharest", "ro", "DE"),
            ("Germany", "Europe/Bucharest", "ro", "DE"),
            ("somewhere", "Europe/Bucharest", "ro", "RO"),
            (None, "UTC", "en-US", None),
            ("", "Etc/GMT+3", "xx", None),
        ],
    )
    def test_is_where_the_address_or_else_the_zone_is(self, address, timezone, locale, country):
        assert public_holidays.country_of(address=address, timezone=timezone, locale=locale) == country


class TestSuggested:
    def test_are_by_date_and_in_the_clinics_language(self):
        days = public_holidays.suggested("RO", 2027, locale="ro")
        assert days == sorted(days)
        assert (date(2027, 12, 25), "Crăciunul") in [(one.date, one.name) for one in days] or days[-1].date == date(2027, 12, 26)
        english = {one.date: one.name for one in public_holidays.suggested("RO", 2027, locale="en-US")}
        assert english[date(2027, 12, 25)] == "Christmas Day"

    def test_are_once_a_day_and_within_the_year(self):
        for country in ("US", "GB", "DE", "IL", "AE", "JP"):
            days = [one.date for one in public_holidays.suggested(country, 2027, locale="en-US")]
            assert days and len(set(days)) == len(days) and {day.year for day in days} == {2027}, country

    def test_have_regions_with_names_where_people_have_them(self):
        for country in public_holidays.countries():
            known = public_holidays.regions(country)
            assert all(one.code and one.name for one in known), country
            assert len({one.code for one in known}) == len(known), country
        assert public_holidays.regions("XX") == ()
        assert ("ZH", "Zürich") in public_holidays.regions("CH")
        assert ("CA", "California") in public_holidays.regions("US")

    def test_are_none_of_a_country_that_nobody_knows(self):
        assert public_holidays.suggested("XX", 2027, locale="ro") == []


def test_the_package_is_loaded_only_when_somebody_asks():
    """It is large; a process that nobody asks never has it."""
    asked = "import sys, chairside.app; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", asked], check=False).returncode == 0


class TestHolidaySuggestions:
    async def test_are_those_of_the_clinics_country(self, north):
        await north.ask("POST", "/holidays", json={"date": "2027-12-25", "name": "Ours"})
        found = (await north.ask("GET", "/holiday-suggestions", params={"year": 2027})).json()
        assert (found["country"], found["year"]) == ("RO", 2027)
        closed = {one["date"]: one["closed"] for one in found["items"]}
        assert closed["2027-12-25"] is True and closed["2027-12-01"] is False
        assert {"RO", "US", "DE"} <= set(found["countries"])

    async def test_are_those_of_another_when_asked(self, north):
        found = (await north.ask("GET", "/holiday-suggestions", params={"year": 2027, "country": "US"})).json()
        assert "2027-07-04" in [one["date"] for one in found["items"]]

    async def test_ask_where_nobody_knows(self, north):
        assert (await north.ask("PATCH", "", version=1, json={"timezone": "UTC"})).status_code == 200
        found = (await north.ask("GET", "/holiday-suggestions", params={"year": 2027})).json()
        assert (found["country"], found["items"]) == (None, [])

    @pytest.mark.parametrize("asked", [{}, {"year": 1999}, {"year": "x"}, {"year": 2027, "country": "usa"}])
    async def test_point_at_what_is_wrong(self, north, asked):
        assert (await north.ask("GET", "/holiday-suggestions", params=asked)).status_code == 422

    async def test_are_of_the_region_that_is_asked_for_or_that_the_clinic_keeps(self, north, south):
        async def names(clinic, **query):
            found = (await clinic.ask("GET", "/holiday-suggestions", params={"year": 2027, "country": "DE", **query})).json()
            return found["region"], {one["date"] for one in found["items"]}, found["regions"]

        epiphany, reformation = "2027-01-06", "2027-10-31"
        region, days, regions = await names(north)
        assert (region, epiphany in days) == (None, False)
        assert {"code": "BY", "name": "Bayern"} in regions
        assert (await names(north, region="BY"))[:1] == ("BY",)
        assert epiphany in (await names(north, region="BY"))[1]
        assert reformation in (await names(north, region="SN"))[1]
        kept = await north.ask("PATCH", "", version=1, json={"holiday_region": "DE-BY"})
        assert kept.json()["holiday_region"] == "DE-BY"
        assert (await names(north))[0] == "BY"
        assert epiphany in (await names(north))[1]
        assert (await names(north, region=""))[0] is None
        assert (await names(south))[0] is None
        of_us = (await north.ask("GET", "/holiday-suggestions", params={"year": 2027, "country": "US"})).json()
        assert of_us["region"] is None
        assert (await north.ask("PATCH", "", version=2, json={"holiday_region": None})).json()["holiday_region"] is None

    async def test_are_of_the_region_in_the_address(self, north):
        address = {"country": "Schweiz", "region": " Zürich "}
        await north.ask("PATCH", "", version=1, json={"locale": "de-CH", "address": address})
        found = (await north.ask("GET", "/holiday-suggestions", params={"year": 2027})).json()
        assert (found["country"], found["region"]) == ("CH", "ZH")

    @pytest.mark.parametrize("wrong", ["XX", "by", "CA"])
    async def test_of_a_region_that_is_none_are_refused(self, north, wrong):
        refused = await north.ask("GET", "/holiday-suggestions", params={"year": 2027, "country": "DE", "region": wrong})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not_a_region")
        refused = await north.ask("PATCH", "", version=1, json={"holiday_region": f"DE-{wrong}"})
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "not_a_region")

    async def test_are_for_who_may_close_days(self, ask_with):
        assert (await ask_with("clinic.read", "GET", "/holiday-suggestions", params={"year": 2027})).status_code == 403


class TestHolidayChoices:
    async def test_are_added_and_never_twice(self, north, south):
        chosen = [{"date": "2027-12-25", "name": "Crăciunul"}, {"date": "2027-01-01", "name": "Anul Nou"}]
        added = await north.ask("POST", "/holiday-choices", json={"holidays": [*chosen, chosen[0] | {"name": "Again"}]})
        assert added.status_code == 201, added.text
        assert [(one["date"], one["name"]) for one in added.json()["items"]] == [
            ("2027-01-01", "Anul Nou"),
            ("2027-12-25", "Crăciunul"),
        ]
        more = [*chosen, {"date": "2027-12-26", "name": "A doua zi"}]
        again = (await north.ask("POST", "/holiday-choices", json={"holidays": more})).json()
        assert [one["date"] for one in again["items"]] == ["2027-12-26"]
        assert len((await north.ask("GET", "/holidays")).json()["items"]) == 3
        assert (await south.ask("GET", "/holidays")).json()["items"] == []

    async def test_of_several_at_once_make_each_day_once(self, north):
        chosen = {"holidays": [{"date": f"2027-05-{day:02}", "name": "x"} for day in range(1, 20)]}
        answers = await asyncio.gather(*(north.ask("POST", "/holiday-choices", json=chosen) for _ in range(5)))
        assert {answer.status_code for answer in answers} == {201}
        assert sum(len(answer.json()["items"]) for answer in answers) == 19

    async def test_are_at_least_one(self, north):
        assert (await north.ask("POST", "/holiday-choices", json={"holidays": []})).status_code == 422
