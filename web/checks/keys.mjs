/** Every key is said once: in lib/shortcuts.ts, where the `?` sheet and the page of preferences look it up. */
import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'

const TABLE = 'apps/staff/src/lib/shortcuts.ts'
const parse = file => ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
const named = (object, name) =>
  object.properties.find(
    one => ts.isPropertyAssignment(one) && one.name.getText() === name && ts.isStringLiteralLike(one.initializer),
  )?.initializer.text
const known = new Set()
const wrong = []

function walk(node, see) {
  see(node)
  ts.forEachChild(node, child => walk(child, see))
}
walk(parse(TABLE), node => {
  if (ts.isVariableDeclaration(node) && node.name.getText() === 'SHORTCUTS') {
    const object = ts.isSatisfiesExpression(node.initializer) ? node.initializer.expression : node.initializer
    for (const { name } of object.properties) known.add(name.text ?? name.getText())
  }
})
for (const file of globSync('apps/staff/src/**/*.tsx')) {
  walk(parse(file), node => {
    if (!ts.isObjectLiteralExpression(node)) return
    const keys = named(node, 'keys')
    const id = named(node, 'id') ?? named(node, 'word')
    // Ctrl+Enter sends whatever is being filled in.
    if (keys && keys !== 'Mod+Enter' && id && !known.has(id)) {
      const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart())
      wrong.push(`${file}:${line + 1}: the keys of “${id}” (${keys}) belong in ${TABLE}`)
    }
  })
}
for (const file of globSync('apps/staff/src/**/*.tsx')) {
  walk(parse(file), node => {
    if (!ts.isJsxSelfClosingElement(node) || node.tagName.getText() !== 'Kbd') return
    const shown = node.attributes.properties.find(one => one.name?.getText() === 'keys')?.initializer
    // A dialog has its own, which nobody can change.
    if (!shown || !ts.isStringLiteral(shown) || /^(?:Mod\+)?Enter$/.test(shown.text)) return
    const { line } = node.getSourceFile().getLineAndCharacterOfPosition(node.getStart())
    wrong.push(`${file}:${line + 1}: <Keys of="…" /> shows the person’s own keys, “${shown.text}” only the usual ones`)
  })
}
console.log(wrong.join('\n') || `keys: ${known.size} commands, each with its keys in one place`)
process.exitCode = wrong.length ? 1 : 0
