import type { Import } from '@chairside/api'
import { Banner, Button, Card } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { CircleCheck, RotateCcw, Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { Counts } from './counts'
import { Present } from './present'
import { Problems } from './problems'
import { Reconciliation } from './reconciliation'
import { UndoDialog } from './undo-dialog'
import { useImportWords } from './use-import-words'

/** They are in. What came of every row, where every cent is, and the way back. */
export function Result({ one }: { one: Import }) {
  const t = useTranslations('imports')
  const clinic = useSlug()
  const words = useImportWords()
  const [undoing, setUndoing] = useState(false)
  return (
    <div className="grid gap-4">
      {one.error && <Banner title={words.failure(one.error)} />}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <p className="me-auto flex items-center gap-2 font-semibold text-lg">
          <CircleCheck aria-hidden className="size-5 text-ok" />
          {t('doneTitle', { count: one.counts?.accepted ?? 0 })}
        </p>
        <Button variant="outline" onClick={() => setUndoing(true)}>
          <RotateCcw aria-hidden className="rtl:-scale-x-100" /> {t('undo')}
        </Button>
        <Button asChild>
          <Link to="/c/$clinic/patients" params={{ clinic }} search={{}}>
            <Users aria-hidden /> {t('seePatients')}
          </Link>
        </Button>
      </div>
      <Counts one={one} over />
      <Reconciliation one={one} />
      <Problems one={one} />
      <Present one={one} />
      <Again />
      {undoing && <UndoDialog one={one} onClose={() => setUndoing(false)} />}
    </div>
  )
}

/** Taken back. Who was touched since is named: they stayed. */
export function UndoneResult({ one }: { one: Import }) {
  const t = useTranslations('imports')
  const clinic = useSlug()
  const writing = useWriting()
  const { undone } = one
  return (
    <div className="grid gap-4">
      {one.undone_at && (
        <Banner tone="info" title={t('undoneTitle', { count: undone?.removed ?? 0 })}>
          <p>{t('undoneOn', { day: writing.dayOf(one.undone_at) })}</p>
        </Banner>
      )}
      {!!undone?.kept_count && (
        <Card title={t('kept', { count: undone.kept_count })}>
          <p className="px-4 pt-3 text-muted-foreground text-sm">{t('keptAbout')}</p>
          <ul className="px-4 py-2 text-sm">
            {undone.kept.map(({ patient, why }) => (
              <li key={patient.id} className="flex flex-wrap items-center gap-x-3 border-t py-2 first:border-t-0">
                <Link
                  to="/c/$clinic/patients/$patient"
                  params={{ clinic, patient: patient.id }}
                  search={{}}
                  className="font-medium underline-offset-4 hover:underline"
                >
                  <bdi>{`${patient.first_name} ${patient.last_name}`}</bdi>
                </Link>
                <bdi className="text-muted-foreground">#{patient.register_number}</bdi>
                <span className="ms-auto text-muted-foreground">{t(`why.${why}`)}</span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <Reconciliation one={one} />
      <Again />
    </div>
  )
}

const Again = () => {
  const t = useTranslations('imports')
  const clinic = useSlug()
  return (
    <p>
      <Link to="/c/$clinic/import" params={{ clinic }} className="font-medium text-primary text-sm underline underline-offset-4">
        {t('again')}
      </Link>
    </p>
  )
}
