"""What a test begins with, made through the doors."""

from datetime import date
from typing import Any

from chairside import catalog, patients
from chairside.kernel.money import Money


class Given:
    """One method for each thing that a test may need to exist in a clinic."""

    async def patient(self, clinic: Any, first_name: str = "Ana", last_name: str = "Popescu", **more: Any) -> patients.Patient:
        async with clinic.op() as op:
            facts = {"birth_date": date(1980, 5, 1), "sex": "female", **more}
            return await patients.register(op, first_name=first_name, last_name=last_name, **facts)

    async def service(
        self, clinic: Any, name: str = "Check-up", minutes: int = 30, price: int = 25_000, currency: str = "RON", **more: Any
    ) -> catalog.Service:
        async with clinic.op() as op:
            return await catalog.add_service(op, name=name, duration_minutes=minutes, price=Money(price, currency), **more)
