import { type FieldProblem, Refused } from '@chairside/api'
import { Banner } from '@chairside/ui'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useProblemWords, useRefusalWords } from './problem-words'
import { troublesOf } from './troubles'

export type Given = { text: (name: string) => string; has: (name: string) => boolean }
type FormOptions = {
  /** Sends what was given. What the server refuses field by field comes back to the fields. */
  save: (given: Given) => Promise<unknown>
  /** What is wrong before anything is sent, by field. */
  check?: (given: Given) => Record<string, string | undefined>
  /** The field that a problem points at: by default its JSON pointer without the first slash. */
  fieldOf?: (problem: FieldProblem) => string
  /** Refusals that this form has its own answer to; true when it has dealt with it. */
  refused?: (refusal: Refused) => boolean
}

/** An ordinary form: the fields hold what is typed, the server checks, each error goes to the field it points at. */
export function useForm({ save, check, fieldOf, refused }: FormOptions) {
  const t = useTranslations('states')
  const say = useProblemWords()
  const words = useRefusalWords()
  const form = useRef<HTMLFormElement>(null)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const [refusals, count] = useState(0)
  const [trouble, setTrouble] = useState<string>()
  const [busy, setBusy] = useState(false)
  // After a refusal only: mending one field must not move the focus to the next.
  useEffect(() => {
    if (refusals) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  }, [refusals])

  function refuse(wrong: Record<string, string>) {
    setErrors(wrong)
    if (Object.keys(wrong).length) count(before => before + 1)
  }

  async function submit() {
    if (busy || !form.current) return
    const values = new FormData(form.current)
    const given: Given = {
      text: name => String(values.get(name) ?? '').trim(),
      has: name => values.get(name) === 'on',
    }
    setTrouble(undefined)
    const blank = [...form.current.elements].flatMap(field =>
      'required' in field && field.required && 'name' in field && field.name && !given.text(String(field.name))
        ? [[field.name, say.required]]
        : [],
    )
    const wrong = troublesOf(Object.fromEntries(blank), check?.(given))
    refuse(wrong)
    if (Object.keys(wrong).length) return
    setBusy(true)
    try {
      await save(given)
    } catch (error) {
      if (!(error instanceof Refused)) setTrouble(t('unreachable'))
      else if (!refused?.(error)) {
        const problems = error.problem.errors ?? []
        refuse(Object.fromEntries(problems.map(one => [fieldOf?.(one) ?? one.pointer.slice(1), say.of(one)])))
        if (problems.length === 0) setTrouble(words(error.problem))
      }
    } finally {
      setBusy(false)
    }
  }

  return {
    busy,
    errors,
    submit,
    /** Puts errors there that only the caller can know. */
    setErrors: refuse,
    setTrouble,
    trouble,
    props: {
      ref: form,
      noValidate: true,
      onSubmit: (event: FormEvent) => {
        event.preventDefault()
        void submit()
      },
      // What is being mended is no longer wrong.
      onInput: (event: FormEvent) => {
        const target = event.target as HTMLInputElement
        const name = target.closest<HTMLElement>('[data-field]')?.dataset.field ?? target.name
        if (errors[name]) setErrors(({ [name]: _, ...rest }) => rest)
      },
      onKeyDown: (event: KeyboardEvent) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        void submit()
      },
    },
    field: (name: string) => ({ name, error: errors[name] }),
  }
}

/** That somebody else changed the same fields, and what they say now; blank stands as a dash. */
export function useMetWords() {
  const t = useTranslations('states')
  return (theirs: [label: string, value: string | null | undefined][]) =>
    t('met', { what: theirs.map(([label, value]) => `${label}: ${value || '–'}`).join('; ') })
}

/** How many fields need another look, or what is wrong with the whole. */
export function FormTrouble({
  form,
  className,
}: {
  form: Pick<ReturnType<typeof useForm>, 'errors' | 'trouble'>
  className?: string
}) {
  const t = useTranslations('states')
  const count = Object.keys(form.errors).length
  if (!count && !form.trouble) return null
  return <Banner title={form.trouble ?? t('wrong', { count })} className={className} />
}
