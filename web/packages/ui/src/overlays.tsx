import { X } from 'lucide-react'
import { Dialog as Base, DropdownMenu } from 'radix-ui'
import type { ComponentProps, KeyboardEvent, ReactNode } from 'react'
import { cn } from './cn'
import { useCounted } from './dialogs'
import { useFocusBefore } from './focus-before'
import { useKeptKeys } from './kept-keys'

/** Each keeps clear of the notices, which stand above while a dialog is open. */
const place = {
  center:
    'inset-x-3 top-[max(10vh,calc(var(--notices,0px)+1.25rem))] mx-auto max-h-[min(80vh,calc(100dvh-var(--notices,0px)-2rem))] max-w-lg rounded-xl',
  start: 'bottom-0 start-0 top-[var(--notices,0px)] w-64',
  end: 'inset-y-0 end-0 w-[34rem] max-w-full border-s max-lg:top-[var(--notices,0px)]',
  bottom: 'inset-x-0 bottom-0 max-h-[min(85dvh,calc(100dvh-var(--notices,0px)-1.5rem))] overflow-y-auto rounded-t-xl',
}

type DialogProps = {
  open: boolean
  onClose: () => void
  title: string
  titleHidden?: boolean
  about?: ReactNode
  at?: keyof typeof place
  /** Names the cross in the corner; without it there is none. */
  close?: string
  /** Cannot be closed by Escape or a click beside it: something has to be answered. */
  firm?: boolean
  /** Nothing behind it can be read. */
  opaque?: boolean
  className?: string
  children: ReactNode
}

/**
 * `center` is a dialog, `start`, `end` and `bottom` are sheets. Focus returns to where it was.
 * The veil is our own: Radix' overlay injects a style element, which the page's policy forbids.
 */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, titleHidden, about, at = 'center', close, firm, opaque, className, children } = props
  const giveBack = useFocusBefore(open)
  useCounted(open)
  const keep = useKeptKeys()
  // Escape first closes a list that is open in a field.
  const hold = (event: Event) => {
    if (firm || document.activeElement?.hasAttribute('data-list-open')) event.preventDefault()
  }
  // Between two fields the focus is the dialog's own; the form in it is saved from there too.
  const save = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.currentTarget.querySelector('form')?.requestSubmit()
  }
  return (
    <Base.Root open={open} onOpenChange={next => next || firm || onClose()}>
      <Base.Portal>
        <div aria-hidden className={cn('fixed inset-0 z-40', opaque ? 'bg-muted' : 'bg-[oklch(0.15_0.02_240/0.4)]')} />
        <Base.Content
          data-slot="dialog"
          aria-describedby={undefined}
          onEscapeKeyDown={hold}
          onKeyDownCapture={keep}
          onKeyDown={save}
          onCloseAutoFocus={giveBack}
          onInteractOutside={event => {
            const target = event.target as HTMLElement
            // A notice may be answered while a dialog is open; answered, it is gone when this is asked.
            if (firm || !target.isConnected || target.closest('[data-slot=notices]')) event.preventDefault()
          }}
          className={cn(
            'fixed z-40 flex animate-[appear_120ms_ease-out] flex-col overflow-hidden bg-popover shadow-pop outline-none',
            place[at],
            className,
          )}
        >
          <div className={titleHidden && !close ? 'contents' : 'flex items-start gap-3 ps-5 pe-12 pt-3.5'}>
            <div className={titleHidden && !close ? 'contents' : 'me-auto grid min-w-0 gap-0.5 pt-0.5'}>
              <Base.Title className={titleHidden ? 'sr-only' : 'font-semibold text-lg'}>{title}</Base.Title>
              {about && <div className="text-muted-foreground text-sm">{about}</div>}
            </div>
          </div>
          {children}
          {/* Last, so that what is asked for is reached first. */}
          {close && (
            <Base.Close
              aria-label={close}
              className="absolute end-3 top-3.5 grid size-7 place-items-center rounded-md text-muted-foreground hover:bg-accent [&_svg]:size-4"
            >
              <X aria-hidden />
            </Base.Close>
          )}
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  )
}

/** The row of buttons at the foot of a dialog. */
export function DialogFoot({ className, ...rest }: ComponentProps<'div'>) {
  return (
    <div
      data-slot="dialog-foot"
      {...rest}
      className={cn('mt-auto flex flex-wrap items-center justify-end gap-2 border-t bg-surface px-5 py-3', className)}
    />
  )
}

/** Not modal, because a modal menu injects a style element too. */
export function Menu({ trigger, children, label, align = 'end' }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={label}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          className="z-40 max-h-[80dvh] min-w-52 animate-[appear_120ms_ease-out] overflow-y-auto rounded-lg bg-popover p-1 shadow-pop"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
type MenuProps = { trigger: ReactNode; children: ReactNode; label?: string; align?: 'start' | 'end' }

const item =
  'flex min-h-8 select-none items-center gap-2 rounded-md px-2 py-1 text-sm outline-none data-highlighted:bg-accent [&_svg]:size-4 [&_svg]:text-muted-foreground'

export function MenuItem({ className, ...rest }: ComponentProps<typeof DropdownMenu.Item>) {
  return <DropdownMenu.Item {...rest} className={cn(item, className)} />
}

export const MenuLine = () => <DropdownMenu.Separator className="my-1 h-px bg-border" />

export function MenuChoice(props: {
  label: string
  value: string
  choices: [string, string][]
  onChange: (value: string) => void
}) {
  return (
    <DropdownMenu.RadioGroup value={props.value} onValueChange={props.onChange} aria-label={props.label}>
      <div aria-hidden className="px-2 pt-2 pb-1 font-medium text-muted-foreground text-xs">
        {props.label}
      </div>
      {props.choices.map(([value, text]) => (
        <DropdownMenu.RadioItem key={value} value={value} className={cn(item, 'data-[state=checked]:font-semibold')}>
          {text}
          <DropdownMenu.ItemIndicator className="ms-auto">✓</DropdownMenu.ItemIndicator>
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
