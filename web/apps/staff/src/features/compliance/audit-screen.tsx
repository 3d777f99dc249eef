import { Button, Empty, notify } from '@chairside/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Download, ScrollText } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Page } from '@/shell/page'
import { EventRow } from './event-row'
import { FilterBar } from './filter-bar'
import { Health } from './health'
import type { Filters } from './model'
import { asked, eventsQuery, fetchFile } from './queries'
import { useStartOf } from './use-start-of'

/** Who saw and changed what. The address holds what is looked for. */
export function AuditScreen({ filters }: { filters: Filters }) {
  const t = useTranslations('audit')
  const clinic = useSlug()
  const { dateOf, dayOf } = useWriting()
  const mayExport = useMay('audit.export')
  const navigate = useNavigate({ from: '/c/$clinic/admin/audit' })
  const wanted = asked(filters, useStartOf())
  const events = useInfiniteQuery(eventsQuery(clinic, wanted))
  return (
    <Page title={t('title')} about={t('about')} end={mayExport && <ExportButton wanted={wanted} />}>
      <div className="grid gap-4">
        <Health />
        <FilterBar filters={filters} onChange={next => navigate({ search: next, replace: true })} />
        <Answer to={events}>
          {({ pages }) => {
            const items = pages.flatMap(page => page.items)
            if (items.length === 0) return <Empty icon={ScrollText} title={t('none')} about={t('noneAbout')} />
            return (
              <div className="overflow-hidden rounded-lg border">
                <ol aria-label={t('title')}>
                  {items.map((one, at) => {
                    const before = items[at - 1]
                    const first = before === undefined || dateOf(before.at) !== dateOf(one.at)
                    return <EventRow key={one.id} event={one} day={first ? dayOf(one.at) : undefined} />
                  })}
                </ol>
              </div>
            )
          }}
        </Answer>
        {events.hasNextPage && (
          <Button
            variant="outline"
            className="justify-self-center"
            disabled={events.isFetchingNextPage}
            onClick={() => events.fetchNextPage()}
          >
            {t('more')}
          </Button>
        )}
      </div>
    </Page>
  )
}

function ExportButton({ wanted }: { wanted: ReturnType<typeof asked> }) {
  const t = useTranslations('audit')
  const clinic = useSlug()
  const { today } = useWriting()
  const regret = useRegret()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      const link = document.createElement('a')
      link.href = URL.createObjectURL(await fetchFile(clinic, wanted))
      link.download = `audit-${clinic}-${today}.csv`
      link.click()
      URL.revokeObjectURL(link.href)
      notify({ tone: 'ok', title: t('exported') })
    } catch (error) {
      regret(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button variant="outline" disabled={busy} onClick={save} title={t('exportAbout')}>
      <Download aria-hidden /> {t('export')}
    </Button>
  )
}
