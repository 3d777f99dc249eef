from chairside.billing.http.closes import router as closes
from chairside.billing.http.invoices import router as invoices
from chairside.billing.http.ledger import router as ledger
from chairside.billing.http.payments import router as payments

routers = (ledger, invoices, payments, closes)
