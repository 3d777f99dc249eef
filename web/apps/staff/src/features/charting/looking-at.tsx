import type { ToothChart } from '@chairside/api'
import type { Layer } from '@chairside/dental'
import { Button } from '@chairside/ui'
import { Printer } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { LAYERS } from './model'

type Props = {
  layers: ReadonlySet<Layer>
  onLayers: (layers: ReadonlySet<Layer>) => void
  days: string[]
  until?: string
  onUntil: (day: string | undefined) => void
  stage: ToothChart['stage_set']
  onStage?: (stage: ToothChart['stage_set']) => void
}
const STAGES = ['by_age', 'primary', 'mixed', 'permanent'] as const

/** Below the teeth: which layers are seen, as of which day, and of which age they are drawn. */
export function LookingAt({ layers, onLayers, days, until, onUntil, stage, onStage }: Props) {
  const t = useTranslations('chart')
  const writing = useWriting()
  const at = until ? days.indexOf(until) : days.length - 1
  const toggle = (layer: Layer) => {
    const next = new Set(layers)
    if (!next.delete(layer)) next.add(layer)
    onLayers(next)
  }
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2 border-t px-4 py-2 text-xs">
      <fieldset className="flex flex-wrap gap-x-3 gap-y-1">
        <legend className="sr-only">{t('layersLabel')}</legend>
        {LAYERS.map(layer => (
          <label key={layer} className="flex min-h-6 items-center gap-1.5 pointer-coarse:min-h-11">
            <input type="checkbox" checked={layers.has(layer)} onChange={() => toggle(layer)} className="print:hidden" />
            <svg aria-hidden viewBox="0 0 12 12" className={`th-${layer} size-3`}>
              <rect className="th-swatch" x={0.5} y={0.5} width={11} height={11} rx={2} />
            </svg>
            {t(`layers.${layer}`)}
          </label>
        ))}
      </fieldset>
      {days.length > 1 && (
        <label className="flex min-h-6 items-center gap-2">
          {t('history')}
          <input
            type="range"
            dir="ltr"
            className="w-36 print:hidden"
            min={0}
            max={days.length - 1}
            value={at}
            aria-valuetext={writing.day(days[at] ?? writing.today)}
            onChange={event => {
              const next = Number(event.target.value)
              onUntil(next === days.length - 1 ? undefined : days[next])
            }}
          />
          <span className="tabular-nums">{until ? writing.day(until) : t('today')}</span>
        </label>
      )}
      <label className="flex min-h-6 items-center gap-2 print:hidden">
        {t('stage')}
        <select
          value={stage}
          disabled={!onStage}
          onChange={event => onStage?.(event.target.value as typeof stage)}
          className="h-7 rounded-md border bg-background px-1.5"
        >
          {STAGES.map(one => (
            <option key={one} value={one}>
              {t(`stages.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <Button size="sm" variant="ghost" className="ms-auto print:hidden" onClick={() => print()}>
        <Printer aria-hidden /> {t('print')}
      </Button>
    </div>
  )
}
