import { describe, expect, it } from 'vitest'
import type { ConditionName, Layer } from './conditions'
import { drawnTeeth, expected, type Found, presenceOf, standing } from './drawing'
import cases from './presence-cases.json'

const LAYERS = new Set<Layer>(['condition', 'existing', 'existing_other', 'planned', 'done', 'referred'])
const found = (condition: string, layer: string, teeth: string[], more: Partial<Found> = {}): Found => ({
  id: `${condition} ${layer} ${teeth.join()}`,
  teeth,
  surfaces: [],
  condition: condition as ConditionName,
  layer: layer as Layer,
  material: null,
  detail: null,
  pontics: [],
  noted_on: '2026-01-01',
  fulfils_id: null,
  struck_at: null,
  ...more,
})

describe('whether a tooth is there', () => {
  it('is what the server says, finding by finding', () => {
    expect(cases.length).toBeGreaterThan(100)
    for (const { findings, presence } of cases) {
      const all = findings.map(([condition, layer, teeth, pontics]) =>
        found(condition as string, layer as string, teeth as string[], { pontics: pontics as string[] }),
      )
      expect(Object.fromEntries(presenceOf(all))).toEqual(presence)
    }
  })
  it('is as its age has it where nobody said', () => {
    expect([
      expected('16', 'mixed', 8),
      expected('13', 'mixed', 8),
      expected('51', 'mixed', 8),
      expected('55', 'mixed', 8),
    ]).toEqual(['present', 'unerupted', 'shed', 'present'])
    expect([expected('18', 'permanent', 16), expected('18', 'permanent', 30)]).toEqual(['unerupted', 'present'])
  })
})

describe('what is drawn', () => {
  const caries = found('caries', 'condition', ['26'], { surfaces: ['M', 'O'] })
  it('leaves out what was treated, and keeps what was treated in part', () => {
    const filling = found('restoration', 'done', ['26'], { surfaces: ['M', 'O', 'D'] })
    expect(standing([caries, filling], { layers: LAYERS })).toEqual([filling])
    const less = found('restoration', 'done', ['26'], { surfaces: ['O'] })
    expect(standing([caries, less], { layers: LAYERS })).toEqual([caries, less])
  })
  it('leaves out a plan that was fulfilled, until what fulfilled it is struck', () => {
    const plan = found('crown', 'planned', ['26'])
    const done = found('crown', 'done', ['26'], { fulfils_id: plan.id })
    expect(standing([plan, done], { layers: LAYERS })).toEqual([done])
    expect(standing([plan, { ...done, struck_at: '2026-01-02' }], { layers: LAYERS })).toEqual([plan])
  })
  it('goes back to a day', () => {
    const later = found('crown', 'done', ['26'], { noted_on: '2026-02-01' })
    expect(standing([caries, later], { layers: LAYERS, until: '2026-01-15' })).toEqual([caries])
  })
  it('has a tooth that something was done to, whatever its age', () => {
    const sealed = found('sealant', 'done', ['17'], { surfaces: ['O'] })
    expect(drawnTeeth([sealed], 'mixed', 7, { layers: LAYERS }).get('17')?.presence).toBe('present')
  })
})
