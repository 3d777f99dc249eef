import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { type RefObject, useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import { Button } from './button'
import { cn } from './cn'
import { useAnyDialog } from './dialogs'
import { dismiss, listen, shownNow, spokenNow } from './notify'
import { Kbd } from './small'
import { useLives } from './use-lives'

/** Of more than these the older come up again when the newer are gone. */
const MOST = 3

type NoticesProps = { label: string; close: string /** What takes the latest offer. */; keys?: string; life?: number }

export function Notices({ label, close, keys, life = 10_000 }: NoticesProps) {
  const all = useSyncExternalStore(listen, shownNow)
  const shown = all.slice(-MOST)
  const live = useSyncExternalStore(listen, spokenNow)
  const box = useRef<HTMLElement>(null)
  const held = useLives(all, box, life)
  const above = useAnyDialog()
  useRoomAbove(box, above)
  const before = useRef<Element>(null)
  const asking = shown.findLast(notice => notice.stays)?.id
  useEffect(() => {
    if (!asking || document.querySelector('[role=dialog]')) return
    before.current = document.activeElement
    box.current?.querySelector<HTMLElement>(`[data-notice="${asking}"] button`)?.focus()
  }, [asking])
  /** Whoever was taken to a notice goes back to where they were. */
  const leave = (id: number) => {
    const within = box.current?.contains(document.activeElement)
    dismiss(id)
    if (within && before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
  }
  return (
    <>
      <div role="log" aria-live="assertive" className="sr-only">
        {live}
      </div>
      <section
        ref={box}
        data-slot="notices"
        {...held}
        aria-label={label}
        aria-live="polite"
        className={cn(
          'pointer-events-none fixed inset-x-3 z-60 grid gap-2',
          above ? 'top-3 justify-start' : 'bottom-4 justify-center',
        )}
      >
        {shown.map(notice => (
          // biome-ignore lint/a11y/useSemanticElements: a notice is no part of a form
          <div
            key={notice.id}
            role="group"
            aria-label={notice.title}
            data-notice={notice.id}
            onKeyDown={event => event.key === 'Escape' && leave(notice.id)}
            className="pointer-events-auto flex w-fit max-w-[30rem] animate-[appear_150ms_ease-out] items-start gap-3 rounded-lg bg-popover py-2.5 ps-3 pe-2 shadow-pop"
          >
            {notice.tone === 'ok' ? (
              <CircleCheck aria-hidden className="mt-1 size-4 shrink-0 text-ok" />
            ) : (
              <TriangleAlert aria-hidden className="mt-1 size-4 shrink-0 text-destructive" />
            )}
            <div className="grid gap-1 py-0.5">
              <p className="font-medium text-sm">{notice.title}</p>
              {notice.about && (
                <p dir="auto" className="text-muted-foreground text-sm">
                  {notice.about}
                </p>
              )}
              {!!notice.offers?.length && (
                <div className="mt-1 flex flex-wrap gap-1.5">
                  {notice.offers.map(offer => (
                    <Button
                      key={offer.label}
                      size="sm"
                      variant="outline"
                      onClick={() => {
                        leave(notice.id)
                        offer.run()
                      }}
                    >
                      {offer.label}
                      {offer.keys && keys && <Kbd keys={keys} />}
                    </Button>
                  ))}
                </div>
              )}
            </div>
            <Button size="icon" variant="ghost" className="size-6" aria-label={close} onClick={() => leave(notice.id)}>
              <X />
            </Button>
          </div>
        ))}
      </section>
    </>
  )
}

/** Under a dialog's buttons there is no room for a notice: then it stands above, and the dialog keeps clear of it. */
function useRoomAbove(box: RefObject<HTMLElement | null>, above: boolean) {
  useLayoutEffect(() => {
    const element = box.current
    if (!above || !element) return
    const { style } = document.documentElement
    const measure = () => style.setProperty('--notices', `${element.offsetHeight}px`)
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    return () => {
      observer.disconnect()
      style.removeProperty('--notices')
    }
  }, [box, above])
}
