import { indicesOf, type Pressed, type Probing } from '@chairside/dental/perio'
import { Button } from '@chairside/ui'
import { CircleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { useFailureWords } from '@/lib/problem-words'
import { usePerioWords } from './use-perio-words'
import type { Saving } from './use-saving'

type StatusLineProps = {
  state: Probing
  trouble: Pressed['trouble']
  editable: boolean
  paused: boolean
  saving: Saving | undefined
  failure: unknown
  onRetry: () => void
}

/** Where one is, what has been begun, what follows from what was measured, and whether it is kept. */
export function StatusLine({ state, trouble, editable, paused, saving, failure, onRetry }: StatusLineProps) {
  const words = usePerioWords()
  const failed = useFailureWords()
  const { t } = words
  const found = useMemo(() => indicesOf(state.mouth), [state.mouth])
  const percent = (part: number | undefined) => (part === undefined ? '–' : `${part} %`)
  const mm = (length: number | undefined) => (length === undefined ? '–' : length.toFixed(1))
  const begun = state.pending && t(`pending.${state.pending.kind}`)
  return (
    <section
      aria-label={t('status.label')}
      className="bottom-0 z-10 border-y sm:sticky bg-surface px-4 py-1.5 text-xs print:static"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        {editable && (
          <span className="flex items-center gap-2 font-medium">
            <bdi dir="ltr" data-at>
              {words.spot(state.at)}
            </bdi>
            <span className="text-muted-foreground">{t(`fields.${state.measure}`)}</span>
            {begun && <span className="rounded bg-accent px-1.5">{begun}</span>}
            {paused && <span className="rounded bg-accent px-1.5">{t('paused')}</span>}
          </span>
        )}
        {trouble && (
          <span className="flex items-center gap-1 text-destructive">
            <CircleAlert aria-hidden className="size-3.5" /> {t(`trouble.${trouble}`)}
          </span>
        )}
        <dl className="ms-auto flex flex-wrap gap-x-4 gap-y-1 tabular-nums [&_dd]:inline [&_dd]:ms-1 [&_dd]:font-medium [&_dt]:inline [&_dt]:text-muted-foreground">
          {(
            [
              ['sites', `${found.sites}`],
              ['bleeding', percent(found.bleeding)],
              ['plaque', percent(found.plaque)],
              ['deep', `${found.atLeast4} / ${found.atLeast5} / ${found.atLeast6}`],
              ['meanDepth', mm(found.meanDepth)],
              ['meanLoss', mm(found.meanLoss)],
            ] as const
          ).map(([name, value]) => (
            <div key={name}>
              <dt>{t(`indices.${name}`)}</dt>
              <dd>
                <bdi dir="ltr">{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
        {saving && (
          <span role="status" data-saving={saving} className="flex items-center gap-1.5 text-muted-foreground">
            <span
              aria-hidden
              className={`size-2 rounded-full ${saving === 'saved' ? 'bg-ok' : saving === 'failed' || saving === 'clash' ? 'bg-destructive' : 'bg-muted-foreground'}`}
            />
            {saving === 'failed' && failure ? failed(failure) : t(`saving.${saving}`)}
            {saving === 'failed' && (
              <Button size="sm" variant="outline" onClick={onRetry}>
                {t('retry')}
              </Button>
            )}
          </span>
        )}
      </div>
      <div className="mt-0.5 flex flex-wrap gap-x-3 gap-y-0.5 text-muted-foreground">
        {(['bleeding', 'suppuration', 'plaque', 'calculus'] as const).map(sign => (
          <span key={sign} className="pe-key inline-flex items-center">
            <i className={sign} aria-hidden />
            {t(`signs.${sign}`)}
          </span>
        ))}
        {editable && <span className="ms-auto max-lg:hidden">{t('keys')}</span>}
      </div>
    </section>
  )
}
