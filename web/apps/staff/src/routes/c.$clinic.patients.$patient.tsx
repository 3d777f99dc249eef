import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { BalanceCard, LedgerSection } from '@/features/billing'
import { AlertBanner } from '@/features/history'
import { PatientScreen, Summary } from '@/features/patients'
import { TABS, type Tab } from '@/features/patients/tabs'
import { RecallsCard, WaitAgain, WaitlistCard } from '@/features/recalls'
import { PatientVisits } from '@/features/scheduling'

/** A tab that few open comes when it is. */
const MedicalSection = lazy(() => import('@/features/history/medical-section').then(one => ({ default: one.MedicalSection })))
const DetailsSection = lazy(() => import('@/features/patients/details-section').then(one => ({ default: one.DetailsSection })))
const MessagesSection = lazy(() => import('@/features/messages/messages-section').then(one => ({ default: one.MessagesSection })))
const OpenedSection = lazy(() => import('@/features/compliance/opened-section').then(one => ({ default: one.OpenedSection })))
const PerioSection = lazy(() => import('@/features/charting/perio').then(one => ({ default: one.PerioSection })))
const NotesSection = lazy(() => import('@/features/notes/notes-section').then(one => ({ default: one.NotesSection })))
const OrdersSection = lazy(() => import('@/features/orders/orders-section').then(one => ({ default: one.OrdersSection })))
const PlanSection = lazy(() => import('@/features/treatment').then(one => ({ default: one.PlanSection })))
const ImagingSection = lazy(() => import('@/features/imaging/imaging-section').then(one => ({ default: one.ImagingSection })))
const ChartSection = lazy(() => import('@/features/charting').then(one => ({ default: one.ChartSection })))

export const Route = createFileRoute('/c/$clinic/patients/$patient')({
  validateSearch: (search: Record<string, unknown>): { tab?: Tab } => ({ tab: TABS.find(tab => tab === search.tab) }),
  loaderDeps: ({ search }) => ({
    access: search.tab === 'access',
    chart: search.tab === 'chart',
    medical: search.tab === 'medical',
    perio: search.tab === 'perio',
    messages: search.tab === 'messages',
    notes: search.tab === 'notes',
    orders: search.tab === 'orders',
    plan: search.tab === 'plan',
    imaging: search.tab === 'imaging',
  }),
  loader: async ({ deps }) => {
    await Promise.all([
      needWords('care'),
      needWords('letters'),
      needWords('merging'),
      needWords('proxies'),
      needWords('recalls'),
      ...(deps.medical ? [needWords('history'), needWords('alerts')] : []),
      ...(deps.messages ? [needWords('messages')] : []),
      ...(deps.notes ? [needWords('notes'), needWords('chart')] : []),
      ...(deps.orders ? [needWords('prescribing'), needWords('labs'), needWords('chart')] : []),
      ...(deps.imaging ? [needWords('imaging'), needWords('chart')] : []),
      ...(deps.chart ? [needWords('chart')] : []),
      ...(deps.plan ? [needWords('plans'), needWords('chart'), needWords('setup')] : []),
      ...(deps.perio ? [needWords('chart'), needWords('perio')] : []),
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
        alerts={one => <AlertBanner patient={one} className="px-6 pb-3 max-sm:px-4" />}
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
          chart: one => (
            <Suspense>
              <ChartSection patient={one} />
            </Suspense>
          ),
          perio: one => (
            <Suspense>
              <PerioSection patient={one} />
            </Suspense>
          ),
          notes: one => (
            <Suspense>
              <NotesSection patient={one} />
            </Suspense>
          ),
          orders: one => (
            <Suspense>
              <OrdersSection patient={one} />
            </Suspense>
          ),
          plan: one => (
            <Suspense>
              <PlanSection patient={one} />
            </Suspense>
          ),
          imaging: one => (
            <Suspense>
              <ImagingSection patient={one} />
            </Suspense>
          ),
          medical: one => (
            <Suspense>
              <MedicalSection patient={one} />
            </Suspense>
          ),
          appointments: one => <PatientVisits patient={one.id} instead={visit => <WaitAgain patient={one} visit={visit} />} />,
          messages: one => (
            <Suspense>
              <MessagesSection patient={one} />
            </Suspense>
          ),
          ledger: one => <LedgerSection patient={one} />,
          details: one => (
            <Suspense>
              <DetailsSection patient={one} />
            </Suspense>
          ),
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
