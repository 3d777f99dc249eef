import type { Patient, Recall } from '@chairside/api'
import { Button, Card } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf } from '@/features/patients'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { RecallChip, useIntervalWords } from './chip'
import { freeTypes } from './model'
import { patientRecallsQuery, recallTypesQuery } from './queries'
import { useRecallActs } from './use-recall-acts'

const NewRecallSheet = lazy(() => import('./recall-sheet').then(one => ({ default: one.NewRecallSheet })))
const RecallSheet = lazy(() => import('./recall-sheet').then(one => ({ default: one.RecallSheet })))
const RecallDialogs = lazy(() => import('./recall-dialogs').then(one => ({ default: one.RecallDialogs })))

type Open = { what: 'add' } | { what: 'change' | 'close'; recall: Recall }

/** What a patient is called in for, on their page. */
export function RecallsCard({ patient }: { patient: Patient }) {
  const maySee = useMay('recalls.read')
  return maySee ? <Recalls patient={patient} /> : null
}

function Recalls({ patient }: { patient: Patient }) {
  const t = useTranslations('recalls')
  const clinic = useSlug()
  const writing = useWriting()
  const interval = useIntervalWords()
  const mayWrite = useMay('recalls.write') && !patient.archived_at
  const recalls = useQuery(patientRecallsQuery(clinic, patient.id))
  const types = useQuery(recallTypesQuery(clinic)).data ?? []
  const acts = useRecallActs()
  const [open, setOpen] = useState<Open>()
  const shut = () => setOpen(undefined)
  const free = freeTypes(types, recalls.data ?? [])
  const name = nameOf(patient)
  return (
    <Card
      title={t('title')}
      end={
        mayWrite &&
        free.length > 0 &&
        recalls.data && (
          <Button size="sm" variant="ghost" onClick={() => setOpen({ what: 'add' })}>
            <Plus aria-hidden /> {t('add')}
          </Button>
        )
      }
    >
      <Answer to={recalls} compact>
        {all => {
          const shown = all.filter(one => one.status !== 'closed')
          if (shown.length === 0) return <p className="px-4 py-3 text-muted-foreground text-sm">{t('noneOfTheirs')}</p>
          return (
            <ul>
              {shown.map(recall => (
                <li key={recall.id} className="flex items-start gap-2 border-t px-4 py-2.5 text-sm first:border-t-0">
                  <span className="me-auto grid min-w-0 gap-0.5">
                    <bdi className="font-medium">{recall.type_name}</bdi>
                    <span className="text-muted-foreground text-xs">
                      {t('dueOn', { day: writing.day(recall.due_on) })} · {interval(recall.interval)}
                    </span>
                    {recall.last_attempt && (
                      <span className="text-muted-foreground text-xs">
                        {t(`outcomes.${recall.last_attempt.outcome}`)} · {writing.dayOf(recall.last_attempt.at)}
                      </span>
                    )}
                    {recall.note && <bdi className="whitespace-pre-wrap text-muted-foreground text-xs">{recall.note}</bdi>}
                    <span>
                      <RecallChip recall={recall} />
                    </span>
                  </span>
                  {mayWrite && (
                    <Button
                      size="icon"
                      variant="ghost"
                      aria-label={t('changeOf', { type: recall.type_name })}
                      onClick={() => setOpen({ what: 'change', recall })}
                    >
                      <Pencil />
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }}
      </Answer>
      <Suspense>
        {open?.what === 'add' && <NewRecallSheet patient={{ id: patient.id, name }} types={free} onClose={shut} />}
        {open?.what === 'change' && (
          <RecallSheet
            recall={open.recall}
            type={types.find(type => type.id === open.recall.type_id)}
            onClose={shut}
            onEnd={() => setOpen({ what: 'close', recall: open.recall })}
          />
        )}
        {open?.what === 'close' && <RecallDialogs asking={{ what: 'close', recall: open.recall }} acts={acts} onClose={shut} />}
      </Suspense>
    </Card>
  )
}
