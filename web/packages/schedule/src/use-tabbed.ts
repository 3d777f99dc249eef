import { useEffect, useRef } from 'react'

/** Whether Tab was pressed last. Only then may the focus choose: the focus that code gives back somewhere is nobody's choice. */
export function useTabbed() {
  const tabbed = useRef(false)
  useEffect(() => {
    const note = (event: Event) => {
      tabbed.current = event instanceof KeyboardEvent && event.key === 'Tab'
    }
    const options = { capture: true }
    addEventListener('keydown', note, options)
    addEventListener('pointerdown', note, options)
    return () => {
      removeEventListener('keydown', note, options)
      removeEventListener('pointerdown', note, options)
    }
  }, [])
  return tabbed
}
