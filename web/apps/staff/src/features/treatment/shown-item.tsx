import type { Patient, Presentation, TreatmentPlan } from '@chairside/api'
import { between, type DrawnTooth, drawnTeeth, expected, Patterns, ToothPicture, toothOf } from '@chairside/dental'
import '@chairside/dental/dental.css'
import { Badge, Button, cn } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { foundOf, LAYERS } from '@/features/charting/model'
import { chartQuery } from '@/features/charting/queries'
import { ageOf, useMay, useSlug, useWriting } from '@/lib/clinic'
import { usePlanWords } from './use-plan-words'

type Item = Presentation['items'][number]
type Props = {
  item: Item
  plan: TreatmentPlan
  patient: Patient
  said: boolean | undefined
  /** Given where it is to be decided. */
  onSay?: (accepted: boolean) => void
}
const EVERY = new Set(LAYERS)

export function ShownItem({ item, patient, said, onSay }: Props) {
  const t = useTranslations('plans')
  const words = usePlanWords()
  const { money } = useWriting()
  const decided = item.decision ?? (item.status === 'proposed' ? undefined : item.status)
  return (
    <article
      className={cn(
        'flex flex-wrap items-center gap-x-5 gap-y-3 rounded-xl border bg-card px-5 py-4',
        (said === false || decided === 'declined') && 'text-muted-foreground',
      )}
    >
      <Teeth item={item} patient={patient} />
      <div className="grid min-w-48 flex-1 gap-1">
        <h3 className="font-semibold text-xl">
          <bdi>{item.name}</bdi>
        </h3>
        <p className="flex flex-wrap gap-x-3 text-base text-muted-foreground">
          <bdi>{words.place(item)}</bdi>
          {item.visits > 1 && <span>{t('visitsOf', { count: item.visits })}</span>}
        </p>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-medium tabular-nums">{money(item.price)}</span>
          <span className="text-muted-foreground text-sm">
            {item.estimate ? t('youPay', { sum: money(item.estimate.patient) }) : t('noEstimateOf')}
          </span>
        </p>
      </div>
      {onSay ? (
        <div className="flex gap-2">
          <Button variant={said === true ? 'default' : 'outline'} aria-pressed={said === true} onClick={() => onSay(true)}>
            <Check aria-hidden /> {t('accept')}
          </Button>
          <Button variant={said === false ? 'default' : 'outline'} aria-pressed={said === false} onClick={() => onSay(false)}>
            <X aria-hidden /> {t('decline')}
          </Button>
        </div>
      ) : (
        decided && <Badge tone={decided === 'declined' ? 'danger' : 'neutral'}>{t(`statuses.${decided}`)}</Badge>
      )}
    </article>
  )
}

/** The teeth in question, as the chart has them where it may be read. */
function Teeth({ item, patient }: { item: Item; patient: Patient }) {
  const clinic = useSlug()
  const { today } = useWriting()
  const mayRead = useMay('charting.read')
  const chart = useQuery({ ...chartQuery(clinic, patient.id), enabled: mayRead }).data
  const row =
    item.tooth && item.through
      ? (between(item.tooth, item.through) ?? [item.tooth, item.through])
      : item.tooth
        ? [item.tooth]
        : []
  if (row.length === 0) return null
  const age = patient.birth_date ? ageOf(patient.birth_date, today) : 30
  const drawn = chart && drawnTeeth(foundOf(chart), chart.stage, age, { layers: EVERY })
  const state = (id: string): DrawnTooth =>
    drawn?.get(id) ?? { presence: expected(id, chart?.stage ?? 'permanent', age), marks: [] }
  return (
    <div dir="ltr" aria-hidden className="flex items-end">
      <Patterns />
      {row
        .filter(id => toothOf(id))
        .map(id => (
          <div key={id} className={row.length > 3 ? 'w-9' : 'w-14'}>
            <ToothPicture id={id} state={state(id)} on={item.surfaces} />
          </div>
        ))}
    </div>
  )
}
