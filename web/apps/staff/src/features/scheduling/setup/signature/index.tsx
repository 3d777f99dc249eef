import { Button, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { FileUp, Keyboard, PenLine, Trash2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { signatureQuery } from '../queries'
import { keepSignature, removeSignature } from '../writes'
import { Pad } from './pad'
import { brought, typed } from './picture'

/** How a provider signs: drawn here, brought as a picture, or written out by name. */
export function SignatureSection({ provider, name }: { provider: string; name: string }) {
  const t = useTranslations('setup.signature')
  return (
    <section aria-label={t('title')} className="grid gap-2 border-t pt-4">
      <h3 className="font-medium text-sm">{t('title')}</h3>
      <Signature provider={provider} name={name} />
    </section>
  )
}

export function Signature({ provider, name }: { provider: string; name: string }) {
  const t = useTranslations('setup.signature')
  const states = useTranslations('states')
  const clinic = useSlug()
  const { dayOf } = useWriting()
  const tell = useTell()
  const regret = useRegret()
  const signature = useQuery(signatureQuery(clinic, provider))
  const [way, setWay] = useState<'pad' | 'name'>()
  const [written, setWritten] = useState(name)
  const [trouble, setTrouble] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const first = useRef<HTMLButtonElement>(null)
  const was = signature.data?.picture
  const shut = () => {
    setWay(undefined)
    setTimeout(() => first.current?.focus())
  }
  const keep = (picture: string) =>
    send(keepSignature(clinic, provider, picture)).then(() => {
      shut()
      tell(t('kept'), () => send(was ? keepSignature(clinic, provider, was) : removeSignature(clinic, provider)))
    }, regret)
  const remove = () => {
    first.current?.focus()
    void send(removeSignature(clinic, provider)).then(
      () => tell(t('removed'), was ? () => send(keepSignature(clinic, provider, was)) : undefined),
      regret,
    )
  }
  const bring = (file: File) => {
    setTrouble('')
    void brought(file).then(keep, () => setTrouble(t('noPicture')))
  }
  return (
    <>
      <p className="text-muted-foreground text-sm">{t('about')}</p>
      <Answer to={signature} compact>
        {kept =>
          kept?.picture && (
            <figure className="grid w-fit max-w-full gap-1">
              {/* Ink is dark: also where the screen is. */}
              <img
                src={`data:image/png;base64,${kept.picture}`}
                alt={t('of', { name })}
                className="max-h-24 max-w-full rounded-md border bg-[white] object-contain p-2 sm:max-w-72"
              />
              <figcaption className="text-muted-foreground text-xs">{t('since', { day: dayOf(kept.kept_at ?? '') })}</figcaption>
            </figure>
          )
        }
      </Answer>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter keeps the signature; it does not save the provider around it */}
      <div
        className="grid gap-2"
        onInput={event => event.stopPropagation()}
        onKeyDown={event => {
          if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
          event.preventDefault()
          event.stopPropagation()
          if (written.trim()) void keep(typed(written.trim()))
        }}
      >
        {way === 'pad' && <Pad label={t('pad')} onDone={picture => void keep(picture)} onBack={shut} />}
        {way === 'name' && (
          <div className="flex flex-wrap items-end gap-2">
            <Field
              label={t('name')}
              value={written}
              maxLength={80}
              dir="auto"
              autoFocus
              className="min-w-56 flex-1"
              onChange={event => setWritten(event.currentTarget.value)}
            />
            <Button size="sm" disabled={!written.trim()} onClick={() => void keep(typed(written.trim()))}>
              {t('keep')}
            </Button>
            <Button size="sm" variant="ghost" onClick={shut}>
              {states('back')}
            </Button>
          </div>
        )}
        <input
          ref={input}
          type="file"
          accept="image/png,image/jpeg,image/webp"
          aria-label={t('bring')}
          className="sr-only"
          tabIndex={-1}
          onChange={event => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file) bring(file)
          }}
        />
        {!way && (
          <div className="flex flex-wrap gap-2">
            <Button ref={first} size="sm" variant="outline" onClick={() => setWay('pad')}>
              <PenLine aria-hidden /> {t('draw')}
            </Button>
            <Button size="sm" variant="outline" onClick={() => input.current?.click()}>
              <FileUp aria-hidden /> {t('bring')}
            </Button>
            <Button size="sm" variant="outline" onClick={() => setWay('name')}>
              <Keyboard aria-hidden /> {t('type')}
            </Button>
            {was && (
              <Button size="sm" variant="ghost" onClick={remove}>
                <Trash2 aria-hidden /> {t('remove')}
              </Button>
            )}
          </div>
        )}
        {trouble && (
          <p role="alert" className="text-danger text-sm">
            {trouble}
          </p>
        )}
      </div>
    </>
  )
}
