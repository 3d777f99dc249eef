import type { Patient, Waiting } from '@chairside/api'
import { Button, Card } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Hourglass, Pencil } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf } from '@/features/patients'
import { resourcesQuery } from '@/features/scheduling'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { patientWaitlistQuery } from './queries'
import { useWaitlistActs } from './use-waitlist-acts'
import { useWishWords } from './use-wish-words'
import { WaitingChip } from './waiting-chip'

const NewWaitingSheet = lazy(() => import('./waiting-sheet').then(one => ({ default: one.NewWaitingSheet })))
const WaitingSheet = lazy(() => import('./waiting-sheet').then(one => ({ default: one.WaitingSheet })))
const StopDialog = lazy(() => import('./stop-dialog').then(one => ({ default: one.StopDialog })))

type Open = { what: 'add' } | { what: 'change' | 'close'; entry: Waiting }

/** What a patient waits for, on their page; from there they are put on the list. */
export function WaitlistCard({ patient }: { patient: Patient }) {
  const maySee = useMay('recalls.read')
  return maySee ? <Waits patient={patient} /> : null
}

function Waits({ patient }: { patient: Patient }) {
  const t = useTranslations('recalls.waitlist')
  const clinic = useSlug()
  const mayWrite = useMay('recalls.write') && !patient.archived_at
  const waiting = useQuery(patientWaitlistQuery(clinic, patient.id))
  const resources = useQuery(resourcesQuery(clinic)).data
  const { when } = useWishWords()
  const acts = useWaitlistActs()
  const [open, setOpen] = useState<Open>()
  const shut = () => setOpen(undefined)
  return (
    <Card
      title={t('title')}
      end={
        mayWrite &&
        resources &&
        resources.services.length > 0 && (
          <Button size="sm" variant="ghost" onClick={() => setOpen({ what: 'add' })}>
            <Hourglass aria-hidden /> {t('add')}
          </Button>
        )
      }
    >
      <Answer to={waiting} compact>
        {entries =>
          entries.length === 0 ? (
            <p className="px-4 py-3 text-muted-foreground text-sm">{t('noneOfTheirs')}</p>
          ) : (
            <ul>
              {entries.map(entry => (
                <li key={entry.id} className="flex items-start gap-2 border-t px-4 py-2.5 text-sm first:border-t-0">
                  <span className="me-auto grid min-w-0 gap-0.5">
                    <bdi className="font-medium">{entry.service_name}</bdi>
                    <span className="text-muted-foreground text-xs">{when(entry).join(' · ')}</span>
                    {entry.note && <bdi className="whitespace-pre-wrap text-muted-foreground text-xs">{entry.note}</bdi>}
                    <span>
                      <WaitingChip entry={entry} />
                    </span>
                  </span>
                  {mayWrite && (
                    <Button
                      size="icon"
                      variant="ghost"
                      aria-label={t('changeOf', { name: entry.service_name })}
                      onClick={() => setOpen({ what: 'change', entry })}
                    >
                      <Pencil />
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      <Suspense>
        {open?.what === 'add' && resources && (
          <NewWaitingSheet patient={{ id: patient.id, name: nameOf(patient) }} resources={resources} onClose={shut} />
        )}
        {open?.what === 'change' && resources && (
          <WaitingSheet
            entry={open.entry}
            resources={resources}
            onClose={shut}
            start={
              <Button variant="destructive" onClick={() => setOpen({ what: 'close', entry: open.entry })}>
                {t('close')}
              </Button>
            }
          />
        )}
        {open?.what === 'close' && (
          <StopDialog entry={open.entry} onClose={shut} onStop={reason => void acts.close(open.entry, reason)} />
        )}
      </Suspense>
    </Card>
  )
}
