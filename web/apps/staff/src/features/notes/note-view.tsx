import type { Note } from '@chairside/api'
import { Button, Kbd } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { History, MessageSquarePlus, PenLine, Signature, Strikethrough, Undo2, UserPlus } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { useSession } from '@/lib/session'
import { NoteWords } from './note-words'
import { noteQuery } from './queries'
import type { NoteActs } from './use-note-acts'

type ViewProps = {
  patient: string
  id: string
  acts: NoteActs
  /** Not of an archived patient. */
  mayWrite: boolean
  onWrite: (note: Note) => void
  onAsk: (what: 'versions' | 'strike' | 'cosigner' | 'handOver', note: Note) => void
}

/** The whole of a note: what it says, who signed it, what was added, and what can be done with it. */
export function NoteView({ patient, id, ...rest }: ViewProps) {
  const note = useQuery(noteQuery(useSlug(), patient, id))
  return (
    <Answer to={note} compact>
      {one => one && <Whole note={one} {...rest} />}
    </Answer>
  )
}

function Whole({ note, acts, mayWrite, onWrite, onAsk }: Omit<ViewProps, 'patient' | 'id'> & { note: Note }) {
  const t = useTranslations('notes')
  const { principal } = useSession()
  const own = note.author_id === principal.id
  const maySign = useMay('notes.sign') && mayWrite
  const mayCosign = useMay('notes.cosign') && note.cosigner_id === principal.id && !note.cosigned_at
  const [writes, oversees] = [useMay('notes.write'), useMay('notes.oversee')]
  const mayStrike = writes && (oversees || own)
  const [adding, setAdding] = useState(false)
  const signed = note.status === 'signed'
  return (
    <div className="grid gap-3 border-t px-4 py-3">
      <NoteWords note={note} />
      {adding && <AddendumForm onAdd={body => acts.add(note, body)} onClose={() => setAdding(false)} />}
      <div className="flex flex-wrap gap-2">
        {!signed && own && !note.struck_at && mayWrite && (
          <Button size="sm" onClick={() => onWrite(note)}>
            <PenLine aria-hidden /> {t('goOn')}
          </Button>
        )}
        {signed && mayCosign && !note.struck_at && (
          <Button size="sm" onClick={() => void acts.cosign(note)}>
            <Signature aria-hidden /> {t('cosign')}
          </Button>
        )}
        {signed && maySign && !note.struck_at && !adding && (
          <Button size="sm" variant="outline" onClick={() => setAdding(true)}>
            <MessageSquarePlus aria-hidden /> {t('addendum')}
          </Button>
        )}
        {own && mayWrite && !note.struck_at && !note.cosigned_at && (
          <Button
            size="sm"
            variant="outline"
            onClick={() => (note.cosigner_id ? void acts.askNoCosigner(note) : onAsk('cosigner', note))}
          >
            <UserPlus aria-hidden /> {t(note.cosigner_id ? 'acts.noCosigner' : 'acts.cosigner')}
          </Button>
        )}
        {!signed && own && mayWrite && !note.struck_at && (
          <Button size="sm" variant="outline" onClick={() => onAsk('handOver', note)}>
            {t('acts.handOver')}
          </Button>
        )}
        <Button size="sm" variant="ghost" onClick={() => onAsk('versions', note)}>
          <History aria-hidden /> {t('versions')}
        </Button>
        {mayStrike &&
          (note.struck_at ? (
            <Button size="sm" variant="ghost" onClick={() => void acts.restore(note)}>
              <Undo2 aria-hidden /> {t('restore')}
            </Button>
          ) : (
            <Button size="sm" variant="ghost" onClick={() => onAsk('strike', note)}>
              <Strikethrough aria-hidden /> {t('acts.strike')}
            </Button>
          ))}
      </div>
    </div>
  )
}

function AddendumForm({ onAdd, onClose }: { onAdd: (body: string) => Promise<boolean>; onClose: () => void }) {
  const t = useTranslations('notes')
  const states = useTranslations('states')
  const box = useRef<HTMLTextAreaElement>(null)
  const [body, setBody] = useState('')
  useEffect(() => box.current?.focus(), [])
  const [busy, setBusy] = useState(false)
  async function add(event?: FormEvent) {
    event?.preventDefault()
    if (busy || !body.trim()) return
    setBusy(true)
    if (await onAdd(body)) onClose()
    setBusy(false)
  }
  return (
    <form onSubmit={add} className="grid max-w-prose gap-2">
      <textarea
        ref={box}
        rows={3}
        dir="auto"
        aria-label={t('addendum')}
        maxLength={50_000}
        value={body}
        onChange={event => setBody(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void add(event)
        }}
        className="w-full rounded-md border border-input bg-background px-3 py-2 text-base"
      />
      <span className="flex flex-wrap gap-2">
        <Button size="sm" type="submit" disabled={busy || !body.trim()}>
          {t('signAddendum')} <Kbd keys="Mod+Enter" />
        </Button>
        <Button size="sm" variant="outline" onClick={onClose}>
          {states('cancel')}
        </Button>
      </span>
    </form>
  )
}
