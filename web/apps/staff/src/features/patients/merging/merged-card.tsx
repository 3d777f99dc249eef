import type { Merged, Patient } from '@chairside/api'
import { Button, Card } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Merge } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { useTell } from '@/lib/tell'
import { nameOf } from '../queries'
import { ApartDialog } from './apart-dialog'
import { mergesQuery } from './queries'

/** Whom the record took in; nothing for a record that was always one. */
export function MergedCard({ patient }: { patient: Patient }) {
  const t = useTranslations('merging')
  const writing = useWriting()
  const mayMerge = useMay('patients.merge')
  const tell = useTell()
  const [apart, takeApart] = useState<Merged>()
  const card = useRef<HTMLDivElement>(null)
  const merges = useQuery(mergesQuery(useSlug(), patient.id)).data ?? []
  return (
    <div ref={card} tabIndex={-1} className="rounded-lg empty:hidden">
      {merges.length > 0 && (
        <Card title={t('mergedTitle')}>
          <ul className="grid gap-3 px-4 py-3 text-sm">
            {merges.map(one => (
              <li key={one.id} className="flex flex-wrap items-start gap-x-2.5 gap-y-1.5">
                <Merge aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
                <span className="me-auto grid min-w-0">
                  <span className="wrap-anywhere font-medium">
                    <bdi>{nameOf(one)}</bdi> <bdi>#{one.register_number}</bdi>
                  </span>
                  <span className="text-muted-foreground text-xs">
                    {t('mergedOn', { day: writing.dayOf(one.merged_at), who: one.merged_by ?? t('somebody') })}
                  </span>
                </span>
                {mayMerge && (
                  <Button size="sm" variant="outline" onClick={() => takeApart(one)}>
                    {t('apart')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {apart && (
        <ApartDialog
          patient={patient}
          merge={apart}
          onClose={() => takeApart(undefined)}
          onDone={() => {
            tell(t('didApart', { name: nameOf(apart) }))
            card.current?.focus() // its button is gone
          }}
        />
      )}
    </div>
  )
}
