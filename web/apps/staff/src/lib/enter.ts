import type { KeyboardEvent } from 'react'

const STOPS =
  'input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled), button[type=submit]:not(:disabled)'
type Keyed = { props: { onKeyDown: (event: KeyboardEvent) => void } }

/**
 * The keys of a form about money: Enter goes to the next field and at last to the button, so that nothing is sent by one key too
 * many; Ctrl+Enter sends from anywhere, but not while a list is open, where it chooses.
 */
export const carefulKeys = (form: Keyed) => (event: KeyboardEvent<HTMLFormElement>) => {
  if (event.defaultPrevented) return
  form.props.onKeyDown(event)
  const from = event.target as HTMLElement
  if (event.key !== 'Enter' || event.defaultPrevented || !/^(INPUT|SELECT)$/.test(from.tagName)) return
  event.preventDefault()
  const stops = [...event.currentTarget.querySelectorAll<HTMLInputElement>(STOPS)].filter(
    // Of radios that belong together, the chosen one stands for all.
    one => one.type !== 'radio' || one.checked,
  )
  stops[stops.indexOf(from as HTMLInputElement) + 1]?.focus()
}

/** To a field of a form by its name, where the button that had the focus is about to go. */
export function focusOn(form: HTMLFormElement | null, name: string) {
  const field = form?.elements.namedItem(name)
  if (field instanceof HTMLElement) field.focus()
}
