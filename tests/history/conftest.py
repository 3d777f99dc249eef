import pytest


@pytest.fixture
async def maria(north, given):
    return await given.patient(north, first_name="Maria")
