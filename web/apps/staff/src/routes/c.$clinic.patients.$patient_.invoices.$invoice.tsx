import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { InvoiceScreen } from '@/features/billing'
import { AlertBanner } from '@/features/history'

export const Route = createFileRoute('/c/$clinic/patients/$patient_/invoices/$invoice')({
  loader: () => needWords('letters'),
  component: function Invoice() {
    const { invoice } = Route.useParams()
    return (
      <InvoiceScreen
        key={invoice}
        id={invoice}
        alerts={patient => <AlertBanner patient={{ id: patient }} className="border-b px-6 py-2 max-sm:px-4" />}
      />
    )
  },
})
