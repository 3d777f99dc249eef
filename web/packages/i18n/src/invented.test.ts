import compile from 'icu-minify/compile'
import { createTranslator } from 'use-intl'
import { expect, it } from 'vitest'
import { invented } from './invented'

const said = (english: string, values: Record<string, unknown> = {}) => {
  const messages = invented({ some: { words: compile(english) } })
  return createTranslator({ locale: 'en', messages: messages as never, namespace: 'some' as never }).markup(
    'words' as never,
    values as never,
  )
}

it('accents words and makes them longer, in brackets', () => {
  expect(said('Back')).toBe('⟦Báçk~~⟧')
  expect(said('')).toBe('⟦⟧')
})

it('leaves what is filled in as it is, in forms, choices and tags, too', () => {
  expect(said('Call {name}', { name: 'Ana' })).toBe('⟦Çáll Ana~~⟧')
  const visits = '{count, plural, one {# visit} other {# visits of {name}}}'
  expect(said(visits, { count: 1, name: 'Ana' })).toMatch(/^⟦1 víšít~+⟧$/)
  expect(said(visits, { count: 3, name: 'Ana' })).toMatch(/^⟦3 víšítš óf Ana~+⟧$/)
  expect(said('{what, select, one {{name} came} other {no one}}', { what: 'one', name: 'Ana' })).toMatch(/^⟦Ana çámé~+⟧$/)
  expect(said('New? <link>Sign up, {name}</link>', { name: 'Ana', link: (words: string) => `<a>${words}</a>` })).toMatch(
    /^⟦Ñéw\? <a>Šígñ úp, Ana<\/a>~+⟧$/,
  )
})
