"""What a test begins with, made through the doors."""

from datetime import date, datetime
from typing import Any

from chairside import billing, catalog, patients, scheduling
from chairside.kernel import clock
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

    async def provider(self, clinic: Any, name: str = "Dr. Ioana Marin", **more: Any) -> scheduling.Provider:
        async with clinic.op() as op:
            return await scheduling.add_provider(op, name=name, **more)

    async def operatory(self, clinic: Any, name: str = "Chair 1", **more: Any) -> scheduling.Operatory:
        async with clinic.op() as op:
            return await scheduling.add_operatory(op, name=name, **more)

    async def appointment(
        self, clinic: Any, *, starts_at: datetime, patient: Any = None, provider: Any = None, service: Any = None, **more: Any
    ) -> scheduling.Appointment:
        """With a patient, a provider and a service of its own, unless they are given."""
        patient, provider = patient or await self.patient(clinic), provider or await self.provider(clinic)
        service = service or await self.service(clinic)
        wanted = {"patient_id": patient.id, "provider_id": provider.id, "service_id": service.id, "starts_at": starts_at}
        async with clinic.op() as op:
            return await scheduling.book(op, **wanted, **more)

    async def charge(self, clinic: Any, patient: Any, amount: int = 10_000, description: str = "Cleaning") -> billing.Charge:
        async with clinic.op(now=clock.now()) as op:
            price = Money(amount, op.clinic.currency)
            return await billing.charge(op, patient_id=patient.id, description=description, price=price)

    async def invoice(self, clinic: Any, patient: Any, *amounts: int, issued: bool = True, **more: Any) -> billing.Sheet:
        """Of new charges of these amounts, minor units."""
        charges = [await self.charge(clinic, patient, amount) for amount in amounts or (10_000,)]
        async with clinic.op(now=clock.now()) as op:
            invoice_id = await billing.draft(op, patient_id=patient.id, charge_ids=[charge.id for charge in charges], **more)
            if issued:
                await billing.issue(op, invoice_id=invoice_id)
            return await billing.get_invoice(op, invoice_id=invoice_id)

    async def payment(self, clinic: Any, patient: Any, amount: int, parts: Any = None, method: Any = "cash") -> billing.Paid:
        async with clinic.op(now=clock.now()) as op:
            money = Money(amount, op.clinic.currency)
            chosen = None if parts is None else [(id, Money(part, op.clinic.currency)) for id, part in parts]
            payment_id = await billing.collect(op, patient_id=patient.id, amount=money, method=method, parts=chosen)
            return await billing.get_payment(op, payment_id=payment_id)
