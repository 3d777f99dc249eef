import { describe, expect, it } from 'vitest'
import { createDrafts } from './drafts'

const typed = (first_name: string) => ({ values: { first_name }, more: undefined, start: '' })

describe('what was typed and not sent', () => {
  it('is found where it was typed, by who typed it', () => {
    const drafts = createDrafts()
    drafts.keep(['ana', 'north', 'register', ''], typed('Maria'))
    expect(drafts.of(['ana', 'north', 'register', ''])).toEqual(typed('Maria'))
    expect(drafts.of(['ana', 'south', 'register', ''])).toBeUndefined()
    expect(drafts.of(['ion', 'north', 'register', ''])).toBeUndefined()
    expect(drafts.latest(['ion', 'north', 'register'])).toBeUndefined()
    expect(drafts.latest(['ana', 'nor'])).toBeUndefined()
  })

  it('of several, the one that was typed last comes first', () => {
    const drafts = createDrafts()
    drafts.keep(['ana', 'north', 'register', ''], typed('Maria'))
    drafts.keep(['ana', 'north', 'register', 'Ilinca Vlad'], typed('Ilinca'))
    expect(drafts.latest(['ana', 'north', 'register'])).toBe('Ilinca Vlad')
    drafts.keep(['ana', 'north', 'register', ''], typed('Maria Pop'))
    expect(drafts.latest(['ana', 'north', 'register'])).toBe('')
    drafts.drop(['ana', 'north', 'register', ''])
    expect(drafts.latest(['ana', 'north', 'register'])).toBe('Ilinca Vlad')
  })

  it('is forgotten at once when it is asked', () => {
    const drafts = createDrafts()
    drafts.keep(['ana', 'north', 'register', ''], typed('Maria'))
    expect(drafts.any()).toBe(true)
    drafts.forget()
    expect(drafts.any()).toBe(false)
  })
})
