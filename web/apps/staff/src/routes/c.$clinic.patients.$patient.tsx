import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { BalanceCard, LedgerSection } from '@/features/billing'
import { MessagesSection } from '@/features/messages'
import { DetailsSection, PatientScreen, Summary } from '@/features/patients'
import { TABS, type Tab } from '@/features/patients/tabs'
import { RecallsCard, WaitlistCard } from '@/features/recalls'
import { PatientVisits } from '@/features/scheduling'

/** A tab that few open comes when it is. */
const OpenedSection = lazy(() => import('@/features/compliance/opened-section').then(one => ({ default: one.OpenedSection })))

export const Route = createFileRoute('/c/$clinic/patients/$patient')({
  validateSearch: (search: Record<string, unknown>): { tab?: Tab } => ({ tab: TABS.find(tab => tab === search.tab) }),
  loaderDeps: ({ search }) => ({ access: search.tab === 'access', messages: search.tab === 'messages' }),
  loader: async ({ deps }) => {
    await Promise.all([
      needWords('care'),
      needWords('merging'),
      needWords('proxies'),
      needWords('recalls'),
      ...(deps.messages ? [needWords('messages')] : []),
      ...(deps.access ? [needWords('audit'), needWords('people')] : []),
    ])
  },
  component: function Patient() {
    const { patient } = Route.useParams()
    const { tab = 'summary' } = Route.useSearch()
    return (
      <PatientScreen
        key={patient}
        id={patient}
        tab={tab}
        sections={{
          summary: one => (
            <Summary
              patient={one}
              visits={<PatientVisits patient={one.id} coming />}
              balance={<BalanceCard patient={one} />}
              recalls={
                <>
                  <RecallsCard patient={one} />
                  <WaitlistCard patient={one} />
                </>
              }
            />
          ),
          appointments: one => <PatientVisits patient={one.id} />,
          messages: one => <MessagesSection patient={one} />,
          ledger: one => <LedgerSection patient={one} />,
          details: one => <DetailsSection patient={one} />,
          access: one => (
            <Suspense>
              <OpenedSection patient={one} />
            </Suspense>
          ),
        }}
      />
    )
  },
})
