import type { TreatmentPlan } from '@chairside/api'
import { Badge } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

/** What was shown, the latest first; each opens as it was. */
export function Versions({ plan, onShow }: { plan: TreatmentPlan; onShow: (number: number) => void }) {
  const t = useTranslations('plans')
  const { dayOf } = useWriting()
  if (plan.versions.length === 0) return null
  return (
    <section aria-label={t('versions')} className="grid gap-1.5">
      <h3 className="font-medium text-sm">{t('versions')}</h3>
      <ul className="divide-y rounded-lg border bg-card">
        {plan.versions.map(one => (
          <li key={one.number}>
            <button
              type="button"
              onClick={() => onShow(one.number)}
              className="flex min-h-9 w-full flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-start text-sm hover:bg-accent"
            >
              <span className="font-medium">{t('version', { number: one.number })}</span>
              <span className="text-muted-foreground">{t('shownOn', { day: dayOf(one.shown_at) })}</span>
              {one.signed_at ? (
                <Badge>{t('signedBy', { name: one.signer_name ?? '', day: dayOf(one.signed_at) })}</Badge>
              ) : (
                !one.current && <Badge>{t('changedSince')}</Badge>
              )}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
