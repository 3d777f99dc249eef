"""How billing says no."""

from chairside.kernel.refusals import Conflict, Missing, Stale


class NoSuchCharge(Missing):
    """There is no such charge in this clinic."""


class NoSuchInvoice(Missing):
    """There is no such invoice in this clinic."""


class NoSuchPayment(Missing):
    """There is no such payment in this clinic."""


class NoSuchDayClose(Missing):
    """There is no such close in this clinic."""


class DayClosedMeanwhile(Conflict):
    """Somebody closed or reopened the day while you were counting; look at what there is to count now."""


class DrawerChanged(Conflict):
    """Money came in or was given back while you were counting; look at what there is to count now."""


class NotTheLastClose(Conflict):
    """Only the last close can be reopened, and this is not the last one."""


class CashDrawerIsStale(Stale):
    """Somebody changed the drawer's settings while you were looking at them."""


class ChargeIsStale(Stale):
    """Somebody changed this charge while you were looking at it."""


class InvoiceIsStale(Stale):
    """Somebody changed this invoice while you were looking at it."""


class PaymentIsStale(Stale):
    """Somebody changed this payment while you were looking at it."""


class ChargeAlreadyBilled(Conflict):
    """This charge is on an invoice already; void that one or delete its draft first."""


class ChargeAlreadyReversed(Conflict):
    """This charge was taken back before."""


class AlreadyInvoiced(Conflict):
    """What was done on this visit is on an invoice; void that one or delete its draft first."""


class NothingToBill(Conflict):
    """This patient has no charges that are not on an invoice yet."""


class InvoiceIsDraft(Conflict):
    """This invoice is a draft; issue it first."""


class InvoiceIsIssued(Conflict):
    """This invoice is issued; it can be paid or voided, not changed."""


class InvoiceIsVoid(Conflict):
    """This invoice is void."""


class InvoiceOfAnotherFamily(Conflict):
    """A payment covers invoices of the patient's own family, for which the same person answers."""


class MoreThanDue(Conflict):
    """This is more than is due on the invoice."""


class MoreThanPaid(Conflict):
    """The parts are more than the payment."""


class MoreThanRefundable(Conflict):
    """This is more than is left of the payment."""


class NotEnoughCredit(Conflict):
    """The patient and their family have less unapplied credit than that."""
