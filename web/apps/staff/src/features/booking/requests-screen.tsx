import type { BookingRequest, Duplicate } from '@chairside/api'
import { Badge, Button, Empty, Field, TextArea } from '@chairside/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, Inbox, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { duplicatesQuery } from '@/features/patients'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { Page } from '@/shell/page'
import { SheetForm } from '@/shell/sheet-form'
import { newcomersQuery, requestsQuery } from './queries'
import { WhoseSheet } from './whose-sheet'
import { accept, decline } from './writes'

const DAY = { weekday: 'short', day: 'numeric', month: 'short' } as const
const nameOf = (who: { first_name?: string | null; last_name?: string | null }) =>
  [who.first_name, who.last_name].filter(Boolean).join(' ')
const childOf = ({ child_first_name, child_last_name }: BookingRequest) =>
  nameOf({ first_name: child_first_name, last_name: child_last_name })
/** Whose visit it is to be. */
const whomOf = (request: BookingRequest) => childOf(request) || nameOf(request)

/** Who asked for a time, and whose records the page made. */
export function RequestsScreen() {
  const t = useTranslations('booking')
  const clinic = useSlug()
  const requests = useQuery(requestsQuery(clinic))
  const [declining, refuse] = useState<BookingRequest>()
  return (
    <Page title={t('requests')} about={t('requestsAbout')}>
      <Answer to={requests}>
        {items =>
          items.length === 0 ? (
            <Empty icon={Inbox} title={t('nobody')} about={t('nobodyAbout')} />
          ) : (
            <ul aria-label={t('requests')} className="divide-y rounded-lg border">
              {items.map(one => (
                <RequestRow key={one.id} request={one} onDecline={() => refuse(one)} />
              ))}
            </ul>
          )
        }
      </Answer>
      <Newcomers />
      {declining && <DeclineSheet request={declining} onClose={() => refuse(undefined)} />}
    </Page>
  )
}

function RequestRow({ request, onDecline }: { request: BookingRequest; onDecline: () => void }) {
  const t = useTranslations('booking')
  const clinic = useSlug()
  const writing = useWriting()
  const mayBook = useMay('scheduling.book')
  const mayRegister = useMay('patients.register')
  const tell = useTell()
  const regret = useRegret()
  const once = useOnce()
  const queries = useQueryClient()
  const [busy, tellBusy] = useState(false)
  const moment = (at: string) => `${writing.dayOf(at, DAY)}, ${writing.time(at)}`
  const [found, ask] = useState<Duplicate[]>()
  /** Who in the register it may be is asked first, and whoever it is chosen; where it is nobody, they are new. */
  const yes = async () => {
    tellBusy(true)
    try {
      const alike = await queries.fetchQuery(duplicatesQuery(clinic, likenessOf(request)))
      const here = alike.filter(one => !one.archived_at)
      if (here.length > 0) return ask(here)
      await once(accept(clinic, request))
      tell(t('didAccept', { name: whomOf(request) }))
    } catch (error) {
      regret(error)
    } finally {
      tellBusy(false)
    }
  }
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-52">
        <p className="font-medium">
          <bdi>{whomOf(request)}</bdi>
          {request.child_birth_date && (
            <span className="ms-2 font-normal text-muted-foreground">{writing.day(request.child_birth_date)}</span>
          )}
        </p>
        {childOf(request) && (
          <p>
            <bdi>{t('childOf', { name: nameOf(request) })}</bdi>
          </p>
        )}
        <a
          href={`tel:${request.mobile}`}
          className="inline-flex min-h-6 items-center underline-offset-4 hover:underline pointer-coarse:min-h-11"
        >
          <bdi dir="ltr">{request.mobile}</bdi>
        </a>
        {request.note && (
          <p className="break-words text-muted-foreground">
            <bdi>{request.note}</bdi>
          </p>
        )}
      </div>
      <div className="flex-1 basis-44">
        <p>{moment(request.starts_at)}</p>
        <p className="text-muted-foreground">
          <bdi>{request.service_name}</bdi> · <bdi>{request.provider_name}</bdi>
        </p>
        <p className="text-muted-foreground text-xs">
          {request.lapsed ? <Badge>{t('lapsed')}</Badge> : t('keptUntil', { when: moment(request.expires_at) })}
        </p>
      </div>
      {mayBook && (
        <span className="flex flex-wrap gap-2">
          {mayRegister && (
            <Button size="sm" disabled={busy} onClick={() => void yes()}>
              <Check aria-hidden /> {t('accept')}
            </Button>
          )}
          <Button size="sm" variant="outline" disabled={busy} onClick={onDecline}>
            <X aria-hidden /> {t('decline')}
          </Button>
        </span>
      )}
      {found && <WhoseSheet {...{ request, found }} name={whomOf(request)} by={nameOf(request)} onClose={() => ask(undefined)} />}
    </li>
  )
}

/** A child has their parent's number: by it alone the parent would be found, who is somebody else. */
const likenessOf = (request: BookingRequest) =>
  childOf(request)
    ? {
        first_name: request.child_first_name ?? '',
        last_name: request.child_last_name ?? '',
        birth_date: request.child_birth_date,
        contacts: [],
      }
    : adultOf(request)
const adultOf = ({ first_name, last_name, mobile }: BookingRequest) => ({
  first_name: first_name ?? '',
  last_name: last_name ?? '',
  contacts: mobile ? [{ type: 'mobile' as const, value: mobile, is_primary: true, safe_for_voicemail: false }] : [],
})

function DeclineSheet({ request, onClose }: { request: BookingRequest; onClose: () => void }) {
  const t = useTranslations('booking')
  const clinic = useSlug()
  const tell = useTell()
  const form = useForm({
    async save({ text }) {
      await send(decline(clinic, request, { words: text('words') || null, reason: text('reason') || null }))
      tell(t('didDecline', { name: whomOf(request) }))
      onClose()
    },
  })
  return (
    <SheetForm title={t('declineWhy', { name: whomOf(request) })} form={form} save={t('decline')} onClose={onClose}>
      <TextArea
        {...form.field('words')}
        label={t('words', { name: nameOf(request) })}
        hint={t('wordsHint')}
        dir="auto"
        rows={3}
        maxLength={1000}
      />
      <Field {...form.field('reason')} label={t('reason')} dir="auto" maxLength={200} />
    </SheetForm>
  )
}

function Newcomers() {
  const t = useTranslations('booking')
  const clinic = useSlug()
  const writing = useWriting()
  const mayRead = useMay('patients.read')
  const { data = [] } = useQuery({ ...newcomersQuery(clinic), enabled: mayRead })
  if (data.length === 0) return null
  return (
    <section className="mt-8">
      <h2 className="font-semibold text-base">{t('newcomers')}</h2>
      <p className="mb-3 max-w-prose text-muted-foreground text-sm">{t('newcomersAbout')}</p>
      <ul className="divide-y rounded-lg border">
        {data.map(one => (
          <li key={one.appointment_id} className="flex min-h-11 flex-wrap items-center gap-x-4 px-4 py-2 text-sm">
            <bdi className="me-auto font-medium">{nameOf(one)}</bdi>
            <span className="text-muted-foreground">{writing.dayOf(one.starts_at, DAY)}</span>
            <Link
              to="/c/$clinic/patients/$patient"
              params={{ clinic, patient: one.patient_id }}
              search={{}}
              aria-label={`${t('complete')}: ${nameOf(one)}`}
              className="text-primary underline-offset-4 hover:underline"
            >
              {t('complete')}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
