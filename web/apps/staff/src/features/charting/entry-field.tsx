import { type Reading, ToothPicture } from '@chairside/dental'
import { Button, Input } from '@chairside/ui'
import { CircleAlert, CornerDownLeft } from 'lucide-react'
import { type KeyboardEvent, type Ref, useId } from 'react'
import { useTranslations } from 'use-intl'
import { useChartWords } from './use-chart-words'

type Props = {
  ref: Ref<HTMLInputElement>
  text: string
  reading: Reading
  onText: (text: string) => void
  onEnter: () => void
  onLeave: () => void
}

/** What is typed, and below it, before it counts, what it is understood as: the tooth by its picture and name. */
export function EntryField({ ref, text, reading, onText, onEnter, onLeave }: Props) {
  const t = useTranslations('chart')
  const words = useChartWords()
  const id = useId()
  const { entry, trouble } = reading
  function key(event: KeyboardEvent) {
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      onEnter()
    }
    if (event.key === 'Escape') {
      event.stopPropagation()
      text ? onText('') : onLeave()
    }
  }
  return (
    <div className="grid gap-2 px-4 pt-3 print:hidden">
      <div className="flex gap-2">
        <Input
          ref={ref}
          dir="ltr"
          aria-label={t('entry')}
          aria-describedby={id}
          aria-invalid={trouble ? true : undefined}
          placeholder={t('example')}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          value={text}
          onChange={event => onText(event.target.value)}
          onKeyDown={key}
        />
        <Button disabled={!entry} onClick={onEnter} aria-label={t('record')}>
          <CornerDownLeft className="rtl:-scale-x-100" />
        </Button>
      </div>
      <div id={id} aria-live="polite" className="flex min-h-14 items-center gap-3 text-sm">
        {reading.teeth.length > 0 && (
          <span className="flex shrink-0" dir="ltr">
            {reading.teeth.slice(0, 4).map(tooth => (
              <span key={tooth} className="w-6">
                <ToothPicture id={tooth} state={{ presence: 'present', marks: [] }} on={reading.surfaces} />
              </span>
            ))}
          </span>
        )}
        <span className="grid min-w-0 gap-0.5">
          {reading.teeth.length > 0 && (
            <span className="text-muted-foreground text-xs">
              {reading.teeth.slice(0, 2).map(words.tooth).join('; ')}
              {reading.teeth.length > 2 && ' …'}
            </span>
          )}
          {entry && <span className="font-medium">{words.entry(entry)}</span>}
          {trouble && (
            <span className="flex items-start gap-1.5 text-destructive text-xs">
              <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
              {'condition' in trouble
                ? t(`trouble.${trouble.code}`, { what: words.condition(trouble.condition) })
                : trouble.code === 'surface'
                  ? t('trouble.surface', { said: trouble.said, tooth: words.numbers([trouble.tooth]) })
                  : t(`trouble.${trouble.code}`, { said: trouble.said })}
            </span>
          )}
          {!text && reading.teeth.length === 0 && <span className="text-muted-foreground text-xs">{t('entryHint')}</span>}
        </span>
      </div>
    </div>
  )
}
