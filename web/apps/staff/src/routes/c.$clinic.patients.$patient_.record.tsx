import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { RecordScreen } from '@/features/record/record-screen'

const WORDS = ['record', 'history', 'alerts', 'chart', 'perio', 'plans', 'notes', 'prescribing', 'labs', 'imaging'] as const

export const Route = createFileRoute('/c/$clinic/patients/$patient_/record')({
  loader: () => Promise.all(WORDS.map(needWords)),
  component: function Record() {
    const { patient } = Route.useParams()
    return <RecordScreen key={patient} id={patient} />
  },
})
