import { describe, expect, it } from 'vitest'
import { LOWER, UPPER } from '../teeth'
import { applied } from './edits'
import { begin, type Probing, paste, press, type Trouble } from './grammar'
import { indicesOf } from './indices'
import { onward, PATHS, pathOf } from './paths'
import { columnOf, type Mouth, rowOf, type Spot, siteOf, sitesOf, spotAt } from './sites'

const START = { path: 'round', notation: 'fdi', macro: '323' } as const
const typed = (keys: string[], from: Probing = begin({}, START)) => {
  let state = from
  const troubles: Trouble[] = []
  for (const key of keys) {
    const went = press(state, key)
    state = went.state
    if (went.trouble) troubles.push(went.trouble)
  }
  return { state, troubles }
}
const at = (state: Probing, tooth: string, site: Spot['site']) => siteOf(state.mouth, { tooth, site })

describe('paths', () => {
  it.each(PATHS)('%s goes once through every site', name => {
    expect(new Set(pathOf(name).map(spot => spot.tooth + spot.site)).size).toBe(192)
    expect(pathOf(name)).toHaveLength(192)
  })
  it('goes round each jaw: facial from the right, lingual back', () => {
    const way = pathOf('round').map(spot => spot.tooth + spot.site)
    expect([way[0], way[47], way[48], way[96], way[143], way[144]]).toEqual(['18DB', '28DB', '28DL', '48DB', '38DB', '38DL'])
  })
  it('steps over what is skipped', () => {
    expect(onward('round', { tooth: '18', site: 'MB' }, tooth => tooth === '17')).toEqual({ tooth: '16', site: 'DB' })
  })
})

it('every site stands at one place, and is found there', () => {
  for (const tooth of [...UPPER, ...LOWER])
    for (const site of [...sitesOf(tooth, true), ...sitesOf(tooth, false)])
      expect(spotAt(rowOf({ tooth, site }), columnOf({ tooth, site }))).toEqual({ tooth, site })
})

describe('figures', () => {
  it('write and go on', () => {
    const { state } = typed(['3', '2', '4'])
    expect([at(state, '18', 'DB').depth, at(state, '18', 'B').depth, at(state, '18', 'MB').depth]).toEqual([3, 2, 4])
    expect(state.at).toEqual({ tooth: '17', site: 'DB' })
  })
  it('a whole mouth is 192 keys', () => {
    const { state } = typed(Array(192).fill('3'))
    expect(indicesOf(state.mouth)).toMatchObject({ sites: 192, meanDepth: 3 })
  })
  it('from ten on by Ctrl or after a plus', () => {
    const { state } = typed(['Mod+2', '+', '1'])
    expect([at(state, '18', 'DB').depth, at(state, '18', 'B').depth]).toEqual([12, 11])
  })
  it('a plus and no figure is forgotten', () => {
    expect(typed(['+', 'B', '3']).state.mouth['18']?.sites.DB?.depth).toBe(3)
  })
})

describe('signs', () => {
  it('are of the site that was just written, or of the one that holds a number', () => {
    const { state } = typed(['3', 'B', '2', 'P', '←', 'C'])
    expect(at(state, '18', 'DB')).toMatchObject({ bleeding: true })
    expect(at(state, '18', 'B')).toMatchObject({ plaque: true, calculus: true })
    expect(at(typed(['B'], state).state, '18', 'B').bleeding).toBe(true)
  })
  it('are taken away by the same key', () => {
    expect(at(typed(['3', 'B', 'B']).state, '18', 'DB').bleeding).toBeNull()
  })
})

describe('the margin', () => {
  it('is recession after a minus, and wants a depth', () => {
    expect(at(typed(['5', '-', '2']).state, '18', 'DB').margin).toBe(2)
    expect(typed(['-', '2']).troubles).toEqual(['no_depth'])
  })
  it('has a turn of its own, where a minus is overgrowth', () => {
    const { state, troubles } = typed(['5', '4', '←', '←', '=', '1', '-', '2', '3'])
    expect([at(state, '18', 'DB').margin, at(state, '18', 'B').margin]).toEqual([1, -2])
    expect(troubles).toEqual(['no_depth'])
  })
})

describe('Backspace', () => {
  it('clears and steps back', () => {
    const { state } = typed(['3', '2', 'B', 'Backspace'])
    expect(at(state, '18', 'B')).toMatchObject({ depth: null, bleeding: null })
    expect(state.at).toEqual({ tooth: '18', site: 'B' })
    expect(typed(['Backspace'], state).state.at).toEqual({ tooth: '18', site: 'DB' })
  })
})

describe('teeth', () => {
  it('X skips one, loses what it had and goes on; Ctrl+Z brings it back', () => {
    const { state } = typed(['3', '2', 'X'])
    expect(state.mouth['18']).toMatchObject({ skipped: true, sites: {} })
    expect(state.at).toEqual({ tooth: '17', site: 'DB' })
    const back = typed(['Mod+Z'], state).state
    expect(back.mouth['18']?.skipped).toBe(false)
    expect([at(back, '18', 'DB').depth, at(back, '18', 'B').depth]).toEqual([3, 2])
  })
  it('M and F are said with a figure, at entrances that are there', () => {
    const { state } = typed(['M', '2', 'F', 'B', '3', 'F', '1'])
    expect(state.mouth['18']).toMatchObject({ mobility: 2, furcations: { B: 1 } })
    expect(typed(['F', 'L']).troubles).toEqual(['no_furcation'])
    expect(typed(['G', '1', '1', 'F']).troubles).toEqual(['no_furcation'])
    expect(typed(['M', '7']).troubles).toEqual(['unknown'])
  })
  it('G leads to one by its number', () => {
    expect(typed(['G', '3', '6']).state.at.tooth).toBe('36')
    expect(typed(['G', '1', '9']).troubles).toEqual(['no_tooth'])
    const universal = begin({}, { ...START, notation: 'universal' })
    expect(typed(['G', '3', 'Enter'], universal).state.at.tooth).toBe('16')
  })
  it('PgDn and PgUp lead along the path', () => {
    const { state } = typed(['PageDown', 'PageDown', '3', 'PageUp'])
    expect(state.at).toEqual({ tooth: '16', site: 'DB' })
    expect(typed(['PageUp'], state).state.at).toEqual({ tooth: '17', site: 'DB' })
  })
})

describe('sides', () => {
  it('a dot says the last three again, a stroke what it was set to', () => {
    const { state } = typed(['4', '2', '5', '.', '/'])
    const said = ['17', '16'].map(tooth => sitesOf(tooth, true).map(site => at(state, tooth, site).depth))
    expect(said).toEqual([
      [4, 2, 5],
      [3, 2, 3],
    ])
    expect(typed(['4', '.']).troubles).toEqual(['no_triplet'])
  })
  it('are taken back as one', () => {
    const { state } = typed(['/', 'Mod+Z'])
    expect(indicesOf(state.mouth).sites).toBe(0)
    expect(state.at).toEqual({ tooth: '18', site: 'DB' })
  })
  it('a uniform mouth is 64 keys', () => {
    expect(indicesOf(typed(Array(64).fill('/')).state.mouth).sites).toBe(192)
  })
})

describe('paste', () => {
  it('reads figures and signs, taken back as one', () => {
    const { state } = paste(begin({}, START), '3b2 3')
    expect([at(state, '18', 'DB').depth, at(state, '18', 'DB').bleeding, at(state, '18', 'MB').depth]).toEqual([3, true, 3])
    expect(indicesOf(press(state, 'Mod+Z').state.mouth).sites).toBe(0)
  })
  it('stops at what it does not know', () => {
    const went = paste(begin({}, START), '3?2')
    expect(went.trouble).toBe('unknown')
    expect(indicesOf(went.state.mouth).sites).toBe(1)
  })
})

describe('any sequence of keys', () => {
  const KEYS = ['0', '3', '9', 'Mod+4', '+', '-', '=', '.', '/', 'B', 'S', 'P', 'C', 'X', 'M', 'F', 'G', '1', '2', 'L', 'D',
    '↑', '↓', '←', '→', 'PageUp', 'PageDown', 'Backspace', 'Esc', 'Enter'] // biome-ignore format: a list
  let seed = 7
  const chance = (most: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % most
  }
  it('is told by its edits, and taken back step by step to the beginning', () => {
    for (let round = 0; round < 60; round += 1) {
      const start: Mouth = round % 2 ? { '16': { sites: { MB: { depth: 4 } }, furcations: {} } } : {}
      let state = begin(start, { ...START, path: PATHS[round % 3] as 'round' })
      let told: Mouth = start
      for (let step = 0; step < 120; step += 1) {
        const went = press(state, KEYS[chance(KEYS.length)] as string)
        told = applied(told, went.edits)
        state = went.state
        expect(told).toEqual(state.mouth)
        for (const cells of Object.values(state.mouth))
          for (const site of Object.values(cells.sites)) expect(site.margin == null || site.depth != null).toBe(true)
      }
      while (state.steps.length) {
        const went = press({ ...state, pending: undefined }, 'Mod+Z')
        state = went.state
      }
      expect(indicesOf(state.mouth)).toEqual(indicesOf(start))
    }
  })
})
