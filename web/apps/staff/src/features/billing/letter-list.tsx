import type { Letter } from '@chairside/api'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { isTrouble, LetterWords } from '@/lib/letter-words'
import { lettersQuery, type Paper } from './letters'

/** Where a paper went by e-mail, when, by whom, and whether it left. Nothing until something was sent. */
export function LetterList({ paper }: { paper: Paper }) {
  const t = useTranslations('letters')
  const letters = useQuery(lettersQuery(useSlug(), paper)).data ?? []
  if (letters.length === 0) return null
  return (
    <section className="grid gap-1">
      <h3 className="font-medium text-muted-foreground text-xs">{t('history')}</h3>
      <ul className="rounded-lg border">
        {letters.map(letter => (
          <Item key={letter.id} letter={letter} />
        ))}
      </ul>
    </section>
  )
}

/** Of a name in Latin letters and a date in Arabic neither moves into the other. */
const apart = (text: string) => `\u2068${text}\u2069`

function Item({ letter }: { letter: Letter }) {
  const t = useTranslations('letters')
  const { dayOf, time } = useWriting()
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-4 gap-y-0.5 border-t px-3 py-2 text-sm first:border-t-0">
      <bdi dir="ltr" className="font-medium">
        {letter.to}
      </bdi>
      <span className={isTrouble(letter.status) ? 'me-auto text-destructive' : 'me-auto text-muted-foreground'}>
        <LetterWords {...letter} />
        {letter.reply && (
          <bdi dir="ltr" className="block text-muted-foreground text-xs">
            {letter.reply}
          </bdi>
        )}
      </span>
      <span className="text-muted-foreground text-xs">
        {t('by', { name: apart(letter.by ?? '–'), when: apart(`${dayOf(letter.created_at)} ${time(letter.created_at)}`) })}
      </span>
    </li>
  )
}
