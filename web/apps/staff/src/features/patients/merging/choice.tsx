import type { Patient } from '@chairside/api'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { factsOf } from '../model'
import { nameOf, patientQuery } from '../queries'
import { useFactWords } from '../use-fact-words'
import { type Field, type Side, sidesOf } from './model'

type Props = { field: Field; value: Side; patient: Patient; duplicate: Patient; onChange: (side: Side) => void }

/** One field that differs, and whose value it will have. */
export function Choice({ field, value, patient, duplicate, onChange }: Props) {
  const t = useTranslations('merging')
  const words = useFactWords()
  const of = { patient, duplicate }
  return (
    <fieldset className="grid gap-2 sm:grid-flow-col sm:auto-cols-fr">
      <legend className="mb-1.5 font-medium text-sm">{words.name(field)}</legend>
      {sidesOf(field).map(side => (
        <label
          key={side}
          className="flex items-start gap-2.5 rounded-md border px-3 py-2 text-sm has-checked:border-primary has-checked:bg-accent has-focus-visible:outline-2 has-focus-visible:outline-ring"
        >
          <input
            type="radio"
            name={field}
            checked={value === side}
            onChange={() => onChange(side)}
            className="mt-0.5 size-4 shrink-0 accent-primary"
          />
          <span className="grid min-w-0">
            <span className="text-muted-foreground text-xs">{t(`sides.${side}`)}</span>
            {side !== 'both' && (
              <span dir="auto" className="wrap-anywhere whitespace-pre-wrap">
                {field === 'guarantor_id' ? <Payer id={of[side].guarantor_id} /> : words.value(field, factsOf(of[side])[field])}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Payer({ id }: { id: string | null }) {
  const t = useTranslations('merging')
  const words = useFactWords()
  const payer = useQuery({ ...patientQuery(useSlug(), id ?? ''), enabled: !!id }).data
  return <>{id ? (payer ? nameOf(payer) : words.value('guarantor_id', id)) : t('themselves')}</>
}
