import { type FormEvent, useEffect, useRef } from 'react'
import { useSlug } from './clinic'
import { type Draft, drafts } from './drafts'
import { useSession } from './session'

/** Where drafts of one kind are, of this person in this clinic. */
export function useDraftPlace(kind: string) {
  const clinic = useSlug()
  const { principal } = useSession()
  return [principal.id, clinic, kind]
}

const valuesOf = (form: HTMLFormElement) =>
  Object.fromEntries([...new FormData(form)].filter((one): one is [string, string] => typeof one[1] === 'string'))

type Kept = { place: string[]; form: { current: HTMLFormElement | null }; found: Draft | undefined; more: unknown }

/**
 * Keeps what is typed into a form until it is sent, wherever else the person goes meanwhile; `found` is what it began with,
 * `more` what it holds beside its fields. Nothing is kept of a form that says again what it said at first.
 */
export function useDraft({ place, form, found, more }: Kept) {
  const start = useRef(found?.start)
  const now = useRef(more)
  now.current = more

  function keep(from: HTMLFormElement | null) {
    if (!from || start.current === undefined) return
    const [values, held] = [valuesOf(from), now.current]
    if (JSON.stringify([values, held]) === start.current) drafts.drop(place)
    else drafts.keep(place, { values, more: held, start: start.current })
  }

  const told = JSON.stringify(more)
  const before = useRef(told)
  useEffect(() => {
    if (form.current) start.current ??= JSON.stringify([valuesOf(form.current), now.current])
    if (before.current === told) return
    before.current = told
    keep(form.current)
  }, [told])

  return {
    onInput(event: FormEvent<HTMLFormElement>) {
      const from = event.currentTarget
      // Fields that are not the browser's own write their values once React has drawn them.
      setTimeout(() => keep(from))
    },
    drop: () => drafts.drop(place),
  }
}
