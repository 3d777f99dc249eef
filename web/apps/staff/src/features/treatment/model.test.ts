import type { TreatmentItem } from '@chairside/api'
import { expect, it } from 'vitest'
import { merged, moved, phasesOf, putBefore } from './model'

const item = (id: string, phase = 1, choice: string | null = null) => ({ id, phase, choice }) as TreatmentItem
const said = (items: TreatmentItem[] | undefined) => items?.map(one => `${one.id}${one.phase}`).join(' ')
const plan = [item('a'), item('b'), item('c')]

it('an item goes past its neighbour, and from the edge into the next phase', () => {
  expect(said(moved(plan, 'a', 1))).toBe('b1 a1 c1')
  expect(said(moved(plan, 'c', 1))).toBe('a1 b1 c2')
  expect(said(moved([item('a'), item('b', 2)], 'b', -1))).toBe('a1 b1')
})

it('alone at the end it goes nowhere', () => {
  expect(moved([item('a'), item('b', 2)], 'b', 1)).toBeUndefined()
  expect(moved(plan, 'a', -1)).toBeUndefined()
})

it('a dragged item takes the place and the phase of another', () => {
  expect(said(putBefore([item('a'), item('b'), item('c', 2)], 'a', 'c'))).toBe('b1 c2 a2')
  expect(said(putBefore([item('a'), item('b'), item('c', 2)], 'c', 'a'))).toBe('c1 a1 b1')
})

it('alternatives stand in one group', () => {
  const [phase] = phasesOf([item('a', 1, 'x'), item('b'), item('c', 1, 'x')])
  expect(phase?.groups.map(group => group.map(one => one.id))).toEqual([['a', 'c'], ['b']])
})

it('a wish goes over what is there now', () => {
  expect(said(merged([item('c'), item('a', 2)], [item('a'), item('c'), item('d')]))).toBe('c1 a2 d1')
})
