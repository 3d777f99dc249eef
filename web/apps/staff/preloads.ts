import type { BuildOptions, Plugin, Rolldown } from 'vite'

const FRAME = /routes\/c\.\$clinic\.tsx/
const INSIDE = /assets\/c\._clinic\./

type Bundle = Rolldown.OutputBundle
/** A chunk and everything it cannot do without. */
function withImports(bundle: Bundle, file: string, seen: Set<string>) {
  const chunk = bundle[file]
  if (seen.has(file) || chunk?.type !== 'chunk') return
  seen.add(file)
  for (const next of chunk.imports) withImports(bundle, next, seen)
}

/**
 * What a screen needs is asked for at once with it, except what is there already: the page's own start, and in a clinic the frame
 * around its screens. Naming that again for each of a hundred screens cost the shell kilobytes.
 */
export function preloads(): Plugin & { resolve: Exclude<BuildOptions['modulePreload'], boolean | undefined> } {
  const [start, frame] = [new Set<string>(), new Set<string>()]
  return {
    name: 'preloads',
    generateBundle: {
      order: 'pre',
      handler(_, bundle) {
        for (const [file, chunk] of Object.entries(bundle)) {
          if (chunk.type !== 'chunk') continue
          if (chunk.isEntry) withImports(bundle, file, start)
          if (FRAME.test(chunk.facadeModuleId ?? '')) withImports(bundle, file, frame)
        }
      },
    },
    resolve: {
      resolveDependencies: (asked, needed, { hostType }) =>
        hostType === 'js' ? needed.filter(file => !start.has(file) && !(INSIDE.test(asked) && frame.has(file))) : needed,
    },
  }
}
