import type { Favourite } from '@chairside/api'
import { Button, cn, Input } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { factsOf, favouriteOf, found } from './model'
import { favouritesQuery } from './queries'
import { useDirections } from './use-directions'
import { addFavourite, beginFavourites, removeFavourite } from './writes'

type Props = { onFavourite: (one: Favourite) => void; onDrug: (drug: string) => void }

/** A favourite by the beginnings of its words, or any other drug by its name: arrows and Enter. */
export function DrugPicker({ onFavourite, onDrug }: Props) {
  const t = useTranslations('prescribing')
  const id = useId()
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  const directions = useDirections()
  const box = useRef<HTMLInputElement>(null)
  const favourites = useQuery(favouritesQuery(clinic))
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  useEffect(() => box.current?.focus(), [])
  const listed = found(typed, favourites.data ?? [])
  const other = typed.trim()
  const many = listed.length + (other ? 1 : 0)
  const choose = (index: number) => {
    const one = listed[index]
    if (one) onFavourite(one)
    else if (other) onDrug(other)
  }
  const remove = (one: Favourite) =>
    send(removeFavourite(clinic, one.id)).then(
      () => tell(t('did.unkept', { drug: one.drug }), () => send(addFavourite(clinic, favouriteOf(factsOf(one))))),
      regret,
    )
  const keyed = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by && many) {
      event.preventDefault()
      setAt((at + by + many) % many)
    } else if (event.key === 'Enter' && many) {
      event.preventDefault()
      choose(Math.min(at, many - 1))
    } else if (event.key === 'Escape' && typed) {
      event.stopPropagation()
      setTyped('')
    }
  }
  const line = (index: number) =>
    cn(
      'flex min-w-0 flex-1 cursor-pointer flex-wrap items-baseline gap-x-2 px-3 py-2 text-start text-sm',
      index === at && 'bg-accent',
    )
  return (
    <div className="grid gap-2">
      <Input
        ref={box}
        role="combobox"
        aria-expanded={many > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={many ? `${id}-${Math.min(at, many - 1)}` : undefined}
        aria-label={t('prescribe')}
        placeholder={t('placeholder')}
        maxLength={200}
        dir="auto"
        value={typed}
        onKeyDown={keyed}
        onChange={event => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
      />
      {many > 0 && (
        <div className="overflow-hidden rounded-md border">
          <div role="listbox" id={`${id}-list`} aria-label={t('favourites')} className="divide-y">
            {listed.map((one, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's.
              <div
                key={one.id}
                role="option"
                id={`${id}-${index}`}
                tabIndex={-1}
                aria-selected={index === at}
                className={line(index)}
                onClick={() => choose(index)}
              >
                <bdi className="font-medium">{one.drug}</bdi>
                <bdi className="text-muted-foreground">{one.strength}</bdi>
                <bdi className="text-muted-foreground">{directions(one)}</bdi>
              </div>
            ))}
            {other && (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the box's.
              <div
                role="option"
                id={`${id}-${listed.length}`}
                tabIndex={-1}
                aria-selected={at >= listed.length}
                className={line(at >= listed.length ? at : -1)}
                onClick={() => onDrug(other)}
              >
                <bdi>{t('other', { drug: other })}</bdi>
              </div>
            )}
          </div>
        </div>
      )}
      {favourites.data?.length === 0 && (
        <p className="flex flex-wrap items-center gap-2 text-muted-foreground text-sm">
          {t('noFavourites')}
          <Button
            size="sm"
            variant="outline"
            onClick={() =>
              void send(beginFavourites(clinic)).then(() => {
                tell(t('did.begun'))
                box.current?.focus()
              }, regret)
            }
          >
            {t('begin')}
          </Button>
        </p>
      )}
      {listed.length === 1 && listed[0] && (
        <Button size="sm" variant="ghost" className="justify-self-start" onClick={() => void remove(listed[0] as Favourite)}>
          <X aria-hidden /> {t('unkeep', { drug: listed[0].drug })}
        </Button>
      )}
    </div>
  )
}
