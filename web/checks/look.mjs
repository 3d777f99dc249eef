/**
 * Pictures of the screens of a running server, each also checked by axe: `E2E_URL=… npm run look -- FOLDER [part of a name]`.
 * Signs in with E2E_EMAIL and E2E_PASSWORD (the invented clinic's by default) and looks at E2E_DATE or today.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ORIGIN, open } from './browser.mjs'

const [folder = 'look', only = ''] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const { visit, complaints, close } = await open()

const entry = await visit('/login')
await entry.getByLabel('Email').fill(process.env.E2E_EMAIL ?? 'demo@harbor-street.example')
await entry.getByLabel(/^Password/).fill(process.env.E2E_PASSWORD ?? 'harbor street demo')
await entry.keyboard.press('Enter')
await entry.waitForURL('**/c/*/schedule*')
const BASE = new URL(entry.url()).pathname.replace('/schedule', '')
const storage = await entry.context().storageState()
const [patient] = await entry.evaluate(
  async base => (await (await fetch(`/api/v1${base.replace('/c/', '/clinics/')}/patients?limit=1`)).json()).items,
  BASE,
)
const [owing = patient.id] = await entry.evaluate(
  async base =>
    (await (await fetch(`/api/v1${base.replace('/c/', '/clinics/')}/invoices?limit=20`)).json()).items.map(one => one.patient_id),
  BASE,
)
const day = process.env.E2E_DATE ? `?date=${process.env.E2E_DATE}` : ''
const dialog = page => page.getByRole('dialog').waitFor()
const items = page => page.locator('.day-item').first().waitFor()
const rows = page => page.locator('tbody tr').first().waitFor()

const onLedger = key => [
  `/patients/${owing}?tab=ledger`,
  async page => {
    await page.getByRole('tabpanel').locator('[data-slot=card]').nth(1).waitFor()
    await page.waitForTimeout(300)
    await page.keyboard.press(key)
    await dialog(page)
  },
]

/** A path (from the clinic on, or from the root when it begins with two slashes) and what is done there before the picture. */
const screens = {
  login: ['//login', page => page.locator('form').waitFor()],
  signup: ['//signup', page => page.locator('form').waitFor(), { storage: undefined }],
  'signup-wrong': [
    '//signup',
    async page => {
      await page.locator('form button[type=submit]').click()
      await page.getByRole('alert').waitFor()
    },
    { storage: undefined },
  ],
  start: ['/start', page => page.locator('ol li').first().waitFor()],
  schedule: [
    `/schedule${day}`,
    async page => {
      await items(page)
      await page.locator('.day-item:has([data-status=confirmed], [data-status=scheduled])').first().click()
      await page.locator('aside h2, [role=dialog] h2').last().waitFor()
      await page.mouse.move(0, 0)
    },
  ],
  providers: [`/schedule${day}${day ? '&' : '?'}by=provider`, items],
  moving: [
    `/schedule${day}`,
    async page => {
      await screens.schedule[1](page)
      for (const key of ['m', 'ArrowRight', 'ArrowDown', 'ArrowDown']) await page.keyboard.press(key)
    },
  ],
  booking: [
    `/schedule${day}`,
    async page => {
      await items(page)
      await page.keyboard.press('n')
      await page.keyboard.type('mar')
      await page.locator('[cmdk-item]').nth(1).waitFor()
    },
  ],
  cancelling: [
    `/schedule${day}`,
    async page => {
      await screens.schedule[1](page)
      await page.keyboard.press('x')
      await dialog(page)
    },
  ],
  agenda: [`/schedule${day}${day ? '&' : '?'}view=agenda`, rows],
  palette: [
    '/patients',
    async page => {
      await rows(page)
      await page.keyboard.press('Control+k')
      await page.locator('[cmdk-input]').fill('ma')
      await page.locator('[cmdk-item]').nth(3).waitFor()
    },
  ],
  shortcuts: [
    `/schedule${day}`,
    async page => {
      await items(page)
      await page.keyboard.press('?')
      await dialog(page)
    },
  ],
  patients: ['/patients', rows],
  'patients-none': ['/patients?q=zzzz', page => page.locator('[data-slot=state]').waitFor()],
  register: ['/patients/new', page => page.locator('form').waitFor()],
  'register-wrong': [
    '/patients/new',
    async page => {
      await page.locator('input[name=first_name]').fill('Maria')
      await page.locator('button[type=submit]').click()
      await page.getByRole('alert').waitFor()
    },
  ],
  patient: [`/patients/${patient.id}`, page => page.getByRole('tabpanel').locator('[data-slot=card]').nth(2).waitFor()],
  'patient-visits': [`/patients/${patient.id}?tab=appointments`, page => page.getByRole('tabpanel').waitFor()],
  'patient-ledger': [
    `/patients/${owing}?tab=ledger`,
    page => page.getByRole('tabpanel').locator('[data-slot=card]').nth(1).waitFor(),
  ],
  payment: onLedger('p'),
  charge: onLedger('+'),
  adjustment: onLedger('-'),
  'new-invoice': onLedger('i'),
  invoice: [
    '/billing',
    async page => {
      await rows(page)
      await page.locator('tbody th a').first().click()
      await page.locator('[data-slot=card]').nth(2).waitFor()
    },
  ],
  billing: ['/billing', rows],
  overdue: ['/billing?filter=overdue', page => page.locator('tbody tr, [data-slot=state]').first().waitFor()],
  payments: ['/billing?show=payments', rows],
  'payment-sheet': [
    '/billing?show=payments',
    async page => {
      await rows(page)
      await page.locator('tbody th button').first().click()
      await page.getByRole('dialog').locator('section').first().waitFor()
    },
  ],
  completing: [
    `/schedule${day}${day ? '&' : '?'}view=agenda`,
    async page => {
      await rows(page)
      const visit = page.locator('tr:has([data-status=confirmed], [data-status=scheduled], [data-status=in_chair])').first()
      await visit.locator('a, button').first().click()
      await page.keyboard.press('d')
      await dialog(page)
    },
  ],
  import: ['/import', page => page.locator('input[type=file]').waitFor({ state: 'attached' })],
  'import-wrong': [
    '/import',
    async page => {
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'wrong.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n1\n') })
      await page.getByRole('alert').waitFor()
    },
  ],
  'import-check': [
    '/import',
    async page => {
      const text = 'Number,Last name,First name,Birth date,Sex,Balance\n1,Pop,Ana,31.12.1990,1,"12,50"\n2,,Ion,30.01.1985,0,0\n'
      await page.locator('input[type=file]').setInputFiles({ name: 'few.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
      await page.locator('[data-slot=card]').nth(2).waitFor()
    },
  ],
  'patient-details': [`/patients/${patient.id}?tab=details`, page => page.getByRole('tabpanel').locator('form').waitFor()],
  missing: ['/patients/00000000-0000-4000-8000-000000000000', page => page.locator('[data-slot=state]').waitFor()],
  clinic: ['/admin/clinic', page => page.locator('form').waitFor()],
  hours: ['/admin/hours', page => page.locator('input[type=time]').first().waitFor()],
  'provider-list': ['/admin/providers', rows],
  'provider-sheet': [
    '/admin/providers',
    async page => {
      await rows(page)
      await page.locator('tbody button').first().click()
      await dialog(page)
    },
  ],
  operatories: ['/admin/operatories', rows],
  services: ['/admin/services', rows],
  'service-sheet': [
    '/admin/services',
    async page => {
      await rows(page)
      await page.locator('tbody button').first().click()
      await dialog(page)
    },
  ],
}
const looks = { light: {}, dark: { theme: 'dark' }, arabic: { locale: 'ar' }, romanian: { locale: 'ro', density: 'compact' } }
const phone = { width: 390, height: 844 }

let violations = 0
for (const name of Object.keys(screens).filter(one => one.includes(only))) {
  for (const [look, preferences] of Object.entries(looks)) await shot(`${name}-${look}`, name, { preferences })
  await shot(`${name}-390`, name, phone)
}
await close()
console.log(violations ? `${violations} axe violations` : 'axe: 0 violations', complaints.length ? complaints : '')
process.exitCode = violations || complaints.length ? 1 : 0

async function shot(file, name, options) {
  const [path, prepare, more] = screens[name]
  const page = await visit(path.startsWith('//') ? path.slice(1) : BASE + path, { storage, ...options, ...more })
  page.setDefaultTimeout(8_000)
  try {
    await prepare(page)
    await page.waitForTimeout(300)
    await page.screenshot({ path: `${folder}/${file}.png` })
    await check(page, file)
  } catch (error) {
    violations += 1
    console.log(file, String(error).split('\n')[0])
    await page.screenshot({ path: `${folder}/${file}.png` })
  }
  await page.context().close()
}

async function check(page, file) {
  await page.evaluate(axe)
  const found = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }),
  )
  for (const one of found.violations) {
    violations += 1
    const nodes = one.nodes.slice(0, 2).map(node => `${node.target} ${node.any[0]?.message ?? node.all[0]?.message ?? ''}`)
    console.log(file, one.id, nodes.join(' | '))
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  if (overflow > 1) console.log(file, `wider than the window by ${overflow} px at ${ORIGIN}`)
}
