import type { Provider } from '@chairside/api'
import { Button, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import type { Pending } from './pending'
import { overridesQuery } from './queries'
import { stepAside } from './step-aside'
import { another, type Block, overlapping } from './weekly'
import { Times } from './weekly-editor'
import { addOverride, removeOverride } from './writes'

type Override = { id: string; date: string; blocks: string[][] }
type Props = { provider: Provider; pending: Pending }

/** Single days on which a provider works otherwise than usual, or not at all. */
export function Overrides({ provider, pending }: Props) {
  const t = useTranslations('setup')
  const tell = useTell()
  const clinic = useSlug()
  const writing = useWriting()
  const regret = useRegret()
  const overrides = useQuery(overridesQuery(clinic, provider.id))
  const [date, setDate] = useState('')
  const [blocks, setBlocks] = useState<Block[]>([])
  const fields = useRef<HTMLDivElement>(null)
  const dateField = () => fields.current?.querySelector<HTMLElement>('input[type=date]')
  const add = () =>
    send(addOverride(clinic, provider.id, { date, blocks })).then(made => {
      tell(t('dayAdded', { day: writing.day(date) }), () => send(removeOverride(clinic, provider.id, made.id)))
      setDate('')
      setBlocks([])
    })
  pending.current = date ? add : undefined
  const addNow = () => void add().then(() => dateField()?.focus(), regret)
  const remove = (one: Override, button: HTMLElement) => {
    const day = writing.day(one.date)
    const back = () => send(addOverride(clinic, provider.id, { date: one.date, blocks: one.blocks }))
    stepAside(button, dateField())
    void send(removeOverride(clinic, provider.id, one.id)).then(() => tell(t('dayRemoved', { day }), back), regret)
  }
  const today = writing.today.toString()
  return (
    <section className="grid gap-2 border-t pt-4">
      <h3 className="font-medium text-sm">{t('overrides')}</h3>
      <Answer to={overrides} compact>
        {items => (
          <ul className="grid">
            {items
              .filter(one => one.date >= today)
              .map(one => (
                <li key={one.id} className="flex min-h-9 items-center gap-3 border-b text-sm">
                  <bdi>{writing.day(one.date, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })}</bdi>
                  <span className="me-auto text-muted-foreground">
                    {one.blocks.length ? (
                      <bdi dir="ltr">
                        {one.blocks.map(([opens = '', closes = '']) => writing.wallRange(opens, closes)).join(', ')}
                      </bdi>
                    ) : (
                      t('dayOff')
                    )}
                  </span>
                  <Button
                    size="icon"
                    variant="ghost"
                    className="size-7"
                    aria-label={t('removeDay', { day: writing.day(one.date) })}
                    onClick={event => remove(one, event.currentTarget)}
                  >
                    <X />
                  </Button>
                </li>
              ))}
          </ul>
        )}
      </Answer>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter adds the day; it does not save the provider around it */}
      <div
        ref={fields}
        className="flex flex-wrap items-end gap-2"
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || (event.target as HTMLElement).tagName !== 'INPUT') return
          event.preventDefault()
          if (date && !overlapping(blocks)) addNow()
        }}
      >
        <Field
          label={t('otherDay')}
          type="date"
          min={today}
          value={date}
          onChange={event => setDate(event.target.value)}
          className="w-40"
        />
        <div className="grid gap-1 pb-0.5">
          {blocks.map((block, index) => (
            <Times
              key={index}
              block={block}
              name={`${t('otherDay')} ${index + 1}`}
              onChange={next => setBlocks(blocks.map((one, at) => (at === index ? next : one)))}
              onRemove={() => {
                dateField()?.focus()
                setBlocks(blocks.filter((_, at) => at !== index))
              }}
            />
          ))}
          {overlapping(blocks) && (
            <span role="alert" className="text-destructive text-xs">
              {t('overlap')}
            </span>
          )}
          {blocks.length === 0 && <span className="flex h-8 items-center text-muted-foreground text-sm">{t('dayOff')}</span>}
        </div>
        <Button
          variant="ghost"
          size="sm"
          className="mb-1"
          onClick={() => setBlocks([...blocks, blocks.length ? another(blocks) : ['09:00', '13:00']])}
        >
          {t('addHours')}
        </Button>
        <Button variant="outline" disabled={!date || overlapping(blocks)} onClick={addNow} className="mb-0.5 ms-auto">
          <Plus aria-hidden /> {t('addDay')}
        </Button>
      </div>
    </section>
  )
}
