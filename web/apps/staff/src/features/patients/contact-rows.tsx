import { Button, Check, Field } from '@chairside/ui'
import { Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { ContactRow } from './model'

const TYPES = ['mobile', 'home', 'work', 'email'] as const

type Props = { rows: ContactRow[]; onChange: (rows: ContactRow[]) => void; errorOf: (row: number) => string | undefined }

/** How to reach someone: any number of ways, one of them the first to try. */
export function ContactRows({ rows, onChange, errorOf }: Props) {
  const t = useTranslations('patients')
  const set = (at: number, change: Partial<ContactRow>) =>
    onChange(
      rows.map((row, index) => (index === at ? { ...row, ...change } : change.is_primary ? { ...row, is_primary: false } : row)),
    )
  const add = () =>
    onChange([...rows, { key: crypto.randomUUID(), type: 'mobile', value: '', is_primary: false, safe_for_voicemail: false }])
  return (
    <fieldset className="col-span-full grid gap-3">
      <legend className="mb-2 font-medium text-sm">{t('contacts')}</legend>
      {rows.map((row, index) => (
        <div key={row.key} className="grid grid-cols-[8.5rem_minmax(0,1fr)_auto] items-start gap-x-2 gap-y-1.5">
          <Field
            label={t('contactType', { number: index + 1 })}
            labelHidden
            value={row.type}
            choices={TYPES.map(type => [type, t(`contact.${type}`)])}
            onChange={event => set(index, { type: event.target.value as ContactRow['type'] })}
          />
          <Field
            label={t('contactValue', { type: t(`contact.${row.type}`) })}
            labelHidden
            type={row.type === 'email' ? 'email' : 'tel'}
            dir="ltr"
            autoComplete="off"
            placeholder={t(`contact.${row.type}`)}
            value={row.value}
            error={errorOf(index)}
            onChange={event => set(index, { value: event.target.value })}
          />
          <Button
            size="icon"
            variant="ghost"
            className="mt-0.5"
            aria-label={t('removeContact', { value: row.value || t(`contact.${row.type}`) })}
            onClick={event => {
              // The button goes with its row; the focus must not go with it.
              event.currentTarget.closest('fieldset')?.querySelector<HTMLElement>('[data-add]')?.focus()
              onChange(rows.filter((_, at) => at !== index))
            }}
          >
            <X />
          </Button>
          <div className="col-start-2 flex flex-wrap gap-x-4 gap-y-2">
            {rows.length > 1 && (
              <Check
                label={t('primary')}
                checked={row.is_primary}
                onChange={event => set(index, { is_primary: event.target.checked })}
              />
            )}
            {row.type !== 'email' && (
              <Check
                label={t('voicemail')}
                checked={row.safe_for_voicemail}
                onChange={event => set(index, { safe_for_voicemail: event.target.checked })}
              />
            )}
          </div>
        </div>
      ))}
      <Button data-add variant="outline" size="sm" className="justify-self-start" onClick={add}>
        <Plus aria-hidden /> {t('addContact')}
      </Button>
    </fieldset>
  )
}
