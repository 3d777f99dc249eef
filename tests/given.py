"""What a test begins with, made through the doors."""

from datetime import date
from typing import Any

from chairside import patients


class Given:
    """One method for each thing that a test may need to exist in a clinic."""

    async def patient(self, clinic: Any, first_name: str = "Ana", last_name: str = "Popescu", **more: Any) -> patients.Patient:
        async with clinic.op() as op:
            facts = {"birth_date": date(1980, 5, 1), "sex": "female", **more}
            return await patients.register(op, first_name=first_name, last_name=last_name, **facts)
