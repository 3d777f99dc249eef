import { describe, expect, it } from 'vitest'
import { changesOf, meet } from '@/lib/meet'
import { type ContactRow, type PatientFacts, patientOf } from './model'

const facts: PatientFacts = {
  first_name: 'Ana',
  middle_name: null,
  last_name: 'Pop',
  preferred_name: null,
  birth_date: '1985-03-12',
  sex: 'female',
  note: null,
  address: null,
  guarantor_id: null,
  contacts: [],
}
const row = (change: Partial<ContactRow>): ContactRow => ({
  key: 'k',
  type: 'mobile',
  value: '',
  is_primary: false,
  safe_for_voicemail: false,
  ...change,
})

describe('the form', () => {
  it('leaves empty contacts out and makes the first the one to try', () => {
    const rows = [
      row({ value: ' ' }),
      row({ value: ' 0721 ' }),
      row({ value: 'a@b.ro', type: 'email', safe_for_voicemail: true }),
    ]
    expect(patientOf(() => '', rows, null).contacts).toEqual([
      { type: 'mobile', value: '0721', is_primary: true, safe_for_voicemail: false },
      { type: 'email', value: 'a@b.ro', is_primary: false, safe_for_voicemail: false },
    ])
  })
  it('sends only what was changed', () => {
    expect(changesOf(facts, { ...facts, note: 'x' })).toEqual({ note: 'x' })
    expect(changesOf(facts, { ...facts })).toEqual({})
  })
})

describe('two people and one patient', () => {
  it('puts together what does not meet', () => {
    expect(meet(facts, { note: 'mine' }, { ...facts, last_name: 'Popa' })).toEqual({ conflicts: [], rest: { note: 'mine' } })
  })
  it('asks about what both changed', () => {
    const met = meet(facts, { last_name: 'Popescu', note: 'mine' }, { ...facts, last_name: 'Popa' })
    expect(met).toEqual({ conflicts: ['last_name'], rest: { note: 'mine' } })
  })
  it('has nothing to ask when both wrote the same', () => {
    expect(meet(facts, { last_name: 'Popa' }, { ...facts, last_name: 'Popa' })).toEqual({ conflicts: [], rest: {} })
  })
})
