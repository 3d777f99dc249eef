import type { Probing } from '@chairside/dental/perio'
import { useTranslations } from 'use-intl'

const FIGURES = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0']
const OTHERS = ['B', 'S', 'P', 'C', '-', '+', '=', '.', '/', 'Backspace', 'X', 'M', 'F', 'PageUp', 'PageDown', 'Mod+Z'] as const
const LABELS: Record<string, string> = { Backspace: '⌫', PageUp: '‹', PageDown: '›', 'Mod+Z': '↶', '-': '−' }

/** For fingers: each key at least 44 px. Beside a letter stands what it does. */
export function Keypad({ state, onKey }: { state: Probing; onKey: (key: string) => void }) {
  const t = useTranslations('perio')
  const entrances = state.pending?.kind === 'furcation' ? (['L', 'D'] as const) : []
  const one = (key: string, name?: string) => (
    <button
      key={key}
      type="button"
      // The grid keeps the focus.
      onPointerDown={event => event.preventDefault()}
      onClick={() => onKey(key)}
      className="grid min-h-12 min-w-11 place-items-center rounded-md border bg-background px-2 font-medium text-base hover:bg-accent"
    >
      <span>{LABELS[key] ?? key}</span>
      {name && <small className="max-w-full truncate text-2xs text-muted-foreground">{name}</small>}
    </button>
  )
  return (
    <section dir="ltr" aria-label={t('keypad')} className="grid gap-2 border-b px-4 py-3 print:hidden">
      <div className="grid grid-cols-10 gap-1 max-sm:grid-cols-5">{FIGURES.map(key => one(key))}</div>
      <div className="grid grid-cols-8 gap-1 max-sm:grid-cols-4">
        {OTHERS.map(key => one(key, t(`keyNames.${nameOf(key)}`)))}
        {entrances.map(key => one(key, t('furcationAt', { entrance: key })))}
      </div>
    </section>
  )
}

const NAMES = {
  B: 'bleeding',
  S: 'suppuration',
  P: 'plaque',
  C: 'calculus',
  '-': 'recession',
  '+': 'tens',
  '=': 'measure',
  '.': 'again',
  '/': 'macro',
  Backspace: 'back',
  X: 'skip',
  M: 'mobility',
  F: 'furcation',
  PageUp: 'previous',
  PageDown: 'next',
  'Mod+Z': 'undo',
} as const
const nameOf = (key: (typeof OTHERS)[number]) => NAMES[key]
