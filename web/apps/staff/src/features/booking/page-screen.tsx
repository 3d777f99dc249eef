import type { BookingPage, NewBookingPage } from '@chairside/api'
import { Button, buttonVariants, Check, cn, Field, Kbd, TextArea } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type Resources, resourcesQuery } from '@/features/scheduling'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { Page } from '@/shell/page'
import { bookingPageQuery } from './queries'
import { setPage } from './writes'

const NUMBERS = ['notice_hours', 'days_ahead', 'change_hours', 'answer_hours'] as const
const LABELS = {
  notice_hours: 'noticeHours',
  days_ahead: 'daysAhead',
  change_hours: 'changeHours',
  answer_hours: 'answerHours',
} as const

const bodyOf = ({ version: _, services, ...page }: BookingPage): NewBookingPage => ({
  ...page,
  services: services.map(({ service_id, provider_ids }) => ({ service_id, provider_ids })),
})

/** What patients may book by themselves, and how it looks from outside. */
export function BookingPageScreen() {
  const t = useTranslations('booking')
  const clinic = useSlug()
  const page = useQuery(bookingPageQuery(clinic))
  const resources = useQuery(resourcesQuery(clinic))
  const error = page.error ?? resources.error
  const data = page.data && resources.data ? { page: page.data, resources: resources.data } : undefined
  const fetchStatus = page.fetchStatus === 'paused' ? page.fetchStatus : resources.fetchStatus
  const refetch = () => Promise.all([page.refetch(), resources.refetch()])
  return (
    <Page title={t('page')} about={t('pageAbout')} narrow>
      <Answer to={{ data, error, fetchStatus, refetch }}>{found => <PageForm key={found.page.version} {...found} />}</Answer>
    </Page>
  )
}

function PageForm({ page, resources }: { page: BookingPage; resources: Resources }) {
  const t = useTranslations('booking')
  const states = useTranslations('states')
  const clinic = useSlug()
  const mayWrite = useMay('clinic.write')
  const tell = useTell()
  const services = resources.services.filter(one => one.active || page.services.some(({ service_id }) => service_id === one.id))
  const providers = resources.providers.filter(one => one.active && !one.assists)
  const given = (id: string) => page.services.find(({ service_id }) => service_id === id)
  const [shown, show] = useState(() => new Set(page.services.map(one => one.service_id)))
  const toggle = (id: string, on: boolean) => {
    const next = new Set(shown)
    if (on) next.add(id)
    else next.delete(id)
    show(next)
  }
  const form = useForm({
    // A list of the body belongs to the one field that it was written in.
    fieldOf: ({ pointer }) => pointer.slice(1).replace(/\/\d+.*$/, ''),
    async save({ text, has }) {
      const numbers = Object.fromEntries(NUMBERS.map(name => [name, Number(text(name))]))
      const body = {
        ...numbers,
        open: has('open'),
        needs_confirmation: has('needs_confirmation'),
        asks_birth_date: has('asks_birth_date'),
        asks_code: has('asks_code'),
        shows_prices: has('shows_prices'),
        policy_url: text('policy_url') || null,
        policy_words: text('policy_words') || null,
        embedders: text('embedders').split(/\s+/).filter(Boolean),
        services: services
          .filter(one => has(`service/${one.id}`))
          .map(one => ({
            service_id: one.id,
            provider_ids: providers.filter(who => has(`with/${one.id}/${who.id}`)).map(who => who.id),
          })),
      } as NewBookingPage
      const kept = await send(setPage(clinic, page.version, body))
      tell(t('kept'), () => send(setPage(clinic, kept.version, bodyOf(page))))
    },
  })
  return (
    <form {...form.props}>
      <fieldset disabled={!mayWrite} className="grid grid-cols-2 gap-x-4 gap-y-5 max-sm:grid-cols-1">
        <legend className="sr-only">{t('page')}</legend>
        <FormTrouble form={form} className="col-span-full" />
        <Check name="open" label={t('open')} hint={t('openHint')} defaultChecked={page.open} className="col-span-full" />
        <Where open={page.open} />
        <fieldset className="col-span-full grid gap-3">
          <legend className="mb-2 font-medium text-sm">{t('services')}</legend>
          <p className="text-muted-foreground text-xs">{services.length ? t('servicesHint') : t('noServices')}</p>
          {services.map(one => (
            <div key={one.id} className="grid gap-2 border-t pt-3">
              <Check
                name={`service/${one.id}`}
                label={one.name}
                defaultChecked={!!given(one.id)}
                onChange={event => toggle(one.id, event.target.checked)}
              />
              {shown.has(one.id) && providers.length > 1 && (
                <fieldset className="ms-6 flex flex-wrap gap-x-5 gap-y-1">
                  <legend className="sr-only">{t('withWhom', { name: one.name })}</legend>
                  {providers.map(who => (
                    <Check
                      key={who.id}
                      name={`with/${one.id}/${who.id}`}
                      label={who.name}
                      defaultChecked={given(one.id)?.provider_ids.includes(who.id)}
                    />
                  ))}
                </fieldset>
              )}
            </div>
          ))}
        </fieldset>
        <Check
          name="needs_confirmation"
          label={t('needsConfirmation')}
          hint={t('needsConfirmationHint')}
          defaultChecked={page.needs_confirmation}
          className="col-span-full"
        />
        <Check
          name="asks_birth_date"
          label={t('asksBirthDate')}
          hint={t('asksBirthDateHint')}
          defaultChecked={page.asks_birth_date}
          className="col-span-full"
        />
        <Check
          name="asks_code"
          label={t('asksCode')}
          hint={t('asksCodeHint')}
          defaultChecked={page.asks_code}
          className="col-span-full"
        />
        <Check name="shows_prices" label={t('showsPrices')} defaultChecked={page.shows_prices} className="col-span-full" />
        {NUMBERS.map(name => (
          <Field
            key={name}
            {...form.field(name)}
            label={t(LABELS[name])}
            inputMode="numeric"
            dir="ltr"
            required
            defaultValue={String(page[name])}
          />
        ))}
        <Field {...form.field('policy_url')} label={t('policyUrl')} type="url" dir="ltr" defaultValue={page.policy_url ?? ''} />
        <Field {...form.field('policy_words')} label={t('policyWords')} dir="auto" defaultValue={page.policy_words ?? ''} />
        <TextArea
          {...form.field('embedders')}
          label={t('embedders')}
          hint={t('embeddersHint')}
          dir="ltr"
          className="col-span-full"
          defaultValue={page.embedders.join('\n')}
        />
        {page.embedders.length > 0 && <Snippet />}
        {mayWrite && (
          <div className="col-span-full flex justify-end border-t pt-4">
            <Button type="submit" disabled={form.busy}>
              {states('save')} <Kbd keys="Mod+Enter" />
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  )
}

const addressOf = (clinic: string) => `${location.origin}/book/${clinic}`

function Where({ open }: { open: boolean }) {
  const t = useTranslations('booking')
  const address = addressOf(useSlug())
  return (
    <p className="col-span-full flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <span className="text-muted-foreground">
        {t('address')}: <bdi dir="ltr">{address}</bdi>
      </span>
      {open && (
        <a href={address} target="_blank" rel="noopener" className={cn(buttonVariants({ variant: 'outline', size: 'sm' }))}>
          <ExternalLink aria-hidden /> {t('preview')}
        </a>
      )}
    </p>
  )
}

function Snippet() {
  const t = useTranslations('booking')
  const clinic = useSlug()
  const [copied, tell] = useState(false)
  const snippet = `<iframe src="${addressOf(clinic)}" width="100%" height="760" loading="lazy"></iframe>`
  const copy = () => navigator.clipboard.writeText(snippet).then(() => tell(true))
  return (
    <div className="col-span-full grid gap-2">
      <TextArea label={t('snippet')} readOnly rows={2} dir="ltr" value={snippet} />
      <Button type="button" variant="outline" className="justify-self-start" onClick={() => void copy()}>
        {copied ? t('copied') : t('copy')}
      </Button>
    </div>
  )
}
