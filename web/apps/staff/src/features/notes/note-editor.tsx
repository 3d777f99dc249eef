import type { Note, Patient } from '@chairside/api'
import { Banner, Button, Field, Kbd, Menu, MenuItem, notify } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Ellipsis, LayoutTemplate, PenLine, Save } from 'lucide-react'
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { Difference } from './difference'
import { type Brought, codeBefore, matching, nextSlot, put, type Selection, slotsIn } from './model'
import { snippetsQuery, templatesQuery } from './queries'
import { useFilled } from './use-filled'
import { useNoteDraft } from './use-note-draft'
import { signNote, type Target } from './writes'

const KINDS = ['progress', 'consultation', 'phone', 'other'] as const

type EditorProps = {
  patient: Patient
  opened?: Note
  onSigned: () => void
  onAct: (what: 'handOver' | 'strike' | 'cosigner', note: Target) => void
}

/** One note as it is written: saved by itself, brought by codes, filled slot after slot, signed by one key. */
export function NoteEditor({ patient, opened, onSigned, onAct }: EditorProps) {
  const t = useTranslations('notes')
  const clinic = useSlug()
  const maySign = useMay('notes.sign')
  const draft = useNoteDraft(patient.id, opened)
  const filled = useFilled(patient.id)
  const tell = useTell()
  const regret = useRegret()
  const lists = [useQuery(templatesQuery(clinic)), useQuery(snippetsQuery(clinic))] as const
  const [templates, snippets] = [lists[0].data ?? [], lists[1].data ?? []]
  const area = useRef<HTMLTextAreaElement>(null)
  const goTo = useRef<Selection>(undefined)
  const [caret, setCaret] = useState(0)
  const [picked, pick] = useState(0)
  const [shut, setShut] = useState(false)
  const [busy, setBusy] = useState(false)
  const { body } = draft.text
  const all: Brought[] = [
    ...templates.map(({ id, code, name }) => ({ id, code, name, from: 'template' as const })),
    ...snippets.map(({ id, code, body }) => ({ id, code, name: body.slice(0, 60), from: 'snippet' as const })),
  ]
  const typed = shut ? undefined : codeBefore(body, caret)
  const offered = typed ? matching(all, typed.code) : []

  // The tab was opened to write.
  useEffect(() => area.current?.focus({ preventScroll: true }), [])

  useLayoutEffect(() => {
    const box = area.current
    if (!box) return
    box.style.height = 'auto'
    box.style.height = `${Math.min(Math.max(box.scrollHeight + 2, 160), window.innerHeight * 0.6)}px`
    if (!goTo.current) return
    box.focus()
    box.setSelectionRange(goTo.current.start, goTo.current.end)
    setCaret(goTo.current.end)
    goTo.current = undefined
  }, [body])

  function select(at: Selection) {
    area.current?.focus()
    area.current?.setSelectionRange(at.start, at.end)
    setCaret(at.end)
  }

  async function bring(one: Brought, at: Selection) {
    pick(0)
    if (one.from === 'snippet') {
      const found = snippets.find(({ id }) => id === one.id)
      if (!found) return
      const next = put(body, at, found.body)
      goTo.current = next.at
      return draft.type({ body: next.text })
    }
    try {
      const template = await filled(one.id)
      const alone = body.slice(0, at.start).trim() === '' && body.slice(at.end).trim() === ''
      const next = put(body, at, template.body)
      goTo.current = next.at
      draft.type({
        body: next.text,
        // What begins with a template is called after it.
        ...(alone && {
          kind: template.kind,
          title: draft.text.title || template.title,
          appointment_id: draft.text.appointment_id ?? template.appointment_id,
        }),
      })
    } catch (error) {
      regret(error)
    }
  }

  async function sign() {
    if (busy) return
    const [open] = slotsIn(body)
    if (open !== undefined) {
      const slot = nextSlot(body, { start: 0, end: 0 })
      if (slot) select(slot)
      return notify({ tone: 'danger', title: t('slotLeft', { slot: open || '…' }) })
    }
    setBusy(true)
    try {
      if (!(await draft.save())) return
      const note = draft.note()
      if (!note) return
      await send(signNote(clinic, note))
      draft.drop()
      tell(t('did.signed'))
      onSigned()
    } catch (error) {
      regret(error)
    } finally {
      setBusy(false)
    }
  }

  // Enter on a code before the codes have come is the new line that it always is; they bring what it stands for when they come.
  const hasty = useRef<{ code: string; start: number; text: string }>(undefined)
  const loading = lists.some(({ isLoading }) => isLoading)
  useEffect(() => {
    const before = hasty.current
    if (!before || loading) return
    hasty.current = undefined
    const [chosen] = before.text === body ? matching(all, before.code) : []
    if (chosen) void bring(chosen, { start: before.start, end: caret })
  })

  const keep = () => draft.save(true).then(done => done && tell(t('did.kept')))

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.nativeEvent.isComposing) return
    const mod = event.ctrlKey || event.metaKey
    const chosen = offered[Math.min(picked, offered.length - 1)]
    if (mod && event.key === 'Enter') {
      event.preventDefault()
      void (maySign ? sign() : keep())
    } else if (mod && event.key.toLowerCase() === 's') {
      event.preventDefault()
      void keep()
    } else if (event.key === 'Enter' && !event.shiftKey && typed && chosen) {
      event.preventDefault()
      void bring(chosen, { start: typed.start, end: caret })
    } else if (event.key === 'Enter' && !event.shiftKey && typed && loading) {
      hasty.current = { ...typed, text: `${body.slice(0, caret)}\n${body.slice(caret)}` }
    } else if (offered.length && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault()
      pick(before => (before + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length)
    } else if (offered.length && event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      setShut(true)
    } else if (event.key === 'Tab' && !mod) {
      const { selectionStart: start, selectionEnd: end } = event.currentTarget
      // Where no slot is left, Tab goes on to what follows the text, as everywhere.
      const slot = nextSlot(body, { start, end }, event.shiftKey)
      if (!slot) return
      event.preventDefault()
      select(slot)
    }
  }

  const note = draft.note()
  return (
    <section aria-label={t('editor')} className="grid gap-3 rounded-lg border bg-card p-4 max-sm:p-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field
          label={t('title')}
          className="min-w-0 flex-1 basis-48"
          maxLength={200}
          dir="auto"
          value={draft.text.title}
          onChange={event => draft.type({ title: event.currentTarget.value })}
        />
        <Field
          label={t('kind')}
          className="w-44 max-sm:w-full"
          value={draft.text.kind}
          onChange={event => draft.type({ kind: event.currentTarget.value as Note['kind'] })}
          choices={KINDS.map((one): [string, string] => [one, t(`kinds.${one}`)])}
        />
      </div>
      {draft.theirs && (
        <Banner tone="warn" title={t('staleTitle')}>
          <p>{t('staleAbout')}</p>
          <Difference before={draft.theirs.body} after={body} />
          <span className="flex flex-wrap gap-2">
            <Button size="sm" onClick={draft.keepMine}>
              {t('keepMine')}
            </Button>
            <Button size="sm" variant="outline" onClick={draft.takeTheirs}>
              {t('takeTheirs')}
            </Button>
          </span>
        </Banner>
      )}
      <div className="relative grid">
        <textarea
          ref={area}
          aria-label={t('text')}
          aria-autocomplete="list"
          aria-controls={offered.length ? 'note-codes' : undefined}
          aria-activedescendant={offered.length ? `note-code-${Math.min(picked, offered.length - 1)}` : undefined}
          dir="auto"
          maxLength={50_000}
          placeholder={t('placeholder')}
          value={body}
          onChange={event => {
            setShut(false)
            pick(0)
            setCaret(event.currentTarget.selectionEnd)
            draft.type({ body: event.currentTarget.value })
          }}
          onSelect={event => setCaret(event.currentTarget.selectionEnd)}
          onKeyDown={onKeyDown}
          onBlur={() => setShut(true)}
          onFocus={() => setShut(false)}
          className="min-h-40 w-full resize-none rounded-md border border-input bg-background px-3 py-2 text-base leading-6 placeholder:text-muted-foreground"
        />
        {offered.length > 0 && (
          <div
            id="note-codes"
            role="listbox"
            aria-label={t('codes')}
            className="absolute inset-x-2 top-full z-10 -mt-1 max-w-md rounded-md border bg-popover p-1 text-sm shadow-md"
          >
            {offered.map((one, place) => (
              <div
                key={one.id}
                id={`note-code-${place}`}
                role="option"
                tabIndex={-1}
                aria-selected={place === Math.min(picked, offered.length - 1)}
                className="flex cursor-pointer items-baseline gap-2 rounded-sm px-2 py-1.5 aria-selected:bg-accent"
                // The text keeps the focus.
                onMouseDown={event => {
                  event.preventDefault()
                  if (typed) void bring(one, { start: typed.start, end: caret })
                }}
              >
                <bdi className="w-12 shrink-0 font-medium">/{one.code}</bdi>
                <bdi className="truncate text-muted-foreground">{one.name}</bdi>
              </div>
            ))}
          </div>
        )}
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <p role="status" className="me-auto text-muted-foreground text-sm">
          {t(`states.${draft.state}`)}
        </p>
        {templates.length > 0 && (
          <Menu
            label={t('template')}
            trigger={
              <Button variant="outline">
                <LayoutTemplate aria-hidden /> {t('template')}
              </Button>
            }
          >
            {templates.map(({ id, code, name }) => (
              <MenuItem
                key={id}
                onSelect={() => {
                  const at = {
                    start: area.current?.selectionStart ?? body.length,
                    end: area.current?.selectionEnd ?? body.length,
                  }
                  void bring({ id, code, name, from: 'template' }, at)
                }}
              >
                <bdi>{name}</bdi>
              </MenuItem>
            ))}
          </Menu>
        )}
        {note && (
          <Menu
            label={t('more')}
            trigger={
              <Button variant="outline" aria-label={t('more')}>
                <Ellipsis aria-hidden />
              </Button>
            }
          >
            {(['cosigner', 'handOver', 'strike'] as const).map(what => (
              <MenuItem key={what} onSelect={() => void draft.save().then(done => done && onAct(what, draft.note() ?? note))}>
                {t(`acts.${what}`)}
              </MenuItem>
            ))}
          </Menu>
        )}
        <Button variant={maySign ? 'outline' : 'default'} onClick={() => void keep()}>
          <Save aria-hidden /> {t('keep')} {!maySign && <Kbd keys="Mod+Enter" />}
        </Button>
        {maySign && (
          <Button onClick={() => void sign()} disabled={busy || !body.trim()}>
            <PenLine aria-hidden /> {t('sign')} <Kbd keys="Mod+Enter" />
          </Button>
        )}
      </div>
    </section>
  )
}
