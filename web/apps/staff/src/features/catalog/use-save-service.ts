import { change, type Service } from '@chairside/api'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { type Given, useMetWords } from '@/lib/form'
import { readAmount } from '@/lib/money'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { servicesQuery } from './queries'

const touches = ['resources']

type ServiceFacts = Pick<
  Service,
  'name' | 'code' | 'duration_minutes' | 'price' | 'buffer_before_minutes' | 'buffer_after_minutes'
>

/** `back` undoes it; a new service is then no longer in use, for none is ever deleted. */
type Saved = { kept: Service; back?: () => Promise<Service> }

/** Reads a service's fields and keeps it: a new one, or the one given. */
export function useSaveService(service?: Service) {
  const t = useTranslations('setup')
  const clinic = useSlug()
  const { currency, money } = useWriting()
  const met = useMetWords()
  const client = useQueryClient()
  const patch = (id: string, body: Partial<ServiceFacts & Pick<Service, 'active'>>, version: number) =>
    send(
      change('patch', '/clinics/{clinic}/services/{service_id}', {
        params: { clinic, service_id: id },
        version,
        thing: id,
        touches,
        body: body as { name?: string },
      }),
    )
  const over = useOver<Service, ServiceFacts>({
    opened: service ?? ({} as Service),
    factsOf: ({ name, code, duration_minutes, price, buffer_before_minutes, buffer_after_minutes }) => ({
      name,
      code,
      duration_minutes,
      price: { amount: price.amount, currency: price.currency },
      buffer_before_minutes,
      buffer_after_minutes,
    }),
    async read() {
      const all = await client.fetchQuery({ ...servicesQuery(clinic), staleTime: 0 })
      return all.find(one => one.id === service?.id) as Service
    },
    write: (body, version) => patch((service as Service).id, body, version),
  })
  const whole = (text: string) => (/^\d+$/.test(text) ? Number(text) : Number.NaN)
  return {
    check: ({ text }: Given) => ({
      duration_minutes: whole(text('duration_minutes')) >= 5 ? undefined : t('minutesWrong'),
      price: text('price') && readAmount(text('price'), currency) === undefined ? t('amountWrong') : undefined,
    }),
    /** Undefined when somebody else changed the same meanwhile, which `onMet` is told. */
    async save({ text }: Given, onMet: (sentence: string) => void): Promise<Saved | undefined> {
      const body = {
        name: text('name'),
        code: text('code') || service?.code,
        duration_minutes: whole(text('duration_minutes')),
        price: { amount: readAmount(text('price'), currency) ?? 0, currency },
        buffer_before_minutes: whole(text('buffer_before_minutes')) || 0,
        buffer_after_minutes: whole(text('buffer_after_minutes')) || 0,
      }
      if (!service) {
        const made = await send(change('post', '/clinics/{clinic}/services', { params: { clinic }, touches, body }))
        return { kept: made, back: () => patch(made.id, { active: false }, made.version) }
      }
      const { kept, back, theirs } = await over({ ...body, code: body.code ?? service.code })
      if (!theirs) return { kept: kept ?? service, back }
      const words: Record<string, [string, string]> = {
        name: [t('serviceName'), theirs.name ?? ''],
        code: [t('code'), theirs.code ?? ''],
        duration_minutes: [t('duration'), String(theirs.duration_minutes)],
        price: [t('price'), theirs.price ? money(theirs.price) : ''],
        buffer_before_minutes: [t('bufferBefore'), String(theirs.buffer_before_minutes)],
        buffer_after_minutes: [t('bufferAfter'), String(theirs.buffer_after_minutes)],
      }
      onMet(met(Object.keys(theirs).flatMap(name => (words[name] ? [words[name]] : []))))
      return undefined
    },
    activate: (active: boolean, { id, version }: Service) => patch(id, { active }, version),
    /** `price/amount` and `price` are one field here. */
    fieldOf: ({ pointer }: { pointer: string }) => (pointer.startsWith('/price') ? 'price' : pointer.slice(1)),
  }
}
