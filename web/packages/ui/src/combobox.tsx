import { ChevronsUpDown } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { cn } from './cn'
import { control, Frame, type FrameProps } from './field'
import { useWhenSettled } from './when-settled'

export type Option = { value: string; label: string; about?: ReactNode }
export const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

type ComboboxProps = FrameProps & {
  name?: string
  value: string
  onChange: (value: string) => void
  options: Option[]
  /** Given when the server searches: the options are then what it found, shown as they come. */
  onSearch?: (text: string) => void
  /** What the chosen value is called when it is not among the options. */
  shown?: string
  placeholder?: string
  nothing: string
  /** False while the options are still those of an earlier text. */
  settled?: boolean
  autoFocus?: boolean
}

const MOST = 60

/** A text field with a list (ARIA 1.2 combobox): typing narrows, arrows choose, Enter takes, Escape leaves it as it was. */
export function Combobox(props: ComboboxProps) {
  const { name, value, onChange, options, onSearch, shown, placeholder, nothing, settled = true, autoFocus, ...frame } = props
  const list = useId()
  const [text, setText] = useState<string>()
  const [at, setAt] = useState(0)
  const [left, leave] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const current = options.find(option => option.value === value)?.label ?? shown ?? ''
  const open = text !== undefined && !left
  const words = fold(text ?? '').split(/\s+/)
  const found = (
    onSearch || !text ? options : options.filter(option => words.every(word => fold(option.label).includes(word)))
  ).slice(0, MOST)

  const first = useWhenSettled(text ?? '', settled, () => take(found[at]))

  function type(next: string) {
    first.forget()
    setText(next)
    setAt(0)
    onSearch?.(next)
  }
  function begin() {
    if (open) return
    setText('')
    setAt(Math.max(0, onSearch ? 0 : options.slice(0, MOST).findIndex(option => option.value === value)))
  }
  function take(option: Option | undefined) {
    if (option) onChange(option.value)
    close()
    // The form hears that something was chosen, as it hears typing.
    input.current?.dispatchEvent(new Event('input', { bubbles: true }))
  }
  function close() {
    setText(undefined)
    leave(false)
  }
  /**
   * Once the focus has arrived elsewhere: a list that goes while it is between two fields makes the dialog take it.
   * What Enter was pressed on is still taken when its answer comes.
   */
  const blurred = () =>
    setTimeout(() => {
      if (document.activeElement === input.current) return
      if (first.waiting()) leave(true)
      else close()
    })
  function keyed(event: KeyboardEvent) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!open) return begin()
      const next = (at + (event.key === 'ArrowDown' ? 1 : -1) + found.length) % (found.length || 1)
      setAt(next)
      document.getElementById(`${list}-${next}`)?.scrollIntoView({ block: 'nearest' })
    } else if (event.key === 'Enter' && open) {
      event.preventDefault()
      first.enter()
    } else if (event.key === 'Escape' && open) {
      event.preventDefault()
      event.stopPropagation()
      first.forget()
      close()
    }
  }
  return (
    <Frame {...frame}>
      {wiring => (
        <span data-field={name} className="relative grid">
          <input
            {...wiring}
            ref={input}
            role="combobox"
            aria-expanded={open}
            data-list-open={open || undefined}
            aria-controls={open ? list : undefined}
            aria-autocomplete="list"
            aria-activedescendant={open && found[at] ? `${list}-${at}` : undefined}
            aria-required={frame.required}
            autoComplete="off"
            spellCheck={false}
            // biome-ignore lint/a11y/noAutofocus: the first field of a dialog
            autoFocus={autoFocus}
            placeholder={open && current ? current : placeholder}
            value={text ?? current}
            onChange={event => type(event.target.value)}
            onClick={begin}
            onKeyDown={keyed}
            onBlur={blurred}
            onFocus={() => leave(false)}
            // The words decide where they begin, the page where the arrow stands.
            className={cn(control, 'pe-8 [unicode-bidi:plaintext]')}
          />
          <ChevronsUpDown aria-hidden className="pointer-events-none absolute end-2.5 top-2.5 size-4 text-muted-foreground" />
          {name && <input type="hidden" name={name} value={value} />}
          {open && (
            <div
              id={list}
              role="listbox"
              aria-label={frame.label}
              className="absolute inset-x-0 top-[calc(100%+4px)] z-50 max-h-64 overflow-y-auto rounded-lg bg-popover p-1 shadow-pop"
            >
              {found.map((option, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
                // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
                <div
                  key={option.value}
                  id={`${list}-${index}`}
                  role="option"
                  aria-selected={option.value === value}
                  data-active={index === at || undefined}
                  className="flex min-h-8 items-center gap-3 rounded-md px-2 py-1 text-sm aria-selected:font-semibold data-active:bg-accent"
                  onPointerMove={() => setAt(index)}
                  onPointerDown={event => event.preventDefault()}
                  onClick={() => take(option)}
                >
                  <span className="me-auto grid min-w-0">
                    <span dir="auto" className="truncate">
                      {option.label}
                    </span>
                  </span>
                  {option.about && <span className="shrink-0 text-muted-foreground text-xs">{option.about}</span>}
                </div>
              ))}
              {found.length === 0 && <p className="px-2 py-2 text-muted-foreground text-sm">{nothing}</p>}
            </div>
          )}
        </span>
      )}
    </Frame>
  )
}
