import type { Note } from '@chairside/api'
import { Banner } from '@chairside/ui'
import { Signature } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

/** What a note says, what was added to it, and who signed what. */
export function NoteWords({ note }: { note: Note }) {
  const t = useTranslations('notes')
  const writing = useWriting()
  const at = (instant: string) => `${writing.dayOf(instant)} ${writing.time(instant)}`
  return (
    <>
      {!note.intact && <Banner title={t('notIntact')}>{t('notIntactAbout')}</Banner>}
      <p
        dir="auto"
        className={`max-w-prose whitespace-pre-wrap break-words text-sm leading-6 ${note.struck_at ? 'text-muted-foreground line-through' : ''}`}
      >
        {note.body}
      </p>
      {note.strike_reason && (
        <p className="text-sm">
          {t('struckFor')} <bdi>{note.strike_reason}</bdi>
        </p>
      )}
      {note.addenda.map(one => (
        <section key={one.id} className="grid max-w-prose gap-1 border-primary/40 border-s-2 ps-3 text-sm">
          <p className="text-muted-foreground text-xs">
            {t('addendumBy', { name: one.author_name ?? '–', day: at(one.signed_at) })}
          </p>
          <p dir="auto" className="whitespace-pre-wrap break-words leading-6">
            {one.body}
          </p>
        </section>
      ))}
      {note.signatures.map(one => (
        <p key={one.role} className="flex flex-wrap items-center gap-x-2 text-muted-foreground text-xs">
          <Signature aria-hidden className="size-4" />
          <span>
            {t(one.role === 'author' ? 'signedBy' : 'cosignedBy', { name: one.signer_name ?? '–', day: at(one.signed_at) })}
          </span>
          <bdi dir="ltr" title={one.hash} className="font-mono">
            {one.hash.slice(0, 12)}
          </bdi>
        </p>
      ))}
    </>
  )
}
