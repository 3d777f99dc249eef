import type { HistoryDifference } from '@chairside/api'
import { Badge } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import type { Fact } from './model'
import { differenceQuery } from './queries'
import { useEntryWords } from './use-entry-words'

/** What became of the history from one version to another, field by field. */
export function Difference({ patient, since, number }: { patient: string; since: number; number: number }) {
  const found = useQuery(differenceQuery(useSlug(), patient, since, number))
  return (
    <Answer to={found} compact>
      {shown => shown && <Shown difference={shown} />}
    </Answer>
  )
}

function Shown({ difference }: { difference: HistoryDifference }) {
  const t = useTranslations('history')
  const words = useEntryWords()
  const { changes, none_since, none_no_longer } = difference
  if (!changes.length && !none_since.length && !none_no_longer.length)
    return <p className="py-2 text-muted-foreground text-sm">{t('same')}</p>
  return (
    <ul className="grid gap-2 text-sm">
      {changes.map(change => (
        <li key={change.id} className="grid gap-1 rounded-md border px-3 py-2">
          <span className="flex flex-wrap items-center gap-2">
            <Badge tone={change.what === 'struck' ? 'danger' : 'neutral'}>{t(`whats.${change.what}`)}</Badge>
            <bdi className="font-medium">{words.name(change)}</bdi>
            <span className="text-muted-foreground text-xs">{t(`kinds.${change.kind}`)}</span>
          </span>
          {change.fields.map(({ field, before, after }) => (
            <span key={field} className="text-xs">
              {words.field(field as Fact)}: <del className="text-muted-foreground">{words.value(field as Fact, before)}</del>{' '}
              <ins className="no-underline">{words.value(field as Fact, after)}</ins>
            </span>
          ))}
        </li>
      ))}
      {none_since.map(kind => (
        <li key={kind}>
          {t('noneSince')}: {t(`none.${kind}`)}
        </li>
      ))}
      {none_no_longer.map(kind => (
        <li key={kind}>
          {t('noneNoLonger')}: {t(`none.${kind}`)}
        </li>
      ))}
    </ul>
  )
}
