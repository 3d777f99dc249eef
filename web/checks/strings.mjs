/** No words outside the catalogs: what is shown or spoken is never written in the code. */
import { globSync, readFileSync } from 'node:fs'
import ts from 'typescript'

/** Props and properties that a person reads or hears. */
const SPOKEN =
  /^(?:aria-(?:label|description|placeholder|roledescription|valuetext)|alt|placeholder|title|label|about|caption|hint|heading|close|save|confirm|error|when|inactive)$/
const WORD = /\p{L}{2,}|\p{L}\s+\p{L}/u
/** Names of things, which are the same in every language. */
const NAMES = new Set(['Chairside', 'PDF', 'CSV', 'Ctrl', 'Esc', 'Enter'])
const GIVES_EITHER = [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.PlusToken]
const wrong = []

for (const file of globSync('{apps,packages}/**/src/**/*.{ts,tsx}', {
  exclude: name => /node_modules|dist|\.test\.|\.gen\./.test(name),
})) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const tell = (node, text) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart())
    wrong.push(`${file}:${line + 1}: “${text.trim()}” belongs in packages/i18n/messages`)
  }
  const walk = node => {
    if (ts.isJsxText(node) && says(node.text)) tell(node, node.text)
    else if (ts.isJsxAttribute(node) && SPOKEN.test(node.name.getText())) literals(node.initializer)
    else if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) literals(node.expression)
    else if (ts.isPropertyAssignment(node) && SPOKEN.test(node.name.getText().replace(/['"]/g, ''))) literals(node.initializer)
    else if (ts.isCallExpression(node) && /^(?:announce|alert|confirm)$/.test(node.expression.getText()))
      literals(node.arguments[0])
    ts.forEachChild(node, walk)
  }
  /** Of an expression whose value is shown: through both ends of a choice, not into what is only asked or called. */
  function literals(node) {
    if (!node) return
    if (ts.isJsxExpression(node) || ts.isParenthesizedExpression(node)) literals(node.expression)
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(literals)
    else if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken
      if (GIVES_EITHER.includes(kind)) literals(node.left)
      if (GIVES_EITHER.includes(kind) || kind === ts.SyntaxKind.AmpersandAmpersandToken) literals(node.right)
    } else if (ts.isStringLiteralLike(node) && says(node.text)) tell(node, node.text)
    else if (ts.isTemplateExpression(node))
      for (const part of [node.head, ...node.templateSpans.map(span => span.literal)]) if (says(part.text)) tell(part, part.text)
  }
  walk(source)
}

function says(text) {
  return WORD.test(text) && !NAMES.has(text.trim())
}

console.log([...new Set(wrong)].join('\n') || 'strings: no words outside the catalogs')
process.exitCode = wrong.length ? 1 : 0
