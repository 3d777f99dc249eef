import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { cn } from './cn'

type Choice = { value: string; label: ReactNode; hint?: string }

/** One of a few, always visible. */
type SegmentedProps = {
  label: string
  value: string
  choices: Choice[]
  onChange: (value: string) => void
  className?: string
}

export function Segmented(props: SegmentedProps) {
  return (
    <ToggleGroup.Root
      type="single"
      data-slot="segmented"
      aria-label={props.label}
      value={props.value}
      onValueChange={value => value && props.onChange(value)}
      className={cn('inline-flex min-h-control rounded-md bg-muted p-0.5', props.className)}
    >
      {props.choices.map(choice => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          aria-label={choice.hint}
          className="inline-flex items-center gap-1.5 rounded px-2.5 font-medium text-muted-foreground text-sm hover:text-foreground data-[state=on]:bg-background data-[state=on]:text-foreground data-[state=on]:shadow-xs [&_svg]:size-4"
        >
          {choice.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
