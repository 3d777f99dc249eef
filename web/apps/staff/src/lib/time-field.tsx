import { cn } from '@chairside/ui'
import { useState } from 'react'
import { useClinic, useWriting } from './clinic'
import { hasHalves, readTime } from './times'

type TimeFieldProps = { label: string; value: string; onChange: (time: string) => void; className?: string }

/** A time of day as the clinic's country writes it, typed freely; `HH:MM` outside. What is no time goes when the field is left. */
export function TimeField({ label, value, onChange, className }: TimeFieldProps) {
  const { wallTime } = useWriting()
  const halves = hasHalves(useClinic().locale)
  const [typed, setTyped] = useState<string>()
  const isWrong = typed !== undefined && readTime(typed, halves) === undefined
  return (
    <input
      aria-label={label}
      aria-invalid={isWrong || undefined}
      autoComplete="off"
      dir="ltr"
      value={typed ?? wallTime(value)}
      onFocus={event => event.currentTarget.select()}
      onChange={event => {
        setTyped(event.target.value)
        const time = readTime(event.target.value, halves)
        if (time) onChange(time)
      }}
      onBlur={() => setTyped(undefined)}
      className={cn(
        'h-8 rounded-md border border-input bg-background px-2 text-sm tabular-nums aria-invalid:border-destructive',
        className,
      )}
    />
  )
}
