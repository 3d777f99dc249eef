import { type RefObject, useEffect } from 'react'

/** Tells a screen reader which line of a list is chosen, also when it was not chosen by an arrow: cmdk leaves that out. */
export function useActiveItem(input: RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const chosen = input.current?.closest('[cmdk-root]')?.querySelector('[cmdk-item][aria-selected=true]')
    if (chosen) input.current?.setAttribute('aria-activedescendant', chosen.id)
    else input.current?.removeAttribute('aria-activedescendant')
  })
}
