import { type LocaleName, localeFor } from '@chairside/i18n'
import { useSyncExternalStore } from 'react'

/** How somebody likes the app on this computer. Kept by the browser: a screen at the desk is not one in a treatment room. */
export type Preferences = {
  theme: 'system' | 'light' | 'dark'
  density: 'comfortable' | 'compact'
  size: 'normal' | 'large' | 'larger'
  locale: LocaleName
  /** Which figures, for readers whose script has its own. */
  digits: 'latn' | 'arab'
  /** Keys without Ctrl, ⌘ or Alt. */
  letters: 'on' | 'off'
  /** Other keys than the usual ones, by command; an empty text for none. */
  keys: Record<string, string>
}

const KEY = 'chairside.preferences'
const DARK = matchMedia('(prefers-color-scheme: dark)')
const usual = (): Preferences => ({
  theme: 'system',
  density: 'comfortable',
  size: 'normal',
  locale: localeFor(navigator.languages),
  digits: 'latn',
  letters: 'on',
  keys: {},
})
const listeners = new Set<() => void>()
let current = read()
show()

function read(): Preferences {
  try {
    const { locale, ...kept } = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return { ...usual(), ...kept, ...(locale && { locale: localeFor([locale]) }) }
  } catch {
    return usual()
  }
}

/** `public/first.js` does the same before the first paint. */
function show() {
  const root = document.documentElement
  root.classList.toggle('dark', isDark())
  root.dataset.density = current.density
  root.dataset.size = current.size
}

function isDark() {
  return current.theme === 'dark' || (current.theme === 'system' && DARK.matches)
}

function changed() {
  show()
  for (const listener of listeners) listener()
}

export function prefer(change: Partial<Preferences>) {
  current = { ...current, ...change }
  localStorage.setItem(KEY, JSON.stringify(current))
  changed()
}

DARK.addEventListener('change', changed)
// Chosen in another tab.
addEventListener('storage', event => {
  if (event.key !== KEY) return
  current = read()
  changed()
})

const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const usePreferences = () => useSyncExternalStore(listen, () => current)
/** Whether it is dark now, by choice or because the computer is. */
export const useDark = () => useSyncExternalStore(listen, isDark)
