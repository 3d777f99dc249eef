import { Button, Combobox, type FrameProps } from '@chairside/ui'
import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { RegisterNumber } from '@/lib/register-number'
import { nameOf, usePatientSearch } from './queries'

type Props = FrameProps & { value: string | null; shown?: string; not?: string; onChange: (id: string | null) => void }

/** A patient found by typing. `not` is whom it cannot be. */
export function PatientPicker({ value, shown, not, onChange, className, ...frame }: Props) {
  const t = useTranslations('patients')
  const writing = useWriting()
  const [q, setQ] = useState('')
  const [chosen, choose] = useState<{ id: string; name: string }>()
  const search = usePatientSearch(q)
  const found = search.found.filter(patient => patient.id !== not)
  return (
    <div className={className}>
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
        <Combobox
          {...frame}
          value={value ?? ''}
          shown={chosen?.id === value ? chosen?.name : shown}
          placeholder={t('find')}
          nothing={search.away ? t('searchOffline') : q.trim().length > 1 ? t('none', { q }) : t('findAbout')}
          options={found.map(patient => ({
            value: patient.id,
            label: nameOf(patient),
            about: (
              <>
                {patient.birth_date && writing.day(patient.birth_date)} <RegisterNumber of={patient} />
              </>
            ),
          }))}
          onSearch={setQ}
          settled={search.settled}
          onChange={id => {
            const patient = found.find(one => one.id === id)
            if (patient) choose({ id, name: nameOf(patient) })
            onChange(id)
          }}
        />
        {value && (
          <Button
            size="icon"
            variant="ghost"
            className="mt-7"
            aria-label={t('clear', { field: frame.label })}
            onClick={event => {
              event.currentTarget.parentElement?.querySelector('input')?.focus()
              onChange(null)
            }}
          >
            <X />
          </Button>
        )}
      </div>
    </div>
  )
}
