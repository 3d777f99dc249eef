import type { Note, Patient } from '@chairside/api'
import { get } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty, Input } from '@chairside/ui'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { NotebookPen, Plus } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { whenSent } from '@/lib/server'
import { useSession } from '@/lib/session'
import { ChooseColleague, StrikeNote } from './note-dialogs'
import { NoteEditor } from './note-editor'
import { NoteEntry } from './note-entry'
import { NoteView } from './note-view'
import { notesQuery } from './queries'
import { useNoteActs } from './use-note-acts'
import type { Target } from './writes'

const PATIENCE = 3_000
const VersionsSheet = lazy(() => import('./versions-sheet').then(one => ({ default: one.VersionsSheet })))

type Asked = { what: 'versions' | 'strike' | 'cosigner' | 'handOver'; note: Target }
/** What is in the editor: a new note, a draft that was opened, nothing; `turn` makes it another one. */
type Writing = { turn: number; opened?: Note } | undefined

/** A patient's notes, the newest first, and above them the one that is being written. */
export function NotesSection({ patient }: { patient: Patient }) {
  const t = useTranslations('notes')
  const group = useTranslations('shell.groups')('patient')
  const clinic = useSlug()
  const client = useQueryClient()
  const writing = useWriting()
  const regret = useRegret()
  const { principal } = useSession()
  const mayWrite = useMay('notes.write') && !patient.archived_at
  const acts = useNoteActs()
  const [q, setQ] = useState('')
  const [open, setOpen] = useState<string>()
  const [asked, ask] = useState<Asked>()
  const [now, setNow] = useState<Writing>()
  const [begun, setBegun] = useState(false)
  const [wanted, setWanted] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setWanted(q.trim()), 200)
    return () => clearTimeout(timer)
  }, [q])
  const notes = useInfiniteQuery(notesQuery(clinic, patient.id, wanted))
  const all = notes.data?.pages.flatMap(page => page?.items ?? [])
  const shut = () => ask(undefined)
  const readAgain = () => client.invalidateQueries({ queryKey: [clinic, 'notes', patient.id] })
  const begin = (opened?: Note) => setNow(before => ({ turn: (before?.turn ?? 0) + 1, opened }))
  const fresh = () => {
    void readAgain()
    begin()
  }
  useCommands(mayWrite ? [{ id: 'new-note', group, label: t('new'), icon: <NotebookPen />, run: fresh }] : [])

  // Whoever opens the tab to write goes on with what they began today, or begins.
  const today = writing.today.toString()
  const mine = all?.find(
    one => one.status === 'draft' && one.author_id === principal.id && !one.struck_at && writing.dateOf(one.created_at) === today,
  )
  // What was typed a moment ago, before another tab was looked at, may still be on its way; a line that is gone keeps nobody waiting.
  const [sent, setSent] = useState(false)
  useEffect(() => {
    let here = true
    void Promise.race([whenSent(), new Promise(done => setTimeout(done, PATIENCE))]).then(() => here && setSent(true))
    return () => {
      here = false
    }
  }, [])
  useEffect(() => {
    if (begun || !sent || !all || !mayWrite || wanted) return
    setBegun(true)
    if (!mine) return begin()
    const path = { clinic, patient_id: patient.id, note_id: mine.id }
    get('/clinics/{clinic}/patients/{patient_id}/notes/{note_id}', { params: { path } }).then(({ data }) => begin(data), regret)
  }, [all, sent])

  const act = (what: 'handOver' | 'strike' | 'cosigner', note: Target) => ask({ what, note })
  /** What is done to the note in the editor ends its writing there. */
  const ended = (note: Target) => {
    if (now) setNow(undefined)
    setOpen(note.id)
  }
  return (
    <div className="grid max-w-4xl gap-4 p-6 max-sm:p-4">
      {mayWrite && now && (
        <NoteEditor
          key={now.turn}
          patient={patient}
          opened={now.opened}
          onSigned={() => {
            setNow(undefined)
            void readAgain()
          }}
          onAct={act}
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label={t('find')}
          placeholder={t('find')}
          value={q}
          onChange={event => setQ(event.currentTarget.value)}
          className="w-64 max-sm:w-full"
        />
        {mayWrite && (
          <Button variant={now ? 'outline' : 'default'} className="ms-auto" onClick={fresh}>
            <Plus aria-hidden /> {t('new')} <Keys of="new-note" className="max-sm:hidden" />
          </Button>
        )}
      </div>
      <Answer to={{ ...notes, data: all }}>
        {items => {
          const shown = items.filter(one => one.id !== now?.opened?.id)
          if (shown.length === 0)
            return wanted ? (
              <p className="py-6 text-center text-muted-foreground text-sm">{t('nothingFound')}</p>
            ) : (
              <Empty icon={NotebookPen} title={t('none')} about={t('noneAbout')} />
            )
          return (
            <ul className="grid gap-3" aria-label={t('list')}>
              {shown.map(note => (
                <NoteEntry
                  key={note.id}
                  note={note}
                  open={open === note.id}
                  onToggle={() => setOpen(open === note.id ? undefined : note.id)}
                >
                  <NoteView
                    patient={patient.id}
                    id={note.id}
                    acts={acts}
                    mayWrite={mayWrite}
                    onWrite={begin}
                    onAsk={(what, of) => ask({ what, note: of })}
                  />
                </NoteEntry>
              ))}
            </ul>
          )
        }}
      </Answer>
      {notes.hasNextPage && (
        <Button variant="outline" className="justify-self-center" onClick={() => void notes.fetchNextPage()}>
          {t('older')}
        </Button>
      )}
      {asked?.what === 'strike' && (
        <StrikeNote onStrike={reason => acts.strike(asked.note, reason).then(() => ended(asked.note))} onClose={shut} />
      )}
      {(asked?.what === 'cosigner' || asked?.what === 'handOver') && (
        <ChooseColleague
          what={asked.what}
          onChoose={member =>
            asked.what === 'handOver'
              ? acts.handOver(asked.note, member).then(() => ended(asked.note))
              : acts.askCosigner(asked.note, member).then(() => ended(asked.note))
          }
          onClose={shut}
        />
      )}
      <Suspense>
        {asked?.what === 'versions' && <VersionsSheet patient={patient.id} note={asked.note.id} onClose={shut} />}
      </Suspense>
    </div>
  )
}
