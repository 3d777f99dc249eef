import type { Charge, Invoice } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

type Line = Pick<Charge, 'kind' | 'description' | 'quantity' | 'unit_price' | 'on'> | Invoice['lines'][number]

/** What a charge is called: an opening balance in the reader's language, everything else as it was written. */
export function useChargeWords() {
  const t = useTranslations('billing')
  const writing = useWriting()
  return {
    title: (line: Line) => (line.kind === 'opening_balance' ? t('broughtForward') : line.description),
    about: (line: Line) =>
      line.quantity > 1 ? `${writing.day(line.on)} · ${line.quantity} × ${writing.money(line.unit_price)}` : writing.day(line.on),
  }
}
