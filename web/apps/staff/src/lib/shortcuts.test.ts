import { EVERYWHERE } from '@chairside/commands'
import { expect, it } from 'vitest'
import { SHORTCUTS } from './shortcuts'

it('no two commands of one page have the same keys', () => {
  const all = Object.entries(SHORTCUTS)
  const meet = (one: string, other: string) => one === other || one === EVERYWHERE || other === EVERYWHERE
  const twice = all.flatMap(([id, one], index) =>
    all
      .slice(index + 1)
      .filter(([, other]) => one.keys && one.keys === other.keys && meet(one.page, other.page))
      .map(([otherId]) => `${one.keys}: ${id} and ${otherId}`),
  )
  expect(twice).toEqual([])
})
