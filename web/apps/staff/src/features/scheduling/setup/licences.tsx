import type { Licence, Provider } from '@chairside/api'
import { Badge, Button, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Pencil, Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import type { Pending } from './pending'
import { licencesQuery } from './queries'
import { stepAside } from './step-aside'
import { addLicence, changeLicence, removeLicence } from './writes'

type Typed = { authority: string; number: string; expires_on: string }
const NOTHING: Typed = { authority: '', number: '', expires_on: '' }
const factsOf = ({ authority, number, expires_on }: Typed | Licence) => ({
  authority: authority.trim(),
  number: number.trim(),
  expires_on: expires_on || null,
})

/** What the state lets a provider do, and until when. */
export function Licences({ provider, pending }: { provider: Provider; pending: Pending }) {
  const t = useTranslations('setup')
  const tell = useTell()
  const clinic = useSlug()
  const regret = useRegret()
  const licences = useQuery(licencesQuery(clinic))
  const [typed, setTyped] = useState(NOTHING)
  const [edited, setEdited] = useState<Licence>()
  const fields = useRef<HTMLDivElement>(null)
  const first = () => fields.current?.querySelector<HTMLElement>('input')
  const whole = typed.authority.trim() !== '' && typed.number.trim() !== ''
  const begin = (one?: Licence) => {
    setEdited(one)
    setTyped(one ? { ...one, expires_on: one.expires_on ?? '' } : NOTHING)
    first()?.focus()
  }
  const keep = async () => {
    const facts = factsOf(typed)
    if (edited) {
      const kept = await send(changeLicence(clinic, edited, facts))
      tell(t('kept', { name: kept.authority }), () => send(changeLicence(clinic, kept, factsOf(edited))))
    } else {
      const made = await send(addLicence(clinic, provider.id, facts))
      tell(t('kept', { name: made.authority }), () => send(removeLicence(clinic, made)))
    }
    setEdited(undefined)
    setTyped(NOTHING)
  }
  pending.current = whole ? keep : undefined
  const keepNow = () => void keep().then(() => first()?.focus(), regret)
  const remove = (one: Licence, button: HTMLElement) => {
    stepAside(button, first())
    const back = () => send(addLicence(clinic, provider.id, factsOf(one)))
    void send(removeLicence(clinic, one)).then(() => tell(t('dayRemoved', { day: one.authority }), back), regret)
  }
  const set = (name: keyof Typed) => (event: { target: { value: string } }) => setTyped({ ...typed, [name]: event.target.value })
  return (
    <section aria-label={t('licences')} className="grid gap-2 border-t pt-4">
      <h3 className="font-medium text-sm">{t('licences')}</h3>
      <Answer to={licences} compact>
        {items => (
          <ul className="grid">
            {items
              .filter(one => one.provider_id === provider.id)
              .map(one => (
                <Line key={one.id} licence={one} onEdit={() => begin(one)} onRemove={button => remove(one, button)} />
              ))}
          </ul>
        )}
      </Answer>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter keeps the licence; it does not save the provider around it */}
      <div
        ref={fields}
        className="flex flex-wrap items-end gap-2"
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || (event.target as HTMLElement).tagName !== 'INPUT') return
          event.preventDefault()
          if (whole) keepNow()
        }}
      >
        <Field
          label={t('authority')}
          value={typed.authority}
          onChange={set('authority')}
          maxLength={200}
          dir="auto"
          autoComplete="off"
          className="min-w-32 flex-1"
        />
        <Field
          label={t('licenceNumber')}
          value={typed.number}
          onChange={set('number')}
          maxLength={60}
          dir="ltr"
          autoComplete="off"
          className="min-w-28 flex-1"
        />
        <Field label={t('expiresOn')} type="date" value={typed.expires_on} onChange={set('expires_on')} className="w-40" />
        <span className="mb-0.5 ms-auto flex gap-2">
          {edited && (
            <Button variant="ghost" onClick={() => begin()}>
              {t('leaveIt')}
            </Button>
          )}
          <Button variant="outline" disabled={!whole} onClick={keepNow}>
            {edited ? (
              t('keepLicence')
            ) : (
              <>
                <Plus aria-hidden /> {t('addLicence')}
              </>
            )}
          </Button>
        </span>
      </div>
    </section>
  )
}

type LineProps = { licence: Licence; onEdit: () => void; onRemove: (button: HTMLElement) => void }

function Line({ licence, onEdit, onRemove }: LineProps) {
  const t = useTranslations('setup')
  return (
    <li className="flex min-h-9 items-center gap-3 border-b text-sm">
      <span className="me-auto flex min-w-0 flex-wrap items-center gap-x-3 py-1">
        <bdi className="wrap-anywhere">{licence.authority}</bdi>
        <bdi dir="ltr" className="wrap-anywhere text-muted-foreground">
          {licence.number}
        </bdi>
        <Standing licence={licence} />
      </span>
      <Button
        size="icon"
        variant="ghost"
        className="size-7"
        aria-label={t('editLicence', { authority: licence.authority })}
        onClick={onEdit}
      >
        <Pencil />
      </Button>
      <Button
        size="icon"
        variant="ghost"
        className="size-7"
        aria-label={t('removeDay', { day: licence.authority })}
        onClick={event => onRemove(event.currentTarget)}
      >
        <X />
      </Button>
    </li>
  )
}

/** Until when; loud when that is soon or over. */
export function Standing({ licence }: { licence: Licence }) {
  const t = useTranslations('setup')
  const writing = useWriting()
  if (!licence.expires_on) return null
  const day = writing.day(licence.expires_on)
  if (licence.standing === 'valid') return <span className="text-muted-foreground">{t('goodUntil', { day })}</span>
  return (
    <Badge tone={licence.standing === 'expired' ? 'danger' : 'warn'}>
      {t(licence.standing === 'expired' ? 'expiredOn' : 'runsOutOn', { day })}
    </Badge>
  )
}
