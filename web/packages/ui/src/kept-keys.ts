import { type KeyboardEvent, useEffect, useRef } from 'react'

type Stroke = { key: string; ctrlKey: boolean; metaKey: boolean }

/** The whole of it is still being read: where there are fields or buttons already, a stroke is for those. */
const waits = (dialog: HTMLElement) =>
  !!dialog.querySelector('[data-slot=loading]') && !dialog.querySelector('input, textarea, select, [data-slot=dialog-foot]')
const nextFrame = () => new Promise(requestAnimationFrame)

/** What a hand types that does not wait: letters, figures, and what sends or mends them. Esc and Tab work meanwhile as they do. */
const isKept = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
  (key.length === 1 && !ctrlKey && !metaKey && !altKey) || key === 'Enter' || key === 'Backspace'

/**
 * Whoever knows a dialog types at once. While its content is still being read there is no field for that: the strokes are
 * kept, and given to the field that has the focus as soon as there is one.
 */
export function useKeptKeys() {
  const kept = useRef<Stroke[]>([])
  const observer = useRef<MutationObserver>(undefined)
  const giving = useRef(false)

  async function give(dialog: HTMLElement) {
    giving.current = true
    // The field takes the focus in the frame in which it appears.
    await nextFrame()
    for (let stroke = kept.current.shift(); stroke; stroke = kept.current.shift()) {
      if (!repeat(stroke, dialog)) kept.current = []
      await nextFrame()
    }
    giving.current = false
  }

  useEffect(() => () => observer.current?.disconnect(), [])

  return (event: KeyboardEvent<HTMLElement>) => {
    const dialog = event.currentTarget
    if (!event.nativeEvent.isTrusted || !(giving.current || waits(dialog)) || !isKept(event)) return
    event.preventDefault()
    event.stopPropagation()
    kept.current.push({ key: event.key, ctrlKey: event.ctrlKey, metaKey: event.metaKey })
    if (observer.current || giving.current) return
    observer.current = new MutationObserver(() => {
      if (waits(dialog)) return
      observer.current?.disconnect()
      observer.current = undefined
      void give(dialog)
    })
    observer.current.observe(dialog, { childList: true, subtree: true })
  }
}

/** As if it were pressed now; false when there is no field for it. */
function repeat({ key, ctrlKey, metaKey }: Stroke, dialog: HTMLElement) {
  const field = document.activeElement
  if (!(field instanceof HTMLElement) || !dialog.contains(field) || !field.matches('input, textarea, select')) return false
  // The one way to type for somebody that fields, their histories and frameworks take for typing.
  if (key.length === 1) document.execCommand('insertText', false, key)
  else if (key === 'Backspace') document.execCommand('delete')
  else field.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, ctrlKey, metaKey, bubbles: true, cancelable: true }))
  return true
}
