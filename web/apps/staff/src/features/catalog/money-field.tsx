import { Field, type FrameProps } from '@chairside/ui'
import type { ComponentProps } from 'react'
import { useWriting } from '@/lib/clinic'
import { writeAmount } from '@/lib/money'

type Props = FrameProps &
  Pick<ComponentProps<'input'>, 'name' | 'autoFocus' | 'onChange' | 'readOnly'> & { amount?: number; value?: string }

/** An amount in the clinic's currency, typed with either decimal mark; `readAmount` reads it. */
export function MoneyField({ amount, value, ...rest }: Props) {
  const { currency, format } = useWriting()
  const text = amount === undefined ? undefined : writeAmount({ amount, currency }, format)
  return (
    <Field
      {...rest}
      {...(value === undefined ? { defaultValue: text } : { value })}
      dir="ltr"
      inputMode="decimal"
      autoComplete="off"
      onFocus={event => event.target.select()}
      end={currency}
    />
  )
}
