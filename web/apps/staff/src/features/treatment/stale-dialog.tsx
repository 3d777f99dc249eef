import type { TreatmentItem, TreatmentPlan } from '@chairside/api'
import { Button, Dialog, DialogFoot } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import type { Stale } from './use-plan-acts'
import { usePlanWords } from './use-plan-words'

type Props = { stale: Stale; plan: TreatmentPlan; onMine: () => void; onTheirs: () => void }

/** Somebody else changed the plan meanwhile: what is there now, and what was wanted; nothing is overwritten unseen. */
export function StaleDialog({ stale, plan, onMine, onTheirs }: Props) {
  const t = useTranslations('plans')
  const states = useTranslations('states')
  return (
    <Dialog open onClose={onTheirs} title={t('stale')} about={t('staleAbout')} close={states('close')} className="max-w-2xl">
      <div className="grid grid-cols-2 gap-4 overflow-y-auto px-5 pt-4 pb-5 max-sm:grid-cols-1">
        <Lines title={t('theirs')} items={plan.items} />
        <Lines title={t('mine')} items={stale.wanted} />
      </div>
      <DialogFoot>
        <Button variant="outline" onClick={onTheirs} autoFocus>
          {t('keepTheirs')}
        </Button>
        <Button onClick={onMine}>{t('doMine', { what: stale.act.told })}</Button>
      </DialogFoot>
    </Dialog>
  )
}

function Lines({ title, items }: { title: string; items: TreatmentItem[] }) {
  const t = useTranslations('plans')
  const words = usePlanWords()
  return (
    <section className="grid content-start gap-1.5">
      <h3 className="font-medium text-sm">{title}</h3>
      <ol className="grid gap-1 text-sm">
        {items.map(item => (
          <li key={item.id} className="rounded-md border px-2.5 py-1.5">
            <bdi>{words.item(item)}</bdi> <span className="text-muted-foreground">{t('phase', { number: item.phase })}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
