import type { DayLine } from '@chairside/api'
import { Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ListX, Phone } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { type FigureName, linesQuery } from './queries'

/** What stands behind a figure; a row opens the visit, the payment or the patient. */
export function Lines({ date, figure }: { date: string; figure: FigureName }) {
  const t = useTranslations('day')
  const lines = useQuery(linesQuery(useSlug(), date, figure))
  return (
    <section aria-label={t(`figures.${figure}`)} className="overflow-hidden rounded-lg border">
      <div className="flex min-h-10 items-center gap-3 border-b bg-surface px-4">
        <h2 className="me-auto font-medium text-sm">{t(`figures.${figure}`)}</h2>
        <span className="text-muted-foreground text-xs">{lines.data && t('lines', { count: lines.data.items.length })}</span>
      </div>
      <Answer to={lines}>
        {({ items, more }) =>
          items.length === 0 ? (
            <Empty icon={ListX} title={t('none')} about={t('noneAbout')} />
          ) : (
            <>
              <LinesTable lines={items} caption={t(`figures.${figure}`)} />
              {more && <p className="border-t px-4 py-3 text-muted-foreground text-sm">{t('more')}</p>}
            </>
          )
        }
      </Answer>
    </section>
  )
}

function LinesTable({ lines, caption }: { lines: DayLine[]; caption: string }) {
  const t = useTranslations('day')
  const writing = useWriting()
  const priced = lines.some(({ amount }) => amount)
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('patient')}</th>
          <th scope="col">{t('at')}</th>
          <th scope="col">{t('amount')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <tr key={`${line.id} ${line.at}`} className="relative border-b *:px-4 *:py-2 last:border-b-0 hover:bg-surface">
            <th scope="row" className="text-start font-medium">
              <Opens line={line} />
              {line.description && (
                <span dir="auto" className="block font-normal text-muted-foreground text-xs">
                  {line.description}
                </span>
              )}
            </th>
            <td className="text-end text-muted-foreground text-xs">
              {line.phone && line.figure === 'overdue' ? (
                <span className="grid justify-items-end">
                  <a
                    href={`tel:${line.phone.replace(/\s/g, '')}`}
                    className="relative inline-flex items-center gap-1.5 text-foreground text-sm hover:underline"
                  >
                    <Phone aria-hidden className="size-3.5" />
                    <bdi dir="ltr">{line.phone}</bdi>
                  </a>
                  {t(line.safe_for_voicemail ? 'voicemail' : 'noVoicemail')}
                </span>
              ) : line.at ? (
                <bdi dir="ltr">{writing.time(line.at)}</bdi>
              ) : (
                line.on && t('since', { day: writing.day(line.on) })
              )}
            </td>
            {priced && (
              <td className="w-0 text-end font-medium">
                {line.amount && <bdi className="whitespace-nowrap tabular-nums">{writing.money(line.amount)}</bdi>}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Opens({ line }: { line: DayLine }) {
  const clinic = useSlug()
  const writing = useWriting()
  const look = 'after:absolute after:inset-0'
  const name = <bdi>{line.patient_name}</bdi>
  if (line.opens === 'payment')
    return (
      <Link to="/c/$clinic/billing" params={{ clinic }} search={{ show: 'payments', payment: line.opens_id }} className={look}>
        {name}
      </Link>
    )
  // Of a visit that was charged only the day of the charge is known: it opens the ledger instead.
  if (line.opens === 'appointment' && line.at && !line.amount)
    return (
      <Link
        to="/c/$clinic/schedule"
        params={{ clinic }}
        search={{ date: writing.dateOf(line.at), visit: line.opens_id }}
        className={look}
      >
        {name}
      </Link>
    )
  return (
    <Link
      to="/c/$clinic/patients/$patient"
      params={{ clinic, patient: line.patient_id }}
      search={line.figure === 'new_patients' || !line.amount ? {} : { tab: 'ledger' }}
      className={look}
    >
      {name}
    </Link>
  )
}
