import type { DayReport, Figure } from '@chairside/api'
import { Card, cn } from '@chairside/ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { AS_OF_NOW, collectedOf, OF_MONEY, OF_VISITS, TO_FOLLOW } from './model'
import type { FigureName } from './queries'

type FiguresProps = { report: DayReport; chosen: FigureName | undefined; onChoose: (figure: FigureName) => void }

/** Each figure is a button that opens the list behind it. */
export function Figures({ report, chosen, onChoose }: FiguresProps) {
  const t = useTranslations('day')
  const { money, currency, today } = useWriting()
  const of = (names: readonly FigureName[]) => report.figures.filter(({ figure }) => names.includes(figure))
  const row = (one: Figure) => (
    <FigureRow
      key={one.figure}
      of={one}
      asOfNow={AS_OF_NOW.includes(one.figure) && report.date !== today.toString()}
      chosen={chosen === one.figure}
      onChoose={onChoose}
    />
  )
  // Requests come from outside; where there are none, nobody looks for them.
  const visits = of(OF_VISITS).filter(({ figure, count }) => figure !== 'requested' || count > 0)
  const follow = of(TO_FOLLOW)
  const earned = of(OF_MONEY)
  return (
    <div className="grid content-start gap-4">
      {earned.length > 0 && (
        <Card title={t('money')}>
          <ul>
            {earned.map(row)}
            <li className="flex min-h-10 items-center border-t bg-surface px-4 font-semibold text-sm">
              <span className="me-auto">{t('net')}</span>
              <bdi className="tabular-nums">{money({ amount: collectedOf(report.figures), currency })}</bdi>
            </li>
          </ul>
        </Card>
      )}
      <Card title={t('visits')}>
        <ul>{visits.map(row)}</ul>
      </Card>
      {follow.length > 0 && (
        <Card title={t('follow')}>
          <ul>{follow.map(row)}</ul>
        </Card>
      )}
    </div>
  )
}

type RowProps = { of: Figure; asOfNow: boolean; chosen: boolean; onChoose: (figure: FigureName) => void }

function FigureRow({ of: { figure, count, amount }, asOfNow, chosen, onChoose }: RowProps) {
  const t = useTranslations('day')
  const { money } = useWriting()
  const quiet = count === 0
  const number = (shown: ReactNode) => <bdi className="tabular-nums">{shown}</bdi>
  return (
    <li className="border-t first:border-t-0">
      <button
        type="button"
        aria-pressed={chosen}
        onClick={() => onChoose(figure)}
        className={cn(
          'flex min-h-9 w-full items-center gap-3 px-4 text-start text-sm hover:bg-surface',
          chosen && 'bg-accent font-medium hover:bg-accent',
          quiet && 'text-muted-foreground',
        )}
      >
        <span className="me-auto">
          {t(`figures.${figure}`)}
          {asOfNow && <span className="block font-normal text-muted-foreground text-xs">{t('asOfNow')}</span>}
        </span>
        {amount && <span className="text-muted-foreground text-xs">{number(count)}</span>}
        <span className={quiet ? undefined : 'font-medium'}>{number(amount ? money(amount) : count)}</span>
      </button>
    </li>
  )
}
