import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Pure units only. The app as a whole is walked in a browser against the real server: tests/journeys. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('./apps/staff/src', import.meta.url)) } },
  test: {
    include: ['{apps,packages}/**/*.test.{ts,tsx}'],
  },
})
