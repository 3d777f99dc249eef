import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** Where the real server is: `.venv/bin/chairside run`, which serves the built app too. */
export const ORIGIN = process.env.E2E_URL ?? 'http://localhost:8000'

/** A browser: E2E_CHROMIUM, an installed one, or the one from npm. Complaints of the page and of its policy are printed. */
export async function open() {
  const installed = [process.env.E2E_CHROMIUM, '/usr/bin/chromium'].find(path => path && existsSync(path))
  const executablePath = installed ?? (await (await import('@sparticuz/chromium')).default.executablePath())
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  const complaints = []

  async function visit(path, { preferences = {}, width = 1440, height = 900, storage } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, storageState: storage, locale: 'en-GB' })
    await context.addInitScript(
      chosen => localStorage.setItem('chairside.preferences', chosen),
      JSON.stringify({ theme: 'light', locale: 'en', ...preferences }),
    )
    const page = await context.newPage()
    const complain = what => {
      complaints.push(what)
      console.error(path, what)
    }
    page.on('pageerror', error => complain(`error: ${error.message}`))
    page.on('console', message => {
      const text = message.text()
      if (message.type() === 'error' && /Error|Content Security|policy|Refused to/i.test(text)) complain(text)
    })
    await page.goto(ORIGIN + path)
    return page
  }
  return { visit, complaints, close: () => browser.close() }
}
