import type { Favourite } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { blank, factsOf, favouriteOf, found, unitOf } from './model'

const favourite = (drug: string, strength = ''): Favourite => ({
  id: drug,
  drug,
  form: 'tablet',
  strength,
  dose: '1 tablet',
  times_a_day: 3,
  days: 5,
  directions: null,
  quantity: 15,
  refills: 0,
  version: 1,
})
const ALL = [
  favourite('Amoxicillin', '500 mg'),
  favourite('Amoxicillin and clavulanic acid', '875/125 mg'),
  favourite('Ibuprofen'),
]

describe('favourites', () => {
  it('are found by the beginnings of their words, without accents and case', () => {
    expect(found('amox', ALL).map(one => one.drug)).toEqual(['Amoxicillin', 'Amoxicillin and clavulanic acid'])
    expect(found('AMOX clav', ALL)).toHaveLength(1)
    expect(found('ámox 500', ALL)).toHaveLength(1)
    expect(found('profen', ALL)).toEqual([])
    expect(found('', ALL)).toHaveLength(3)
  })
  it('become what the form holds and back', () => {
    const { id: _, version: __, ...facts } = favourite('Ibuprofen')
    expect(favouriteOf(factsOf(favourite('Ibuprofen'), 'p'))).toEqual(facts)
    expect(factsOf(favourite('Ibuprofen'), 'p').provider_id).toBe('p')
    expect(blank('X', 'p')).toMatchObject({ drug: 'X', quantity: 0, provider_id: 'p' })
  })
})

it('counts pieces, grams or millilitres', () => {
  expect([unitOf('tablet'), unitOf('gel'), unitOf('mouthwash')]).toEqual(['piece', 'g', 'ml'])
})
