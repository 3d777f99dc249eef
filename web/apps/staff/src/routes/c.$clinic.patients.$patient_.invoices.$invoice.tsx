import { createFileRoute } from '@tanstack/react-router'
import { InvoiceScreen } from '@/features/billing'

export const Route = createFileRoute('/c/$clinic/patients/$patient_/invoices/$invoice')({
  component: function Invoice() {
    const { invoice } = Route.useParams()
    return <InvoiceScreen key={invoice} id={invoice} />
  },
})
