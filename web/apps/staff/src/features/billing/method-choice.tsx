import type { Method } from '@chairside/api'
import { Banknote, CreditCard, Landmark, type LucideIcon, ReceiptText } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { METHODS } from './model'

const ICONS: Record<Method, LucideIcon> = { cash: Banknote, card: CreditCard, check: ReceiptText, transfer: Landmark }

/** Real radios: one stop for Tab, arrows choose. */
export function MethodChoice({ value, onChange }: { value: Method; onChange: (method: Method) => void }) {
  const t = useTranslations('billing')
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{t('method')}</legend>
      <div className="grid grid-cols-4 gap-2 max-sm:grid-cols-2">
        {METHODS.map(method => {
          const Icon = ICONS[method]
          return (
            <label
              key={method}
              className="flex h-10 cursor-pointer items-center justify-center gap-2 rounded-md border text-sm hover:bg-surface has-checked:border-primary has-checked:bg-accent has-checked:font-semibold has-checked:shadow-[inset_0_0_0_1px_var(--primary)] has-focus-visible:outline-2 has-focus-visible:outline-ring has-focus-visible:outline-offset-2"
            >
              <input
                type="radio"
                name="method"
                value={method}
                checked={value === method}
                onChange={() => onChange(method)}
                className="sr-only"
              />
              <Icon aria-hidden className="size-4" />
              {t(`methods.${method}`)}
            </label>
          )
        })}
      </div>
    </fieldset>
  )
}
