import { useTranslations } from 'use-intl'
import { difference } from './model'

/** One text, and what of it is gone and new in another. */
export function Difference({ before, after }: { before: string; after: string }) {
  const t = useTranslations('notes')
  if (before === after) return <p className="text-muted-foreground text-sm">{t('same')}</p>
  return (
    <p
      dir="auto"
      className="max-h-80 overflow-y-auto whitespace-pre-wrap break-words rounded-md border bg-background p-3 text-sm"
    >
      {difference(before, after).map(({ text, as }, place) =>
        as === 'same' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have nothing else, and never move
          <span key={place}>{text}</span>
        ) : as === 'gone' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have nothing else, and never move
          <del key={place} className="bg-destructive/10 text-destructive">
            {text}
          </del>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces have nothing else, and never move
          <ins key={place} className="bg-primary/10 font-medium no-underline">
            {text}
          </ins>
        ),
      )}
    </p>
  )
}
