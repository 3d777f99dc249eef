import type { BookingRequest, Duplicate } from '@chairside/api'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { RegisterNumber } from '@/lib/register-number'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { accept } from './writes'

type Props = { request: BookingRequest; name: string; by: string; found: Duplicate[]; onClose: () => void }
const NEW = 'new'

/** Somebody in the register may be who asked: whose visit it becomes is chosen before it is booked. */
export function WhoseSheet({ request, name, by, found, onClose }: Props) {
  const t = useTranslations('booking')
  const clinic = useSlug()
  const writing = useWriting()
  const tell = useTell()
  const once = useOnce()
  const [whose, choose] = useState(found[0]?.id ?? NEW)
  const form = useForm({
    async save() {
      await once(accept(clinic, request, whose === NEW ? { as_new: true } : { patient_id: whose }))
      tell(t('didAccept', { name }))
      onClose()
    },
  })
  const choice =
    'flex min-h-9 items-start gap-2.5 rounded-md border px-3 py-2 text-sm has-checked:border-primary has-checked:bg-accent'
  return (
    <SheetForm title={t('whose', { name })} form={form} save={t('accept')} onClose={onClose}>
      <p className="text-muted-foreground text-sm">{t('whoseAbout')}</p>
      <fieldset className="grid gap-2">
        <legend className="sr-only">{t('whose', { name })}</legend>
        {found.map(one => (
          <label key={one.id} className={choice}>
            <input
              type="radio"
              name="whose"
              checked={whose === one.id}
              onChange={() => choose(one.id)}
              className="mt-0.5 size-4 accent-primary"
            />
            <span className="grid min-w-0 gap-0.5">
              <bdi className="font-medium">
                {one.first_name} {one.last_name}
              </bdi>
              <span className="flex flex-wrap gap-x-2 text-muted-foreground">
                {one.birth_date && <bdi>{writing.day(one.birth_date)}</bdi>}
                <RegisterNumber of={one} />
                {one.contacts.map(contact => (
                  <bdi key={contact.value} dir="ltr">
                    {contact.value}
                  </bdi>
                ))}
              </span>
            </span>
          </label>
        ))}
        <label className={choice}>
          <input
            type="radio"
            name="whose"
            checked={whose === NEW}
            onChange={() => choose(NEW)}
            className="mt-0.5 size-4 accent-primary"
          />
          <span className="grid gap-0.5">
            <span className="font-medium">{t('somebodyNew')}</span>
            <span className="text-muted-foreground">
              <bdi>{name}</bdi>
              {by !== name && (
                <>
                  , <bdi>{t('childOf', { name: by })}</bdi>
                </>
              )}
              , <bdi dir="ltr">{request.mobile}</bdi>
            </span>
          </span>
        </label>
      </fieldset>
    </SheetForm>
  )
}
