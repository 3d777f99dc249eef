import { ChevronDown, CircleAlert } from 'lucide-react'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { cn } from './cn'

export const control =
  'h-9 w-full min-w-0 rounded-md border border-input bg-background px-3 text-base placeholder:text-muted-foreground disabled:bg-muted disabled:text-muted-foreground [&[readonly]]:bg-muted aria-invalid:border-destructive aria-invalid:ring-1 aria-invalid:ring-destructive file:me-3 file:h-full file:cursor-pointer file:border-0 file:bg-transparent file:font-medium file:text-sm'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input data-slot="input" {...rest} className={cn(control, className)} />
}

export type FrameProps = {
  label: string
  labelHidden?: boolean
  hint?: ReactNode
  error?: string
  required?: boolean
  className?: string
}
type Wiring = { id: string; 'aria-invalid': true | undefined; 'aria-describedby': string | undefined }

/** A label above, what is wrong below, and in between whatever takes `wiring`. */
export function Frame(props: FrameProps & { children: (wiring: Wiring) => ReactNode }) {
  const { label, labelHidden, hint, error, required, className, children } = props
  const id = useId()
  const about = error || hint ? `${id}-about` : undefined
  return (
    <div data-slot="field" className={cn('grid min-w-0 content-start gap-1.5', className)}>
      <label htmlFor={id} className={labelHidden ? 'sr-only' : 'font-medium text-sm'}>
        {label}
        {required && (
          <span aria-hidden className="text-destructive">
            {' '}
            *
          </span>
        )}
      </label>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': about })}
      {about && (
        <div id={about} className={cn('flex items-start gap-1.5 text-xs', error ? 'text-destructive' : 'text-muted-foreground')}>
          {error && <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />}
          <span dir="auto">{error ?? hint}</span>
        </div>
      )}
    </div>
  )
}

type FieldProps = FrameProps & Omit<ComponentProps<'input'>, 'className'> & { choices?: [string, string][]; end?: ReactNode }

/** A label, a control and, when the server says so, what is wrong with it. Uncontrolled: the form reads it on submit. */
export function Field({ label, labelHidden, hint, error, choices, className, end, ...rest }: FieldProps) {
  const { name, required, defaultValue, value, onChange, disabled } = rest
  const select = { name, required, defaultValue, value, disabled, onChange: onChange as never }
  return (
    <Frame {...{ label, labelHidden, hint, error, required, className }}>
      {wiring =>
        choices ? (
          <span className="relative grid">
            <select {...wiring} {...select} className={cn(control, 'appearance-none pe-8')}>
              {choices.map(([value, text]) => (
                <option key={value} value={value} className="bg-popover">
                  {text}
                </option>
              ))}
            </select>
            <ChevronDown aria-hidden className="pointer-events-none absolute end-2.5 top-2.5 size-4 text-muted-foreground" />
          </span>
        ) : end ? (
          // In the direction of what is typed, or the two would lie over each other.
          <span dir={rest.dir} className="relative grid">
            <Input {...rest} {...wiring} className={typeof end === 'string' ? 'pe-14' : 'pe-24'} />
            <span className="absolute inset-y-1 end-1 flex items-center">
              {typeof end === 'string' ? <span className="pe-2 text-muted-foreground text-sm">{end}</span> : end}
            </span>
          </span>
        ) : (
          <Input {...rest} {...wiring} />
        )
      }
    </Frame>
  )
}

export function TextArea({ label, labelHidden, hint, error, className, ...rest }: FrameProps & ComponentProps<'textarea'>) {
  return (
    <Frame {...{ label, labelHidden, hint, error, className, required: rest.required }}>
      {wiring => <textarea rows={3} dir="auto" {...rest} {...wiring} className={cn(control, 'h-auto py-2')} />}
    </Frame>
  )
}

/** The words are part of the target. */
export function Check({ label, hint, className, ...rest }: ComponentProps<'input'> & { label: string; hint?: string }) {
  return (
    // The height stands within: a height of its own would let a row of a grid that scrolls be lower than the words.
    <label className={cn('flex w-fit items-start gap-2 text-sm', className)}>
      <input type="checkbox" {...rest} className="mt-0.5 size-4 shrink-0 accent-primary" />
      <span className="grid min-h-6">
        {label}
        {hint && <span className="text-muted-foreground text-xs">{hint}</span>}
      </span>
    </label>
  )
}
