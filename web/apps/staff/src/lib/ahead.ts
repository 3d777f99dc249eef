import { needEveryWord } from '@chairside/i18n'
import type { AnyRouter } from '@tanstack/react-router'

const AFTER_FIRST_PAINT = 2_000
const LONGEST = 1_000

let fetching = false
/** Screens and words that nobody asked for yet are being fetched. */
export const isAhead = () => fetching

const idle = () =>
  new Promise<unknown>(go =>
    'requestIdleCallback' in window ? requestIdleCallback(go, { timeout: LONGEST }) : setTimeout(go, 50),
  )
/** Whoever pays for every byte says so in their browser: they fetch what they turn to. */
const isSparing = () => !!(navigator as { connection?: { saveData?: boolean } }).connection?.saveData
const online = () => navigator.onLine || new Promise(go => addEventListener('online', go, { once: true }))

/** The app is kept for the next time, and for a while without a network. Where the address is a plain one there is nobody to do it. */
async function keepApp() {
  const workers = import.meta.env.PROD && navigator.serviceWorker
  if (!workers) return
  await workers.register('/sw.js')
  const { active } = await workers.ready
  active?.postMessage(performance.getEntriesByType('resource').map(one => one.name))
}

/**
 * Fetches the other screens while nothing else is going on: turning to them costs nothing then, and works without a network. One
 * after another: all at once they kept a desk from what it was there for.
 */
export function fetchAhead(router: AnyRouter) {
  let over = false
  fetching = !isSparing()
  const timer = setTimeout(async () => {
    // What is fetched next is kept, too, if there is somebody to keep it by then; if not, it is fetched all the same.
    await Promise.race([keepApp().catch(() => {}), new Promise(go => setTimeout(go, LONGEST))])
    if (!fetching) return
    const words = needEveryWord()
    for (const route of Object.values(router.routesById)) {
      await online()
      await idle()
      if (over) return
      await Promise.resolve(router.loadRouteChunk(route)).catch(() => {})
    }
    await words
    fetching = false
  }, AFTER_FIRST_PAINT)
  return () => {
    over = true
    fetching = false
    clearTimeout(timer)
  }
}
