import type { Weekly } from '@chairside/api'
import { Button, cn } from '@chairside/ui'
import { CopyCheck, Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { TimeField } from '@/lib/time-field'
import { another, type Block, blocksOf, crossesMidnight, dayName, overlapping, weekOf, withDay } from './weekly'

type Props = { weekly: Weekly; onChange: (weekly: Weekly) => void; error?: string; autoFocus?: boolean }

/** A week of opening or working hours, with breaks. */
export function WeeklyEditor({ weekly, onChange, error, autoFocus }: Props) {
  const t = useTranslations('setup')
  const { format } = useWriting()
  const days = weekOf(format)
  const set = (day: string, blocks: Block[]) => onChange(withDay(weekly, day, blocks))
  const copy = (day: string) =>
    onChange(Object.fromEntries(days.map(one => [one, Number(one) <= 5 ? blocksOf(weekly, day) : blocksOf(weekly, one)])))
  return (
    <fieldset className="grid">
      <legend className="sr-only">{t('week')}</legend>
      {error && <p className="pb-2 text-destructive text-sm">{error}</p>}
      {days.map((day, at) => {
        const blocks = blocksOf(weekly, day)
        const name = dayName(day, format)
        return (
          <div
            key={day}
            data-day
            className="grid grid-cols-[8.5rem_minmax(0,1fr)_auto] items-start gap-x-3 border-t py-1.5 first-of-type:border-t-0 max-sm:grid-cols-[minmax(0,1fr)_auto]"
          >
            <label className="flex h-8 items-center gap-2.5 text-sm">
              <input
                type="checkbox"
                checked={blocks.length > 0}
                // biome-ignore lint/a11y/noAutofocus: the step of the checklist that has just opened
                autoFocus={autoFocus && at === 0}
                onChange={event => set(day, event.target.checked ? [another([])] : [])}
                className="size-4 accent-primary"
              />
              <span className={cn('first-letter:uppercase', blocks.length === 0 && 'text-muted-foreground')}>{name}</span>
            </label>
            <div className="grid gap-1 max-sm:col-span-full max-sm:row-start-2 max-sm:ps-6">
              {blocks.length === 0 && <span className="flex h-8 items-center text-muted-foreground text-sm">{t('closed')}</span>}
              {blocks.map((block, index) => (
                <Times
                  key={index}
                  block={block}
                  name={`${name} ${index + 1}`}
                  onChange={next =>
                    set(
                      day,
                      blocks.map((one, at) => (at === index ? next : one)),
                    )
                  }
                  onRemove={
                    blocks.length > 1
                      ? () =>
                          set(
                            day,
                            blocks.filter((_, at) => at !== index),
                          )
                      : undefined
                  }
                />
              ))}
              {overlapping(blocks) && <span className="text-destructive text-xs">{t('overlap')}</span>}
            </div>
            <div className="flex max-sm:col-start-2 max-sm:row-start-1">
              {blocks.length > 0 && (
                <>
                  <Button
                    data-add
                    size="icon"
                    variant="ghost"
                    aria-label={t('addBreak', { day: name })}
                    title={t('addBreak', { day: name })}
                    onClick={() => set(day, [...blocks, another(blocks)])}
                  >
                    <Plus />
                  </Button>
                  <Button
                    size="icon"
                    variant="ghost"
                    aria-label={t('copyDay', { day: name })}
                    title={t('copyDay', { day: name })}
                    onClick={() => copy(day)}
                  >
                    <CopyCheck />
                  </Button>
                </>
              )}
            </div>
          </div>
        )
      })}
    </fieldset>
  )
}

type TimesProps = { block: Block; name: string; onChange: (block: Block) => void; onRemove?: () => void }

export function Times({ block, name, onChange, onRemove }: TimesProps) {
  const t = useTranslations('setup')
  const field = (at: 0 | 1, label: string) => (
    <TimeField
      label={label}
      value={block[at]}
      onChange={time => onChange(at ? [block[0], time] : [time, block[1]])}
      className="w-24"
    />
  )
  return (
    <div dir="ltr" className="flex items-center gap-1.5 rtl:justify-end">
      {field(0, t('opens', { day: name }))}
      <span aria-hidden className="text-muted-foreground">
        –
      </span>
      {field(1, t('closes', { day: name }))}
      {crossesMidnight(block) && block[1] !== '00:00' && <span className="text-muted-foreground text-xs">{t('nextDay')}</span>}
      {onRemove && (
        <Button
          size="icon"
          variant="ghost"
          className="size-7 rtl:order-first"
          aria-label={t('removeBlock', { day: name })}
          onClick={event => {
            // The button goes with its hours; the focus must not go with it.
            event.currentTarget.closest('[data-day]')?.querySelector<HTMLElement>('[data-add]')?.focus()
            onRemove()
          }}
        >
          <X />
        </Button>
      )}
    </div>
  )
}
