import type { Procedure } from '@chairside/api'
import { expect, it } from 'vitest'
import { matching } from './model'

const one = (code: string, name: string, category: string) => ({ code, name, category }) as Procedure
const all = [one('EX-01', 'Examination', 'Exams'), one('FI-01', 'Obturație', 'Fillings'), one('FI-02', 'Filling', 'Fillings')]
const codes = (q: string, category = '') => matching(all, q, category).map(found => found.code)

it('finds by the beginning of a code, by any part of a name without its marks, and within a category', () => {
  expect(codes('fi')).toEqual(['FI-01', 'FI-02'])
  expect(codes('obturatie')).toEqual(['FI-01'])
  expect(codes('01')).toEqual([])
  expect(codes('', 'Exams')).toEqual(['EX-01'])
})
