import { CircleCheck, TriangleAlert, X } from 'lucide-react'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { Button } from './button'
import { Kbd } from './small'

export type Offer = { label: string; keys?: string; run: () => void }
/** `stays` until it is answered; it takes the focus, because what was asked for did not happen. */
export type Notice = { id: number; tone: 'ok' | 'danger'; title: string; about?: string; offers?: Offer[]; stays?: boolean }

let notices: readonly Notice[] = []
let spoken = ''
let last = 0
const listeners = new Set<() => void>()
const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
const tell = () => {
  for (const listener of listeners) listener()
}

export function notify(notice: Omit<Notice, 'id'>) {
  last += 1
  notices = [...notices.slice(-2), { ...notice, id: last }]
  tell()
}

export function dismiss(id: number) {
  notices = notices.filter(notice => notice.id !== id)
  tell()
}

/** Said to a screen reader and shown nowhere: where a visit would land, how many results there are. */
export function announce(sentence: string) {
  spoken = sentence
  tell()
}

/** Takes the newest offer that has a key, as its button would: what is undone is no longer offered. */
export function takeLatestOffer() {
  const notice = notices.at(-1)
  const offer = notice?.offers?.find(one => one.keys)
  if (!notice || !offer) return
  dismiss(notice.id)
  offer.run()
}

export function Notices({ label, close, life = 10_000 }: { label: string; close: string; life?: number }) {
  const shown = useSyncExternalStore(listen, () => notices)
  const live = useSyncExternalStore(listen, () => spoken)
  const newest = shown.findLast(notice => !notice.stays)?.id
  useEffect(() => {
    if (!newest) return
    const timer = setTimeout(() => dismiss(newest), life)
    return () => clearTimeout(timer)
  }, [newest, life])
  const box = useRef<HTMLElement>(null)
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
        aria-label={label}
        aria-live="polite"
        className="pointer-events-none fixed inset-x-3 bottom-4 z-60 grid justify-center gap-2"
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
                      {offer.keys && <Kbd keys={offer.keys} />}
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
