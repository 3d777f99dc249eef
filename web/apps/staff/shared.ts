import { build, type PluginOption, type Rolldown, type UserConfig } from 'vite'

const FRAME = /routes\/c\.\$clinic\.tsx/
const SIGN_IN = /routes\/login\.tsx/
const SMALL = 1_200
type Chunk = Rolldown.OutputChunk

/**
 * In which file what several screens need travels. Left to itself the bundler makes one of whatever has the same set of screens, a
 * hundred of them for a first visit, icons of 300 bytes among them: on a slow line each six cost a turn. The app is built once to see
 * what is really needed where. What the page or the frame of a clinic cannot do without is one file each; what is small and
 * shared by screens one more.
 */
export async function shared(config: UserConfig, plugins: PluginOption[]) {
  const all = new Map<string, Chunk>()
  const built = await build({
    ...config,
    plugins,
    configFile: false,
    logLevel: 'silent',
    build: { ...config.build, write: false, minify: false, reportCompressedSize: false, modulePreload: false },
  })
  if (!('output' in built)) throw new Error('one build was expected')
  for (const one of built.output) if (one.type === 'chunk') all.set(one.fileName, one)

  const needed = (from: Chunk | undefined, seen = new Set<Chunk>()) => {
    if (!from || seen.has(from)) return seen
    seen.add(from)
    for (const next of from.imports) needed(all.get(next), seen)
    return seen
  }
  const chunks = [...all.values()]
  const modules = (of: Iterable<Chunk>) => [...of].flatMap(chunk => chunk.moduleIds.filter(id => id !== chunk.facadeModuleId))
  const page = needed(chunks.find(one => one.isEntry))
  const frame = needed(chunks.find(one => FRAME.test(one.facadeModuleId ?? '')))
  const signIn = new Set(modules(needed(chunks.find(one => SIGN_IN.test(one.facadeModuleId ?? '')))))
  const small = chunks.filter(one => !one.facadeModuleId && one.code.length <= SMALL)
  const where = new Map<string, string>()
  const put = (ids: string[], name: string) => {
    for (const id of ids) if (!where.has(id)) where.set(id, signIn.has(id) ? 'entrance' : name)
  }
  for (const id of modules(page)) where.set(id, 'page')
  put(modules(frame), 'frame')
  for (const one of small)
    put(
      modules(needed(one)).filter(id => signIn.has(id)),
      'entrance',
    )
  put(modules(small), 'common')
  const groups = ['page', 'entrance', 'frame', 'common'].map((name, place) => ({
    name,
    priority: 4 - place,
    test: (id: string) => where.get(id) === name,
  }))
  return { groups }
}
