import type { Service } from '@chairside/api'
import { Command } from 'cmdk'
import { Check } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { matching } from './reasons'

type WhyProps = {
  services: Service[]
  service: Service | undefined
  onService: (service: Service | undefined) => void
  /** It was taken by Enter or a click, not only passed over. */
  onTaken: () => void
}

/** Why: what is highlighted is what will be booked. The pointer alone chooses nothing: it passes over the list to the button. */
export function BookWhy({ services, service, onService, onTaken }: WhyProps) {
  const t = useTranslations('schedule')
  const [text, setText] = useState('')
  const shown = matching(services, text)
  const take = (one: Service) => {
    onService(one)
    onTaken()
  }
  return (
    <Command
      shouldFilter={false}
      disablePointerSelection
      label={t('what')}
      value={service?.id ?? ''}
      onValueChange={id => onService(shown.find(one => one.id === id))}
      className="flex min-h-0 flex-col pt-2"
    >
      <Command.Input
        value={text}
        onValueChange={typed => {
          setText(typed)
          onService(matching(services, typed)[0])
        }}
        placeholder={t('whyHint')}
        autoFocus
        className="mx-5 h-9 shrink-0 rounded-md border border-input bg-background px-3 text-base"
      />
      <Command.List tabIndex={-1} className="palette-list" label={t('what')}>
        {shown.length === 0 && <p className="px-2.5 py-2 text-muted-foreground text-sm">{t('noReason')}</p>}
        {shown.map(one => (
          <Command.Item key={one.id} value={one.id} onSelect={() => take(one)} className="hover:bg-accent/60">
            <Check aria-hidden className={one.id === service?.id ? '' : 'invisible'} />
            <span dir="auto" className="truncate">
              {one.name}
            </span>
            <span className="ms-auto whitespace-nowrap text-muted-foreground">
              {t('minutes', { count: one.duration_minutes })}
            </span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}
