import type { Duplicate, Likeness, Patient } from '@chairside/api'
import { Button, DialogFoot } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { RegisterNumber } from '@/lib/register-number'
import { PatientPicker } from '../patient-picker'
import { duplicatesQuery, nameOf } from '../queries'

type Props = { patient: Patient; onPick: (id: string) => void; onClose: () => void }

/** Those who look alike, and a search for whoever does not. */
export function Pick({ patient, onPick, onClose }: Props) {
  const t = useTranslations('merging')
  const states = useTranslations('states')
  const alike = useQuery(duplicatesQuery(useSlug(), likenessOf(patient)))
  return (
    <>
      <div className="grid min-h-72 content-start gap-5 overflow-y-auto px-5 pt-4 pb-6">
        <section className="grid gap-2">
          <h3 className="font-medium text-muted-foreground text-xs">{t('alike')}</h3>
          <Answer to={alike} compact>
            {found => <Alike found={found.filter(one => one.id !== patient.id && !one.restricted)} onPick={onPick} />}
          </Answer>
        </section>
        <PatientPicker label={t('other')} value={null} not={patient.id} onChange={id => id && onPick(id)} />
      </div>
      <DialogFoot>
        <Button variant="outline" onClick={onClose}>
          {states('cancel')}
        </Button>
      </DialogFoot>
    </>
  )
}

function Alike({ found, onPick }: { found: Duplicate[]; onPick: (id: string) => void }) {
  const t = useTranslations('merging')
  const patients = useTranslations('patients')
  const writing = useWriting()
  const list = useRef<HTMLUListElement>(null)
  // Found a moment after the dialog opened: whoever has begun to type is not interrupted.
  useEffect(() => {
    const at = document.activeElement
    if (!(at instanceof HTMLInputElement && at.value)) list.current?.querySelector('button')?.focus()
  }, [])
  if (found.length === 0) return <p className="text-muted-foreground text-sm">{t('noneAlike')}</p>
  return (
    <ul ref={list} className="grid gap-1.5">
      {found.map(one => (
        <li key={one.id}>
          <button
            type="button"
            onClick={() => onPick(one.id)}
            className="flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-0.5 rounded-md border px-3 py-1.5 text-start text-sm hover:bg-accent"
          >
            <bdi className="font-medium">{nameOf(one)}</bdi>
            <span className="flex flex-wrap gap-x-2 text-muted-foreground">
              {one.birth_date && <bdi>{writing.day(one.birth_date)}</bdi>}
              <RegisterNumber of={one} />
              {one.contacts[0] && <bdi dir="ltr">{one.contacts[0].value}</bdi>}
              {one.archived_at && <span>({patients('archived')})</span>}
            </span>
            <ChevronRight aria-hidden className="ms-auto size-4 text-muted-foreground rtl:-scale-x-100" />
          </button>
        </li>
      ))}
    </ul>
  )
}

const likenessOf = ({ first_name, last_name, birth_date, contacts }: Patient): Likeness => ({
  first_name,
  last_name,
  birth_date,
  contacts: contacts as Likeness['contacts'],
})
