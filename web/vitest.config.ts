import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { catalogs, READ } from './apps/staff/catalogs'

/** Pure units only. The app as a whole is walked in a browser against the real server: tests/journeys. */
export default defineConfig({
  plugins: [catalogs()],
  resolve: { alias: { ...READ, '@': fileURLToPath(new URL('./apps/staff/src', import.meta.url)) } },
  test: {
    include: ['{apps,packages}/**/*.test.{ts,tsx}'],
    // Its half that only fills in stands in for the whole, as in the app.
    server: { deps: { inline: ['use-intl'] } },
  },
})
