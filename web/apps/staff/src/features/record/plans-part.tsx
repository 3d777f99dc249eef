import type { TreatmentPlan } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { usePlanWords } from '@/features/treatment/use-plan-words'
import { useWriting } from '@/lib/clinic'
import { Part } from './part'

/** Each plan: what is to be done and became of it, and what was shown and signed. */
export function PlansPart({ plans }: { plans: TreatmentPlan[] }) {
  const t = useTranslations('plans')
  const words = usePlanWords()
  const writing = useWriting()
  return (
    <Part title={t('plan')} none={plans.length === 0 && t('none')}>
      {plans.map(plan => (
        <section key={plan.id} className="grid min-w-0 gap-2">
          <h3 className="font-medium text-sm">
            <bdi>{plan.archived_at ? t('away', { title: plan.title }) : plan.title}</bdi>
          </h3>
          <ul className="grid gap-1 text-sm">
            {plan.items.map(item => (
              <li key={item.id} className="flex flex-wrap gap-x-3">
                <span className="me-auto">
                  {t('phase', { number: item.phase })}: <bdi className="font-medium">{words.item(item)}</bdi>
                  {' · '}
                  {t(`statuses.${item.status}`)}
                </span>
                <bdi className="tabular-nums">{writing.money(item.price)}</bdi>
              </li>
            ))}
          </ul>
          {plan.versions.map(version => (
            <p key={version.number} className="text-muted-foreground text-xs">
              {t('version', { number: version.number })} {t('shownOn', { day: writing.dayOf(version.shown_at) })}
              {version.signed_at &&
                ` · ${t('signedBy', { name: version.signer_name ?? '–', day: writing.dayOf(version.signed_at) })}`}
            </p>
          ))}
        </section>
      ))}
    </Part>
  )
}
