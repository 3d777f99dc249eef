import { PATHS, type PathName, type Probing } from '@chairside/dental/perio'
import { Segmented } from '@chairside/ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'

export const LOOKS = ['before', 'graph', 'table', 'keypad', 'line'] as const
export type Look = (typeof LOOKS)[number]

type LooksProps = {
  state: Probing
  looks: ReadonlySet<Look>
  editable: boolean
  hasBefore: boolean
  onLooks: (looks: ReadonlySet<Look>) => void
  onPath: (path: PathName) => void
  onMacro: (macro: string) => void
  onMeasure: (measure: Probing['measure']) => void
  children: ReactNode
}

/** What is written, in which order, and what is shown beside it. */
export function Looks({ state, looks, editable, hasBefore, onLooks, onPath, onMacro, onMeasure, children }: LooksProps) {
  const t = useTranslations('perio')
  const offered = LOOKS.filter(one => (one === 'before' ? hasBefore : editable || (one !== 'keypad' && one !== 'line')))
  const toggle = (one: Look) => {
    const next = new Set(looks)
    if (!next.delete(one)) next.add(one)
    onLooks(next)
  }
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2 text-xs print:hidden">
      {editable && (
        <>
          <Segmented
            label={t('measure')}
            value={state.measure}
            onChange={next => onMeasure(next as Probing['measure'])}
            className="[&>button]:px-2 [&>button]:text-xs"
            choices={(['depth', 'margin', 'keratinised'] as const).map(value => ({ value, label: t(`fields.${value}`) }))}
          />
          <label className="flex min-h-6 items-center gap-2">
            {t('path')}
            <select
              value={state.path}
              onChange={event => onPath(event.target.value as PathName)}
              className="h-7 rounded-md border bg-background px-1.5 pointer-coarse:h-11"
            >
              {PATHS.map(one => (
                <option key={one} value={one}>
                  {t(`paths.${one}`)}
                </option>
              ))}
            </select>
          </label>
          <label className="flex min-h-6 items-center gap-2">
            {t('macro')}
            <input
              dir="ltr"
              inputMode="numeric"
              maxLength={3}
              pattern="\d{3}"
              defaultValue={state.macro}
              onChange={event => /^\d{3}$/.test(event.target.value) && onMacro(event.target.value)}
              className="h-7 w-12 rounded-md border bg-background px-1.5 text-center tabular-nums pointer-coarse:h-11"
            />
          </label>
        </>
      )}
      <fieldset className="flex flex-wrap gap-x-3 gap-y-1">
        <legend className="sr-only">{t('looks.label')}</legend>
        {offered.map(one => (
          <label key={one} className="flex min-h-6 items-center gap-1.5 pointer-coarse:min-h-11">
            <input type="checkbox" checked={looks.has(one)} onChange={() => toggle(one)} />
            {t(`looks.${one}`)}
          </label>
        ))}
      </fieldset>
      <div className="ms-auto flex flex-wrap gap-2">{children}</div>
    </div>
  )
}
