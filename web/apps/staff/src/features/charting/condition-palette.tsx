import { CONDITIONS, type ConditionName, type Layer, NAMES, SHORT } from '@chairside/dental'
import { Segmented } from '@chairside/ui'
import { ArrowRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'

export type Chosen = { condition: ConditionName; layer: Layer; usual: boolean }
type Props = { teeth: readonly string[]; surfaces: readonly string[]; mayPlan: boolean; onChoose: (chosen: Chosen) => void }

const WORK: Layer[] = ['existing', 'existing_other', 'planned', 'done', 'referred']

/** Everything that can be said of the chosen teeth, a click each; an arrow plans the usual treatment along with it. */
export function ConditionPalette({ teeth, surfaces, mayPlan, onChoose }: Props) {
  const t = useTranslations('chart')
  const [layer, setLayer] = useState<Layer>('existing')
  const layers = WORK.filter(one => mayPlan || one !== 'planned')
  const can = (name: ConditionName) => {
    const known = CONDITIONS[name]
    if (teeth.length === 0 || (known.spans && name !== 'denture' && teeth.length < 2)) return false
    return known.surfaces === 'required' ? surfaces.length > 0 : known.surfaces === 'optional' || surfaces.length === 0
  }
  const one = (name: ConditionName) => {
    const known = CONDITIONS[name]
    const chosen: Layer = known.sort === 'work' ? layer : 'condition'
    const plans =
      mayPlan &&
      known.usual &&
      known.sort !== 'work' &&
      (CONDITIONS[known.usual.condition].surfaces !== 'required' || surfaces.length > 0)
    return (
      <span key={name} className="flex">
        <button
          type="button"
          disabled={!can(name)}
          onClick={() => onChoose({ condition: name, layer: chosen, usual: false })}
          className={`flex min-h-7 min-w-0 flex-1 items-center gap-1.5 border bg-background px-2 text-start text-xs hover:bg-accent disabled:opacity-45 pointer-coarse:min-h-11 ${plans ? 'rounded-s-md' : 'rounded-md'}`}
        >
          <kbd aria-hidden className={`th-${chosen} th-text w-6 shrink-0 font-sans font-semibold uppercase`}>
            {SHORT[name]}
          </kbd>
          <span className="truncate">{t(`conditions.${name}`)}</span>
        </button>
        {plans && (
          <button
            type="button"
            disabled={!can(name)}
            aria-label={`${t('recordAndPlan')}: ${t(`conditions.${name}`)}`}
            onClick={() => onChoose({ condition: name, layer: chosen, usual: true })}
            className="th-planned th-text grid w-7 place-items-center rounded-e-md border border-s-0 hover:bg-accent disabled:opacity-45 [&_svg]:size-3.5"
          >
            <ArrowRight className="rtl:-scale-x-100" aria-hidden />
          </button>
        )}
      </span>
    )
  }
  const of = (sort: string) => NAMES.filter(name => CONDITIONS[name].sort === sort)
  return (
    <section aria-label={t('palette')} className="grid gap-2 border-t px-4 py-3 print:hidden">
      <div className="grid grid-cols-2 gap-1">{of('problem').map(one)}</div>
      <div className="grid grid-cols-2 gap-1">{of('presence').map(one)}</div>
      <Segmented
        label={t('also')}
        value={layer}
        onChange={next => setLayer(next as Layer)}
        className="w-full flex-wrap [&>button]:flex-1 [&>button]:justify-center [&>button]:px-1.5 [&>button]:py-1 [&>button]:text-xs"
        choices={layers.map(value => ({ value, label: <span className={`th-${value} th-text`}>{t(`layers.${value}`)}</span> }))}
      />
      <div className="grid grid-cols-2 gap-1">{of('work').map(one)}</div>
    </section>
  )
}
