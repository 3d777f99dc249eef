"""Whoever asks for nobody in particular goes to whose turn it is."""

from collections import Counter

from tests.booking.conftest import WHO


async def test_visits_with_anybody_are_shared_among_who_is_free(page, given):
    others = [await given.provider(page.clinic) for _ in range(2)]
    ids = [str(one.id) for one in (page.provider, *others)]
    await page.set(services=[{"service_id": str(page.service.id), "provider_ids": ids}])
    for number in range(9):
        hold = await page.kept()
        answer = await page.book(hold, **WHO | {"first_name": f"Visitor{number}", "mobile": f"+40 722 000 {number:03}"})
        assert answer.status_code == 201, answer.text
    counts = Counter(one["provider_id"] for one in await page.visits())
    assert set(counts) == set(ids) and max(counts.values()) - min(counts.values()) <= 1, counts
