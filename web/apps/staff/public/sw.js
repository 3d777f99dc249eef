// Keeps the app itself on this computer, and never an answer with data: the page, and its files by the names that change with what
// is in them. So it is there at once on a slow line, and also while there is none. Nothing but what is named here goes through it.
const PAGE = 'page'
const FILES = 'files'
const SCREENS = /^\/(c\/.*|login)?$/
const PATIENCE = 100 // milliseconds that the server has before the page is shown as it was last seen

addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil(Promise.all([clients.claim(), renew().catch(() => {})])))
// What the page had fetched before there was anybody to keep it.
addEventListener('message', event => {
  const files = event.data.filter(address => isFile(new URL(address)))
  event.waitUntil(Promise.all(files.map(address => file(address).catch(() => {}))))
})
addEventListener('fetch', event => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET') return
  if (isFile(address)) event.respondWith(file(request))
  else if (address.pathname === '/first.js') event.respondWith(first(request))
  else if (request.mode === 'navigate' && SCREENS.test(address.pathname)) event.respondWith(page(event))
})

const isFile = ({ origin, pathname }) => origin === location.origin && pathname.startsWith('/assets/')

async function file(asked) {
  const kept = await caches.match(asked, { cacheName: FILES, ignoreVary: true })
  if (kept) return kept
  const answer = await fetch(asked)
  if (answer.ok) await (await caches.open(FILES)).put(asked, answer.clone())
  return answer
}

const first = async request => (await caches.match('/first.js', { cacheName: PAGE, ignoreVary: true })) ?? fetch(request)

async function page(event) {
  const fresh = fetch(event.request)
  const kept = await caches.match('/', { cacheName: PAGE, ignoreVary: true })
  if (!kept) return fresh
  event.waitUntil(renew().catch(() => {}))
  const answered = fresh.then(
    answer => (answer.ok ? answer : kept),
    () => kept,
  )
  return Promise.race([answered, new Promise(go => setTimeout(() => go(kept), PATIENCE))])
}

/** The page as it is now; with another one the files of the one before are let go of. */
async function renew() {
  const [fresh, script] = await Promise.all(['/', '/first.js'].map(own => fetch(own, { cache: 'no-cache' })))
  if (!fresh.ok || !script.ok) return
  const kept = await caches.match('/', { cacheName: PAGE, ignoreVary: true })
  const text = await fresh.clone().text()
  if (kept && (await kept.text()) !== text) await caches.delete(FILES)
  // Its own files first: a page without them would be an empty one.
  await Promise.all([...text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, address]) => file(address)))
  const pages = await caches.open(PAGE)
  await Promise.all([pages.put('/', fresh), pages.put('/first.js', script)])
}
