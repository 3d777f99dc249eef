import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from '../staff/compressed'

const server = process.env.API_URL ?? 'http://127.0.0.1:8000'

/** What patients open: one page, at /book/… and /link/…, whose files lie under /portal/. */
export default defineConfig({
  base: '/portal/',
  plugins: [react(), compressed()],
  server: { proxy: { '/api': server } },
  json: { namedExports: false },
  // Small files stay files: the policy of the page allows no inline style and no inline script.
  build: { target: 'es2022', manifest: true, assetsInlineLimit: 0 },
})
