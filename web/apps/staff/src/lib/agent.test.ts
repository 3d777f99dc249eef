import { expect, it } from 'vitest'
import { deviceOf } from './agent'

const MOZILLA = 'Mozilla/5.0'
const KIT = 'AppleWebKit/537.36 (KHTML, like Gecko)'

it.each([
  [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${KIT} Chrome/140.0.0.0 Safari/537.36`, 'Chrome', 'Windows', 'computer'],
  [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${KIT} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0`, 'Edge', 'Windows', 'computer'],
  [`${MOZILLA} (X11; Linux x86_64) ${KIT} HeadlessChrome/140.0.0.0 Safari/537.36`, 'Chrome', 'Linux', 'computer'],
  [`${MOZILLA} (X11; CrOS x86_64 14541.0.0) ${KIT} Chrome/140.0.0.0 Safari/537.36`, 'Chrome', 'ChromeOS', 'computer'],
  [`${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) ${KIT} Version/18.5 Safari/605.1.15`, 'Safari', 'macOS', 'computer'],
  [`${MOZILLA} (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0`, 'Firefox', 'macOS', 'computer'],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${KIT} Version/18.5 Mobile/15E148 Safari/604.1`,
    'Safari',
    'iPhone',
    'phone',
  ],
  [`${MOZILLA} (iPad; CPU OS 18_5 like Mac OS X) ${KIT} CriOS/140.0 Mobile/15E148 Safari/604.1`, 'Chrome', 'iPad', 'tablet'],
  [
    `${MOZILLA} (Linux; Android 10; K) ${KIT} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`,
    'Samsung Internet',
    'Android',
    'phone',
  ],
  [`${MOZILLA} (Linux; Android 15; Tab) ${KIT} Chrome/140.0.0.0 Safari/537.36`, 'Chrome', 'Android', 'tablet'],
  [
    `${MOZILLA} (X11; CrOS x86_64 16181.47.0) ${KIT} Chrome/139.0.0.0 Safari/537.36 OPR/120.0.0.0`,
    'Opera',
    'ChromeOS',
    'computer',
  ],
])('knows %s', (agent, browser, system, kind) => {
  expect(deviceOf(agent)).toEqual({ browser, system, kind })
})

it.each([null, '', 'curl/8.5.0'])('claims nothing of %s', agent => {
  expect(deviceOf(agent)).toEqual({ browser: undefined, system: undefined, kind: 'computer' })
})
