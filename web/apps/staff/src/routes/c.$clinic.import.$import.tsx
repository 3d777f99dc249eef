import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { ImportScreen } from '@/features/exchange'

export const Route = createFileRoute('/c/$clinic/import/$import')({
  loader: () => Promise.all([needWords('imports'), needWords('refusals')]),
  component: function OneImport() {
    const { import: id } = Route.useParams()
    return <ImportScreen key={id} id={id} />
  },
})
