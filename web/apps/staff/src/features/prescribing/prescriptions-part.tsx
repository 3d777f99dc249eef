import type { Patient, Prescription } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty } from '@chairside/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Pill, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { resourcesQuery } from '@/features/scheduling'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { send } from '@/lib/server'
import { useSession } from '@/lib/session'
import { useTell } from '@/lib/tell'
import { CancelDialog } from './cancel-dialog'
import { DrugPicker } from './drug-picker'
import { blank, type Facts, factsOf } from './model'
import { PrescriptionEntry } from './prescription-entry'
import { PrescriptionForm } from './prescription-form'
import { prescriptionsQuery } from './queries'
import { cancelPrescription, restorePrescription } from './writes'

/** What is written: nothing yet but its name, or a form; `turn` makes it another one. */
type Writing = { turn: number; start?: Facts; opened?: Prescription }

/** A patient's prescriptions, the newest first, and above them the one that is being written. */
export function PrescriptionsPart({ patient }: { patient: Patient }) {
  const t = useTranslations('prescribing')
  const group = useTranslations('shell.groups')('patient')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  const { principal } = useSession()
  const mayWrite = useMay('prescribing.write') && !patient.archived_at
  const own = useQuery(resourcesQuery(clinic)).data?.providers.find(one => one.member_id === principal.id)?.id ?? ''
  const found = useInfiniteQuery(prescriptionsQuery(clinic, patient.id))
  const all = found.data?.pages.flatMap(page => page?.items ?? [])
  const [writing, write] = useState<Writing | undefined>(mayWrite ? { turn: 0 } : undefined)
  const [cancelling, cancel] = useState<Prescription>()
  const [fresh, setFresh] = useState<string>()
  const begin = (start?: Facts, opened?: Prescription) => write({ turn: (writing?.turn ?? 0) + 1, start, opened })
  useCommands(mayWrite ? [{ id: 'new-prescription', group, label: t('new'), icon: <Pill />, run: () => begin() }] : [])
  const restore = (one: Prescription) =>
    send(restorePrescription(clinic, one)).then(
      now => tell(t('did.restored', { drug: one.drug }), () => send(cancelPrescription(clinic, now, one.cancel_reason ?? ''))),
      regret,
    )
  return (
    <section className="grid gap-3" aria-label={t('title')}>
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-semibold">{t('title')}</h3>
        {mayWrite && (
          <Button variant="outline" size="sm" className="ms-auto" onClick={() => begin()}>
            <Plus aria-hidden /> {t('new')} <Keys of="new-prescription" className="max-sm:hidden" />
          </Button>
        )}
      </div>
      {writing && !writing.start && (
        <DrugPicker key={writing.turn} onFavourite={one => begin(factsOf(one, own))} onDrug={drug => begin(blank(drug, own))} />
      )}
      {writing?.start && (
        <PrescriptionForm
          key={writing.turn}
          patient={patient}
          start={writing.start}
          opened={writing.opened}
          onIssued={one => {
            setFresh(one.id)
            write(undefined)
          }}
          onClose={() => write(undefined)}
        />
      )}
      <Answer to={{ ...found, data: all }}>
        {items =>
          items.length === 0 ? (
            <Empty icon={Pill} title={t('none')} about={t('noneAbout')} />
          ) : (
            <ul className="grid gap-3" aria-label={t('list')}>
              {items
                .filter(one => one.id !== writing?.opened?.id)
                .map(one => (
                  <PrescriptionEntry
                    key={one.id}
                    one={one}
                    mayWrite={mayWrite}
                    fresh={one.id === fresh}
                    onGoOn={() => begin(factsOf(one), one)}
                    onRepeat={() => begin({ ...factsOf(one), provider_id: own || one.provider_id })}
                    onCancel={() => cancel(one)}
                    onRestore={() => void restore(one)}
                  />
                ))}
            </ul>
          )
        }
      </Answer>
      {found.hasNextPage && (
        <Button variant="outline" className="justify-self-center" onClick={() => void found.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
      {cancelling && (
        <CancelDialog
          drug={cancelling.drug}
          onClose={() => cancel(undefined)}
          onCancel={reason =>
            send(cancelPrescription(clinic, cancelling, reason)).then(
              now => tell(t('did.cancelled', { drug: now.drug }), () => send(restorePrescription(clinic, now))),
              regret,
            )
          }
        />
      )}
    </section>
  )
}
