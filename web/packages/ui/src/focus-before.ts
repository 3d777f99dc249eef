import { useRef } from 'react'

/** What had the focus before the first of the dialogs that followed each other. */
let outside: HTMLElement | null = null
/** What had the focus when everything was hidden, until the dialog is there that stands over it. */
let hidden: HTMLElement | null = null

const focused = () =>
  document.activeElement instanceof HTMLElement && document.activeElement !== document.body ? document.activeElement : null

/**
 * Before everything is hidden under a dialog that may have to be fetched first: with its next frame the browser takes the focus
 * from what it no longer shows, and the dialog would remember nothing. Returns what gives it back if no dialog came.
 */
export function rememberFocus() {
  hidden = focused()
  return () => {
    if (!focused() && hidden?.isConnected) hidden.focus()
    hidden = null
  }
}

/**
 * Most dialogs are opened by a key or an answer, not by a trigger, so the focus they took is remembered here.
 * Returns what gives it back: to where it was, else to the day's grid, else to the heading, never to the page as a whole.
 */
export function useFocusBefore(open: boolean) {
  const was = useRef(false)
  const before = useRef<HTMLElement>(null)
  // While rendering: a field inside may take the focus before any effect runs.
  if (open && !was.current) {
    const active = focused() ?? hidden
    hidden = null
    before.current = active
    if (!active?.closest('[data-slot=dialog]')) outside = active
  }
  was.current = open
  return (event: Event) => {
    event.preventDefault()
    // Another dialog, or a notice that has to be answered, may have it already.
    if (focused()) return
    const there = [before.current, outside].find(one => one?.isConnected)
    const focus = there ?? document.querySelector<HTMLElement>('[role=application] [tabindex="0"]') ?? heading()
    focus?.focus()
  }
}

function heading() {
  const found = document.querySelector<HTMLElement>('main h1')
  found?.setAttribute('tabindex', '-1')
  return found
}
