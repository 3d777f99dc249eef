/**
 * Of utilities that set the same property under the same condition the last one stays, so that a component's `className` wins
 * over its own. It knows the utilities this app uses; what it does not know it keeps. (tailwind-merge knows all of Tailwind and
 * is 9 kB of a start that may have 200.)
 */
const NAMED: [RegExp, string][] = [
  [/^(block|inline-block|flex|inline-flex|grid|inline-grid|contents|hidden)$/, 'display'],
  [/^(static|fixed|absolute|relative|sticky)$/, 'position'],
  [/^text-(2xs|xs|sm|base|lg|xl|2xl)$/, 'font-size'],
  [/^text-(start|end|center|justify)$/, 'text-align'],
  [/^text-(wrap|nowrap|balance|pretty|ellipsis|clip)$/, 'text-wrap'],
  [/^text-/, 'color'],
  [/^font-(light|normal|medium|semibold|bold)$/, 'font-weight'],
  [/^border-(solid|dashed|dotted|none)$/, 'border-style'],
]
const SIDED = /^(border|rounded)(?:-(x|y|s|e|t|b|ss|se|es|ee))?(?:-(0|2|4|8|\[.*px\]|none|xs|sm|md|lg|xl|2xl|full))?$/
const VALUED =
  /^(bg|shadow|max-w|min-w|max-h|min-h|w|h|size|px|py|ps|pe|pt|pb|p|mx|my|ms|me|mt|mb|m|gap-x|gap-y|gap|top|bottom|start|end|inset-x|inset-y|inset|z|justify-items|justify-self|justify|items|self|content|order|col-span|row-span|opacity|leading|tracking|grid-cols|grid-rows|overflow-x|overflow-y|overflow|whitespace|cursor)-./
const COVERS: Record<string, string[]> = {
  p: ['px', 'py', 'ps', 'pe', 'pt', 'pb'],
  px: ['ps', 'pe'],
  py: ['pt', 'pb'],
  m: ['mx', 'my', 'ms', 'me', 'mt', 'mb'],
  mx: ['ms', 'me'],
  my: ['mt', 'mb'],
  size: ['w', 'h'],
  gap: ['gap-x', 'gap-y'],
  inset: ['inset-x', 'inset-y', 'start', 'end', 'top', 'bottom'],
  'inset-x': ['start', 'end'],
  'inset-y': ['top', 'bottom'],
  overflow: ['overflow-x', 'overflow-y'],
  rounded: ['rounded-s', 'rounded-e', 'rounded-t', 'rounded-b'],
}

/** What a utility sets; itself when we do not know. */
function propertyOf(utility: string): string {
  const bare = utility.replace(/^-|!$/g, '')
  const named = NAMED.find(([pattern]) => pattern.test(bare))
  if (named) return named[1]
  const sided = SIDED.exec(bare)
  if (sided) return [sided[1] === 'border' ? 'border-width' : 'rounded', sided[2]].filter(Boolean).join('-')
  if (/^border-/.test(bare)) return /^border-([xysetb])-/.exec(bare)?.[0] ?? 'border-color'
  return VALUED.exec(bare)?.[1] ?? utility
}

const kept = new Map<string, string>()

export function merge(classes: string): string {
  const known = kept.get(classes)
  if (known !== undefined) return known
  const taken = new Set<string>()
  const list: string[] = []
  for (const one of classes.split(/\s+/).reverse()) {
    if (!one) continue
    // The last colon outside brackets parts the condition from the utility.
    const at = one.replace(/\[[^\]]*\]/g, part => '·'.repeat(part.length)).lastIndexOf(':') + 1
    const condition = one.slice(0, at) + (one.endsWith('!') ? '!' : '')
    const property = propertyOf(one.slice(at))
    if (taken.has(condition + property)) continue
    for (const covered of [property, ...(COVERS[property] ?? [])]) taken.add(condition + covered)
    list.push(one)
  }
  const merged = list.reverse().join(' ')
  kept.set(classes, merged)
  return merged
}
