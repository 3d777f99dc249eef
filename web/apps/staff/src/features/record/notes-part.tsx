import type { Note } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { NoteWords } from '@/features/notes/note-words'
import { useWriting } from '@/lib/clinic'
import { Part } from './part'

/** Every note, the oldest first, with its signatures and what was added. */
export function NotesPart({ notes }: { notes: Note[] }) {
  const t = useTranslations('record')
  const words = useTranslations('notes')
  const writing = useWriting()
  return (
    <Part title={t('notes')} none={notes.length === 0 && words('none')}>
      {notes.map(note => (
        <section key={note.id} className="grid gap-2">
          <h3 className="font-medium text-sm">
            {writing.dayOf(note.created_at)} {writing.time(note.created_at)}
            {' · '}
            <bdi>{note.title || words(`kinds.${note.kind}`)}</bdi>
            {' · '}
            <bdi>{note.author_name ?? '–'}</bdi>
            {note.status === 'draft' && ` · ${words('draft')}`}
          </h3>
          <NoteWords note={note} />
        </section>
      ))}
    </Part>
  )
}
