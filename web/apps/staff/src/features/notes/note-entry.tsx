import type { NoteLine } from '@chairside/api'
import { Badge } from '@chairside/ui'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

/** What a note is: a draft, signed, waiting for another name, struck through. */
export function NoteState({
  note,
}: {
  note: Pick<NoteLine, 'status' | 'struck_at' | 'cosigner_id' | 'cosigned_at' | 'addenda'>
}) {
  const t = useTranslations('notes')
  const waits = note.status === 'signed' && note.cosigner_id && !note.cosigned_at && !note.struck_at
  return (
    <span className="flex flex-wrap items-center gap-1.5">
      {note.struck_at ? (
        <Badge tone="danger">{t('struck')}</Badge>
      ) : note.status === 'draft' ? (
        <Badge tone="warn">{t('draft')}</Badge>
      ) : (
        <Badge>{t('signed')}</Badge>
      )}
      {waits && <Badge tone="warn">{t('waits')}</Badge>}
      {note.addenda > 0 && <Badge>{t('addenda', { count: note.addenda })}</Badge>}
    </span>
  )
}

type EntryProps = { note: NoteLine; open: boolean; onToggle: () => void; children: ReactNode }

/** A note of the list: how it begins, or all of it. */
export function NoteEntry({ note, open, onToggle, children }: EntryProps) {
  const t = useTranslations('notes')
  const writing = useWriting()
  return (
    <li className="rounded-lg border bg-card">
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="grid w-full gap-1 rounded-lg px-4 py-3 text-start text-sm hover:bg-accent"
      >
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <bdi className="font-medium">{note.title || t(`kinds.${note.kind}`)}</bdi>
          <NoteState note={note} />
          <span className="ms-auto flex items-center gap-1 text-muted-foreground text-xs">
            {t('by', {
              day: `${writing.dayOf(note.created_at)} ${writing.time(note.created_at)}`,
              name: note.author_name ?? '–',
            })}
            <ChevronDown aria-hidden className={`size-4 ${open ? 'rotate-180' : ''}`} />
          </span>
        </span>
        {!open && (
          <span
            dir="auto"
            className={`line-clamp-3 whitespace-pre-line break-words text-muted-foreground ${note.struck_at ? 'line-through' : ''}`}
          >
            {note.excerpt}
            {note.longer && '…'}
          </span>
        )}
      </button>
      {open && children}
    </li>
  )
}
