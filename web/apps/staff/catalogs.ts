import compile from 'icu-minify/compile'
import type { Plugin } from 'vite'

const CATALOG = /\/i18n\/messages\/[a-z]+\/\w+\.json$/

/**
 * Catalogs are read and checked when the app is built, so that no browser needs the parser of ICU messages (a twelfth of the
 * shell) nor the time that it takes. `READ` puts the half of use-intl in its place that only fills in.
 */
export function catalogs(): Plugin {
  return {
    name: 'catalogs',
    enforce: 'pre',
    transform: (text, id) => (CATALOG.test(id) ? { code: JSON.stringify(read(JSON.parse(text))), map: null } : undefined),
  }
}

const read = (tree: object): object =>
  Object.fromEntries(Object.entries(tree).map(([key, said]) => [key, typeof said === 'string' ? compile(said) : read(said)]))

export const READ = { 'use-intl/format-message': 'use-intl/format-message/format-only' }
