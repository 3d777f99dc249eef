import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import { tanstackRouter } from '@tanstack/router-plugin/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type UserConfig } from 'vite'
import { catalogs, READ } from './catalogs'
import { compressed } from './compressed'
import { preloads } from './preloads'
import { shared } from './shared'

const server = process.env.API_URL ?? 'http://127.0.0.1:8000'

const known = preloads()
const plugins = () => [
  catalogs(),
  tanstackRouter({
    target: 'react',
    autoCodeSplitting: true,
    generatedRouteTree: './src/routes.gen.ts',
    quoteStyle: 'single',
  }),
  react(),
  tailwindcss(),
]
const config: UserConfig = {
  resolve: {
    alias: {
      ...READ,
      '@': fileURLToPath(new URL('./src', import.meta.url)),
      'react-remove-scroll': fileURLToPath(new URL('../../packages/ui/src/remove-scroll.tsx', import.meta.url)),
    },
  },
  server: { proxy: { '/api': server } },
  // A catalog is read as a whole: an export for each of its words would say every key twice.
  json: { namedExports: false },
  // Small files stay files: the policy of the page allows no inline style and no inline script.
  build: { target: 'es2023', manifest: true, assetsInlineLimit: 0, modulePreload: known.resolve },
}

export default defineConfig(async ({ command }) => ({
  ...config,
  plugins: [known, ...plugins(), compressed()],
  build: {
    ...config.build,
    ...(command === 'build' && { rolldownOptions: { output: { codeSplitting: await shared(config, plugins()) } } }),
  },
}))
