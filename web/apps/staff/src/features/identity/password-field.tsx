import { Button, Field, type FrameProps } from '@chairside/ui'
import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { useTranslations } from 'use-intl'

export const SHORTEST = 12

type PasswordProps = Omit<FrameProps, 'label'> &
  Pick<ComponentProps<'input'>, 'name' | 'autoComplete' | 'autoFocus' | 'required'> & {
    label?: string
    /** A password being chosen: how long it is, and what makes it a good one. */
    chosen?: boolean
  }

/** Can be shown, pasted and filled by a password manager. */
export function PasswordField({ chosen, label, hint, ...rest }: PasswordProps) {
  const t = useTranslations('identity')
  const [shown, show] = useState(false)
  const [length, setLength] = useState(0)
  const enough = length >= SHORTEST
  const advice = chosen
    ? length === 0
      ? t('passwordHint')
      : enough
        ? t('passwordLong')
        : t('passwordMore', { count: SHORTEST - length })
    : hint
  return (
    <div className="grid gap-1.5">
      <Field
        {...rest}
        label={label ?? t('password')}
        hint={advice}
        type={shown ? 'text' : 'password'}
        dir="ltr"
        onChange={chosen ? event => setLength([...event.target.value].length) : undefined}
        end={
          <Button size="sm" variant="ghost" aria-pressed={shown} onClick={() => show(!shown)}>
            {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
            {shown ? t('hide') : t('show')}
          </Button>
        }
      />
      {chosen && (
        <span aria-hidden className="h-1 overflow-hidden rounded-full bg-muted">
          <span
            className={`block h-full rounded-full transition-[width] ${enough ? 'bg-ok' : 'bg-warn'}`}
            style={{ width: `${Math.min(100, (length / (SHORTEST * 1.5)) * 100)}%` }}
          />
        </span>
      )}
    </div>
  )
}
