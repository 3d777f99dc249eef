export type Offer = { label: string; keys?: string; run: () => void }
/** `stays` until it is answered; it takes the focus, because what was asked for did not happen. */
export type Notice = { id: number; tone: 'ok' | 'danger'; title: string; about?: string; offers?: Offer[]; stays?: boolean }

/** So many acts in ten seconds can each be taken back; nobody is quicker. */
const KEPT = 20
let notices: readonly Notice[] = []
let spoken = ''
let last = 0
const listeners = new Set<() => void>()
export const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
const tell = () => {
  for (const listener of listeners) listener()
}

export function notify(notice: Omit<Notice, 'id'>) {
  last += 1
  notices = [...notices.slice(1 - KEPT), { ...notice, id: last }]
  tell()
}

export function dismiss(id: number) {
  notices = notices.filter(notice => notice.id !== id)
  tell()
}

/** What asked for an answer is no longer the matter: something else is being done or looked at. */
export function outdate() {
  notices = notices.filter(notice => !notice.stays)
  tell()
}

/** What there is to show, the oldest first, and what is spoken now. */
export const shownNow = () => notices
export const spokenNow = () => spoken

/** Said to a screen reader and shown nowhere: where a visit would land, how many results there are. */
export function announce(sentence: string) {
  spoken = sentence
  tell()
}

/** Takes the newest offer that has a key, as its button would: what is undone is no longer offered, and the one before is next. */
export function takeLatestOffer() {
  const notice = notices.findLast(({ offers }) => offers?.some(one => one.keys))
  const offer = notice?.offers?.find(one => one.keys)
  if (!notice || !offer) return
  dismiss(notice.id)
  offer.run()
}
