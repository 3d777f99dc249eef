import { type LocaleName, localeFor } from '@chairside/i18n'
import { useSyncExternalStore } from 'react'

export type Preferences = {
  theme: 'light' | 'dark'
  density: 'comfortable' | 'compact'
  locale: LocaleName
  letters: 'on' | 'off'
}

const KEY = 'chairside.preferences'
const listeners = new Set<() => void>()
let current: Preferences = {
  theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
  density: 'comfortable',
  locale: localeFor(navigator.languages),
  letters: 'on',
  ...JSON.parse(localStorage.getItem(KEY) ?? '{}'),
}
show()

function show() {
  document.documentElement.classList.toggle('dark', current.theme === 'dark')
  document.documentElement.dataset.density = current.density
}

export function prefer(change: Partial<Preferences>) {
  current = { ...current, ...change }
  localStorage.setItem(KEY, JSON.stringify(current))
  show()
  for (const listener of listeners) listener()
}

export const usePreferences = () =>
  useSyncExternalStore(
    listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    () => current,
  )
