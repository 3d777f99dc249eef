import { expect, it } from 'vitest'
import { indicesOf } from './indices'
import cases from './indices-cases.json'
import { type Mouth, SITES, type ToothCells } from './sites'

// `tests/charting/test_perio_twins.py` asks the server the same.
it.each(cases.map((one, at) => [at, one] as const))('exam %i is counted as the server counts it', (_, { teeth, indices }) => {
  const mouth: Record<string, ToothCells> = {}
  for (const { tooth, skipped, depth, margin, bleeding, plaque } of teeth)
    mouth[tooth] = {
      skipped,
      furcations: {},
      sites: Object.fromEntries(
        SITES.map((site, at) => [site, { depth: depth[at], margin: margin[at], bleeding: bleeding[at], plaque: plaque[at] }]),
      ),
    }
  const found = indicesOf(mouth as Mouth)
  expect(Object.fromEntries(Object.entries(found).map(([name, value]) => [name, value ?? null]))).toEqual(indices)
})
