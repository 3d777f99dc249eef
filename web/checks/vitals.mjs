/**
 * How soon a screen of a running server is there, on a slow line: `E2E_URL=… node checks/vitals.mjs`. Lighthouse's throttling of a
 * mid-range phone's line (1.6 Mbit/s, 150 ms) and its budgets, measured by the browser itself. Figures, no verdict: machines differ.
 */
import { open } from './browser.mjs'

const OBSERVE = () => {
  const seen = { lcp: 0, cls: 0, tbt: 0 }
  globalThis.vitals = seen
  const watch = (type, see) => new PerformanceObserver(list => list.getEntries().forEach(see)).observe({ type, buffered: true })
  watch('largest-contentful-paint', one => {
    seen.lcp = one.startTime
  })
  watch('layout-shift', one => {
    if (!one.hadRecentInput) seen.cls += one.value
  })
  watch('longtask', one => {
    seen.tbt += Math.max(0, one.duration - 50)
  })
}
const { visit, close } = await open()
const entry = await visit('/login')
await entry.getByLabel('Email').fill(process.env.E2E_EMAIL ?? 'demo@harbor-street.example')
await entry.getByLabel(/^Password/).fill(process.env.E2E_PASSWORD ?? 'harbor street demo')
await entry.keyboard.press('Enter')
await entry.waitForURL('**/c/**')
const clinic = new URL(entry.url()).pathname.split('/').slice(0, 3).join('/')
const storage = await entry.context().storageState()

const SLOW = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 }

async function measured(page, path, most, name = path) {
  const line = await page.context().newCDPSession(page)
  await line.send('Network.enable')
  await line.send('Network.emulateNetworkConditions', SLOW)
  await page.addInitScript(OBSERVE)
  await page.goto(new URL(path, page.url()).href)
  await page.waitForTimeout(6_000)
  const { lcp, cls, tbt } = await page.evaluate(() => globalThis.vitals)
  const figures = `LCP ${(lcp / 1000).toFixed(1)} s of ${most}   TBT ${tbt.toFixed(0)} ms of 150   CLS ${cls.toFixed(3)} of 0.02`
  console.log(`${name.padEnd(44)} ${figures}`)
  await page.context().close()
}

await measured(await visit('/first.js'), '/login', '2.0')
await measured(await visit('/first.js', { storage }), `${clinic}/schedule`, '2.0')

// The next morning: the app is kept by then. Only the page's own line is slow, its service worker's is not.
const kept = await visit(`${clinic}/schedule`, { storage })
await kept.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
await kept.waitForTimeout(20_000)
await measured(kept, `${clinic}/schedule`, '0.8', `${clinic}/schedule, kept`)
await close()
