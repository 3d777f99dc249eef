import { refreshing } from '@chairside/api'
import { queryClient } from '@/lib/server'

const APART = 1_000
const readAt = new Map<string, number>()

/**
 * Reads again what is shown under these keys; what is not shown, when it is next looked at. Many changes of the same in a row are
 * read once a second.
 */
export function renew(clinic: string, resources: (readonly string[])[]) {
  for (const [text, resource] of new Map(resources.map(one => [one.join(' '), one]))) {
    const place = `${clinic} ${text}`
    const wait = Math.max(0, (readAt.get(place) ?? 0) + APART - Date.now())
    readAt.set(place, Date.now() + wait)
    if (wait > APART) continue // it is coming
    setTimeout(() => void read([clinic, ...resource]), wait)
  }
}

function read(queryKey: string[]) {
  for (const query of queryClient.getQueryCache().findAll({ queryKey })) {
    if (!query.isActive()) {
      query.invalidate()
      continue
    }
    // What is being read now may have been read before the change: once more, and nothing that waits for it is cut short.
    const before = query.state.fetchStatus === 'fetching' ? query.promise?.catch(() => {}) : undefined
    const again = () => refreshing(() => queryClient.invalidateQueries({ queryKey: query.queryKey, exact: true }))
    void Promise.resolve(before).then(again)
  }
}
