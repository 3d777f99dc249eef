import { change, type Service } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import type { Given } from '@/lib/form'
import { readAmount } from '@/lib/money'
import { send } from '@/lib/server'

const touches = ['resources']

/** Reads a service's fields and keeps it: a new one, or the one given. */
export function useSaveService(service?: Service) {
  const t = useTranslations('setup')
  const clinic = useSlug()
  const { currency } = useWriting()
  const whole = (text: string) => (/^\d+$/.test(text) ? Number(text) : Number.NaN)
  return {
    check: ({ text }: Given) => ({
      duration_minutes: whole(text('duration_minutes')) >= 5 ? undefined : t('minutesWrong'),
      price: text('price') && readAmount(text('price'), currency) === undefined ? t('amountWrong') : undefined,
    }),
    async save({ text }: Given) {
      const body = {
        name: text('name'),
        code: text('code') || undefined,
        duration_minutes: whole(text('duration_minutes')),
        price: { amount: readAmount(text('price'), currency) ?? 0, currency },
        buffer_before_minutes: whole(text('buffer_before_minutes')) || 0,
        buffer_after_minutes: whole(text('buffer_after_minutes')) || 0,
      }
      return service
        ? send(
            change('patch', '/clinics/{clinic}/services/{service_id}', {
              params: { clinic, service_id: service.id },
              version: service.version,
              thing: service.id,
              touches,
              body,
            }),
          )
        : send(change('post', '/clinics/{clinic}/services', { params: { clinic }, touches, body }))
    },
    activate: (active: boolean) =>
      service &&
      send(
        change('patch', '/clinics/{clinic}/services/{service_id}', {
          params: { clinic, service_id: service.id },
          version: service.version,
          thing: service.id,
          touches,
          body: { active },
        }),
      ),
    /** `price/amount` and `price` are one field here. */
    fieldOf: ({ pointer }: { pointer: string }) => (pointer.startsWith('/price') ? 'price' : pointer.slice(1)),
  }
}
