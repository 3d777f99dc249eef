/** Every catalog says all that English says, with the same places to fill in, in its own plural forms and its own script. */
import { readdirSync, readFileSync } from 'node:fs'
import { parse, TYPE } from '@formatjs/icu-messageformat-parser'

const HOME = new URL('../packages/i18n/messages/', import.meta.url)
const LOCALES = ['en', 'ro', 'ar']
/** Written from the server's own sentences by `make openapi`. */
const WRITTEN = 'en/refusals.json'
/** What a native reader stumbles over. */
const SCRIPT = {
  en: [[/"/, 'quotes are “ ”']],
  ro: [
    [/[ŞşŢţ]/, 'ș and ț have a comma below, not a cedilla'],
    [/[“"]/, 'quotes are „ ”'],
    [/(?<!\p{L})(?:tu|tău|ta|te|poți|vrei|ești|ai)(?!\p{L})/iu, 'the reader is addressed formally'],
  ],
  ar: [
    [/["“”„]/, 'quotes are « »'],
    [/\p{Script=Arabic}\s*[,;?]/u, 'the comma, semicolon and question mark are ، ؛ ؟'],
    [/[٠-٩۰-۹]/, 'digits are Latin'],
  ],
}
const wrong = []

function catalog(locale, file) {
  try {
    return new Map(flat(JSON.parse(readFileSync(new URL(`${locale}/${file}`, HOME), 'utf8'))))
  } catch (error) {
    wrong.push(`${locale}/${file}: ${error.code === 'ENOENT' ? 'is missing' : error.message}`)
    return new Map()
  }
}

const flat = (tree, path = '') =>
  Object.entries(tree).flatMap(([key, said]) => (typeof said === 'string' ? [[path + key, said]] : flat(said, `${path + key}.`)))

/** What is filled in, tags included, and the forms of each plural; undefined when it is no message. */
function partsOf(text) {
  const parts = { places: new Set(), plurals: [] }
  const walk = nodes => {
    for (const node of nodes) {
      if (node.type !== TYPE.literal && node.type !== TYPE.pound) parts.places.add(node.value)
      if (node.type === TYPE.plural) parts.plurals.push(Object.keys(node.options))
      for (const option of Object.values(node.options ?? {})) walk(option.value)
      if (node.children) walk(node.children)
    }
  }
  try {
    walk(parse(text))
    return parts
  } catch {
    return undefined
  }
}

function* troubles(locale, text, english) {
  const here = partsOf(text)
  const there = partsOf(english)
  if (!here || !there) return yield `is not a message: ${here ? english : text}`
  const places = [...here.places.symmetricDifference(there.places)]
  if (places.length) yield `{${places.join('}, {')}} is filled in here or in English, but not in both`
  const forms = new Intl.PluralRules(locale).resolvedOptions().pluralCategories
  for (const plural of here.plurals) {
    const without = forms.filter(form => !plural.includes(form) && !(form === 'zero' && plural.includes('=0')))
    const foreign = plural.filter(form => !form.startsWith('=') && !forms.includes(form))
    if (without.length) yield `the plural is without ${without.join(', ')}: ${text}`
    if (foreign.length) yield `there is no plural form ${foreign.join(', ')} in this language: ${text}`
  }
  for (const [pattern, why] of SCRIPT[locale]) if (pattern.test(text)) yield `${why}: ${text}`
}

for (const file of readdirSync(new URL('en/', HOME)).filter(name => name.endsWith('.json'))) {
  const english = catalog('en', file)
  for (const locale of LOCALES) {
    const said = locale === 'en' ? english : catalog(locale, file)
    const where = `${locale}/${file}`
    for (const [key, text] of english) if (!said.has(key)) wrong.push(`${where}: ${key} is missing: “${text}”`)
    for (const [key, text] of said) {
      if (!english.has(key)) wrong.push(`${where}: ${key} is not in English`)
      else if (where !== WRITTEN)
        for (const trouble of troubles(locale, text, english.get(key))) wrong.push(`${where}: ${key}: ${trouble}`)
    }
  }
}
console.log(wrong.join('\n') || 'words: every catalog says everything')
process.exitCode = wrong.length ? 1 : 0
