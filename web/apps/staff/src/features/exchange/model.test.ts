import type { Import } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { doubts, retarget } from './model'

const column = (name: string, target: string, confidence = 'certain') => ({ name, target, confidence, samples: [] })
const mapping = { columns: {}, date_order: null, decimal_mark: null, encoding: null, separator: null, sexes: {}, statuses: {} }
const file = { columns: [column('Phone', 'phone_home'), column('Cell', 'ignore')], mapping } as Pick<
  Import,
  'columns' | 'mapping'
>

describe('another target for a column', () => {
  it('takes it from the column that had it', () =>
    expect(retarget(file, 'Cell', 'phone_home').columns).toEqual({ Phone: 'ignore', Cell: 'phone_home' }))
  it('leaves the others alone when it can be given twice', () =>
    expect(retarget(file, 'Phone', 'note').columns).toEqual({ Phone: 'note' }))
  it('keeps what was decided before', () =>
    expect(retarget({ ...file, mapping: { ...mapping, columns: { Sex: 'sex' } } }, 'Cell', 'note').columns).toEqual({
      Sex: 'sex',
      Cell: 'note',
    }))
})

it('doubts a code without a meaning and an unsure column', () => {
  const sure = { value: 'utf-8', confidence: 'certain', samples: [] }
  const guesses = {
    encoding: sure,
    separator: sure,
    date_order: { ...sure, confidence: 'unsure' },
    decimal_mark: sure,
    sexes: [{ code: '1', count: 3, meaning: null }],
    statuses: [],
  } as unknown as Import['guesses']
  expect(doubts({ guesses, columns: file.columns })).toEqual({ reading: true, columns: false, codes: true })
})
