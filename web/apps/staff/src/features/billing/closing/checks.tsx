import type { Drawer } from '@chairside/api'
import { Card } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import type { Count } from './model'

type ChecksProps = { drawer: Drawer; count: Count; set: (next: Partial<Count>) => void; sum: number }

/** Those that were taken, each ticked until it is not there. */
export function Checks({ drawer, count, set, sum }: ChecksProps) {
  const t = useTranslations('day.drawer')
  const { money, currency } = useWriting()
  const checks = drawer.items.filter(item => item.method === 'check')
  const toggle = (id: string) =>
    set({ missing: count.missing.includes(id) ? count.missing.filter(one => one !== id) : [...count.missing, id] })
  return (
    <Card
      title={t('checks')}
      end={checks.length > 0 && <bdi className="pe-2.5 font-semibold tabular-nums">{money({ amount: sum, currency })}</bdi>}
    >
      {checks.length === 0 ? (
        <p className="px-4 py-3 text-muted-foreground text-sm">{t('noChecks')}</p>
      ) : (
        <>
          <p className="px-4 pt-2.5 pb-1 text-muted-foreground text-xs">{t('there')}</p>
          <ul className="pb-2">
            {checks.map(check => (
              <li key={check.id}>
                <label className="flex min-h-9 items-center gap-3 px-4 py-0.5 text-sm hover:bg-surface">
                  <input
                    type="checkbox"
                    className="size-4 accent-primary"
                    checked={!count.missing.includes(check.id)}
                    onChange={() => toggle(check.id)}
                  />
                  <span className="me-auto grid">
                    <bdi>{check.patient_name}</bdi>
                    {check.reference && (
                      <span className="text-muted-foreground text-xs">
                        {check.kind === 'refund' ? t('refund') : t('checkNumber')} <bdi>{check.reference}</bdi>
                      </span>
                    )}
                  </span>
                  <bdi className="tabular-nums">{money(check.amount)}</bdi>
                </label>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
