import { get, type Note, Refused } from '@chairside/api'
import { useEffect, useRef, useState } from 'react'
import { useSlug } from '@/lib/clinic'
import { drafts } from '@/lib/drafts'
import { isStale } from '@/lib/over'
import { send } from '@/lib/server'
import { useDraftPlace } from '@/lib/use-draft'
import type { Target } from './writes'
import { changeNote, writeNote } from './writes'

const PAUSE = 1200
export type Text = { title: string; body: string; kind: Note['kind']; appointment_id: string | null }
export type State = 'empty' | 'typing' | 'saving' | 'saved' | 'failed' | 'refused'

const EMPTY: Text = { title: '', body: '', kind: 'progress', appointment_id: null }
const textOf = (note: Note): Text => ({
  title: note.title ?? '',
  body: note.body,
  kind: note.kind,
  appointment_id: note.appointment_id,
})
const isBlank = (text: Text) => !text.title.trim() && !text.body.trim()

/**
 * What is being written, saved a little after each pause: over the same draft, one request at a time, each over the version that
 * the last one made. What is not saved yet is kept with the other unsent drafts of this page, and sent when one goes elsewhere.
 */
export function useNoteDraft(patient: string, opened: Note | undefined) {
  const clinic = useSlug()
  const place = useDraftPlace(`note:${patient}:${opened?.id ?? ''}`)
  const found = drafts.of(place)?.more as { text: Text; note?: Target; sitting: string } | undefined
  const [text, setText] = useState<Text>(() => found?.text ?? (opened ? textOf(opened) : EMPTY))
  const [state, setState] = useState<State>(found ? 'typing' : opened ? 'saved' : 'empty')
  /** What another window made of it meanwhile. */
  const [theirs, setTheirs] = useState<Note>()
  const now = useRef(text)
  const note = useRef<Target | undefined>(found?.note ?? opened)
  const sitting = useRef(found?.sitting ?? crypto.randomUUID())
  const saved = useRef(opened ? textOf(opened) : EMPTY)
  const running = useRef<Promise<boolean>>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const stale = useRef(false)
  const isSaved = () => JSON.stringify(saved.current) === JSON.stringify(now.current)

  async function once(keep: boolean): Promise<boolean> {
    if (!keep && (isSaved() || (!note.current && isBlank(now.current)))) return true
    if (stale.current) return false
    const sent = now.current
    setState('saving')
    try {
      const body = { ...sent, editing_id: sitting.current }
      const made = note.current
        ? await send(changeNote(clinic, note.current, { ...body, keep }))
        : await send(writeNote(clinic, patient, body))
      note.current = made
      saved.current = sent
      if (isSaved()) drafts.drop(place)
      setState(isSaved() ? 'saved' : 'typing')
      return true
    } catch (error) {
      setState(error instanceof Refused ? 'refused' : 'failed')
      if (isStale(error) && note.current) {
        stale.current = true
        const path = { clinic, patient_id: patient, note_id: note.current.id }
        setTheirs((await get('/clinics/{clinic}/patients/{patient_id}/notes/{note_id}', { params: { path } })).data)
      }
      return false
    }
  }

  /** All that was typed until now is saved; false where it could not be. */
  async function save(keep = false): Promise<boolean> {
    clearTimeout(timer.current)
    while (running.current) await running.current
    running.current = once(keep).finally(() => {
      running.current = undefined
    })
    const done = await running.current
    return done && (isSaved() || save())
  }

  function type(changes: Partial<Text>) {
    now.current = { ...now.current, ...changes }
    setText(now.current)
    clearTimeout(timer.current)
    if (isSaved()) {
      drafts.drop(place)
      return setState(note.current ? 'saved' : 'empty')
    }
    setState('typing')
    drafts.keep(place, { values: {}, more: { text: now.current, note: note.current, sitting: sitting.current }, start: '' })
    timer.current = setTimeout(() => void save(), PAUSE)
  }

  // Whoever goes to another tab leaves nothing behind that is not sent.
  const leave = useRef(save)
  leave.current = save
  useEffect(() => () => void leave.current(), [])

  return {
    text,
    state,
    theirs,
    type,
    save,
    note: () => note.current,
    drop: () => drafts.drop(place),
    /** Mine stands; what the other window wrote is kept as a version. */
    keepMine: () => {
      if (!theirs) return
      note.current = theirs
      stale.current = false
      sitting.current = crypto.randomUUID()
      setTheirs(undefined)
      saved.current = textOf(theirs)
      void save()
    },
    takeTheirs: () => {
      if (!theirs) return
      note.current = theirs
      stale.current = false
      saved.current = textOf(theirs)
      now.current = saved.current
      setText(saved.current)
      drafts.drop(place)
      setTheirs(undefined)
      setState('saved')
    },
  }
}
