import { Check, Field } from '@chairside/ui'
import { CircleAlert } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import type { Resources } from '../queries'
import type { Draft } from './draft'

export type FieldsProps = {
  draft: Draft
  edit: (part: Partial<Draft>) => void
  resources: Resources
  errors: Record<string, string>
}

/** Several of a list; in words what is wrong with the choice. */
export function Group({ legend, hint, error, children }: { legend: string; hint?: string; error?: string; children: ReactNode }) {
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="pb-1 font-medium text-sm">{legend}</legend>
      {children}
      {hint && !error && <p className="text-muted-foreground text-xs">{hint}</p>}
      {error && (
        <p role="alert" className="flex items-start gap-1.5 text-destructive text-xs">
          <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
          {error}
        </p>
      )}
    </fieldset>
  )
}

/** Side by side where there is room. */
export function Choices({
  of,
  chosen,
  onToggle,
  aside,
}: {
  of: { id: string; name: string }[]
  chosen: string[]
  onToggle: (id: string) => void
  aside?: (id: string) => ReactNode
}) {
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-1.5 max-sm:grid-cols-1">
      {of.map(one => (
        <div key={one.id} className="flex min-h-8 flex-wrap items-center gap-2">
          <Check
            label={one.name}
            checked={chosen.includes(one.id)}
            onChange={() => onToggle(one.id)}
            className="pointer-coarse:min-h-11"
          />
          {chosen.includes(one.id) && aside?.(one.id)}
        </div>
      ))}
    </div>
  )
}

type NumberProps = Omit<ComponentProps<typeof Field>, 'value' | 'onChange'> & {
  value: number | null | undefined
  onValue: (value: number | null) => void
}

/** A whole number, or nothing. */
export function NumberField({ value, onValue, ...rest }: NumberProps) {
  return (
    <Field
      {...rest}
      type="number"
      inputMode="numeric"
      dir="ltr"
      value={value ?? ''}
      onChange={event => onValue(event.target.value === '' ? null : Math.trunc(Number(event.target.value)))}
    />
  )
}
