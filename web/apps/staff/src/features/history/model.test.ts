import { describe, expect, it } from 'vitest'
import { factsGiven, factsOfKind } from './model'

const given = (values: Record<string, string>) => ({
  text: (name: string) => values[name] ?? '',
  has: (name: string) => values[name] === 'on',
})

describe('what a form of an entry holds', () => {
  it('is what entries of its kind have, and empty fields are null', () => {
    expect(factsGiven('allergy', given({ name: 'Latex', severity: '', dose: 'ignored' }))).toEqual({
      ...{ name: 'Latex', severity: null, reaction: null, since: null, until: null, note: null, code_system: null, code: null },
    })
  })
  it('knows yes, no and not known apart', () => {
    expect(['yes', 'no', 'unknown'].map(controlled => factsGiven('condition', given({ controlled })).controlled)).toEqual([
      true,
      false,
      null,
    ])
    expect(factsGiven('medication', given({ anticoagulant: 'on' })).anticoagulant).toBe(true)
  })
  it('asks a pregnancy for no name', () => {
    expect(factsOfKind('pregnancy')).not.toContain('name')
  })
})
