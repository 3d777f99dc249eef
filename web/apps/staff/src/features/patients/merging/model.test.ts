import type { ComparedField, MergeMoving } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { keepOf, movingOf, sidesOf } from './model'

const fields: ComparedField[] = [
  { field: 'first_name', differs: true, kept: 'patient' },
  { field: 'note', differs: true, kept: 'both' },
]

describe('a merge', () => {
  it('says only what was chosen otherwise', () => {
    expect(keepOf(fields, {})).toEqual({})
    expect(keepOf(fields, { first_name: 'patient', note: 'both' })).toEqual({})
    expect(keepOf(fields, { first_name: 'duplicate', note: 'patient' })).toEqual({ first_name: 'duplicate', note: 'patient' })
  })
  it('offers both where nothing need be lost', () => {
    expect(sidesOf('note')).toEqual(['patient', 'duplicate', 'both'])
    expect(sidesOf('sex')).toEqual(['patient', 'duplicate'])
  })
  it('counts only what there is', () => {
    const none: MergeMoving = {
      visits: 0,
      charges: 0,
      invoices: 0,
      payments: 0,
      letters: 0,
      recalls: 0,
      findings: 0,
      perio_exams: 0,
      notes: 0,
      prescriptions: 0,
      lab_cases: 0,
      treatment_plans: 0,
      images: 0,
      waiting: 0,
      team_members: 0,
      dependents: 0,
    }
    expect(movingOf({ ...none, visits: 2, letters: 1 })).toEqual([
      ['visits', 2],
      ['letters', 1],
    ])
  })
})
