import type { KeyboardEvent } from 'react'

const STOPS =
  'input:not([type=hidden]):not(:disabled), select:not(:disabled), textarea:not(:disabled), button[type=submit]:not(:disabled)'

/**
 * For forms about money: Enter goes to the next field and at last to the button, so that nothing is sent by one key too many.
 * Ctrl+Enter still sends from anywhere.
 */
export function enterMovesOn(event: KeyboardEvent<HTMLFormElement>) {
  const from = event.target as HTMLElement
  if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.defaultPrevented || !/^(INPUT|SELECT)$/.test(from.tagName))
    return
  event.preventDefault()
  const stops = [...event.currentTarget.querySelectorAll<HTMLInputElement>(STOPS)].filter(
    // Of radios that belong together, the chosen one stands for all.
    one => one.type !== 'radio' || one.checked,
  )
  const at = stops.indexOf(from as HTMLInputElement)
  stops[at + 1]?.focus()
}
