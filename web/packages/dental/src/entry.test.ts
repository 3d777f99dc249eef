import { describe, expect, it } from 'vitest'
import { CONDITIONS, type Layer, NAMES } from './conditions'
import { type Entry, readEntry, writeEntry } from './entry'
import { surfacesOf } from './surfaces'
import { idOf, LOWER, type Notation, numberOf, PRIMARY_LOWER, PRIMARY_UPPER, teethIn, toothOf, UPPER } from './teeth'

const WORDS = {
  conditions: { caries: 'Carie', crown: 'Coroană', restoration: 'Obturație', missing: 'Absent' },
  materials: { amalgam: 'Amalgam' },
}
const read = (text: string, notation: Notation = 'fdi', selected: string[] = []) => readEntry(text, notation, WORDS, selected)
const ALL = [...UPPER, ...LOWER, ...PRIMARY_UPPER, ...PRIMARY_LOWER]

/** The same numbers on every machine. */
function dice(seed: number) {
  let state = seed
  return (below: number) => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('numbers', () => {
  it('lead back to their tooth in every notation', () => {
    for (const notation of ['fdi', 'universal', 'palmer'] as const)
      for (const id of [...ALL, '11+1']) expect(idOf(numberOf(id, notation), notation)).toBe(id)
  })
  it('are those of the tables', () => {
    expect([numberOf('16', 'universal'), numberOf('46', 'universal'), numberOf('54', 'universal')]).toEqual(['3', '30', 'B'])
    expect([numberOf('42', 'universal'), numberOf('18', 'palmer'), numberOf('81', 'palmer')]).toEqual(['26', 'UR8', 'LRA'])
    for (const none of ['10', '19', '49', '56', '99', 'A']) expect(idOf(none, 'fdi')).toBeUndefined()
    for (const none of ['0', '33', 'U']) expect(idOf(none, 'universal')).toBeUndefined()
  })
  it('are read however they are set apart, and one that is none here is named', () => {
    expect(teethIn(' 26, 25;27 16+1 ', 'fdi')).toEqual({ teeth: ['26', '25', '27', '16+1'] })
    expect(teethIn('14 8+1', 'universal')).toEqual({ teeth: ['26', '11+1'] })
    expect(teethIn('14, 48', 'universal')).toEqual({ teeth: [], wrong: '48' })
    expect(teethIn('', 'palmer')).toEqual({ teeth: [] })
  })
})

describe('an entry', () => {
  it('is teeth, surfaces and a word', () => {
    expect(read('26mo c').entry).toMatchObject({ teeth: ['26'], surfaces: ['M', 'O'], condition: 'caries', layer: 'condition' })
    for (const text of ['26 mo c', '26moc', '26 MO carie', '26om caries', '26 m o c']) expect(read(text)).toEqual(read('26mo c'))
  })
  it('plans after an arrow', () => {
    expect(read('26mo c>').entry?.plan).toEqual({ condition: 'restoration', material: 'composite' })
    expect(read('26mo c>crown').entry?.plan).toEqual({ condition: 'crown', material: null })
    expect(read('26mo c>r am').entry?.plan).toEqual({ condition: 'restoration', material: 'amalgam' })
    expect(read('26 cr>').entry).toMatchObject({ layer: 'planned', condition: 'crown', plan: null })
    expect(read('26 w>').trouble).toMatchObject({ code: 'nothing_usual' })
  })
  it('says what is there, was done here and elsewhere', () => {
    expect(read('26o r am').entry).toMatchObject({ layer: 'existing', material: 'amalgam' })
    expect(read('26o r!').entry?.layer).toBe('done')
    expect(read('26o r am?').entry).toMatchObject({ layer: 'existing_other', material: 'amalgam' })
  })
  it('is of several teeth, and of a run of them', () => {
    expect(read('16,26o s!').entry?.teeth).toEqual(['16', '26'])
    expect(read('14-16 br zi').entry).toMatchObject({ teeth: ['16', '15', '14'], pontics: ['15'], material: 'zirconia' })
    expect(read('13-23 x').entry?.teeth).toHaveLength(6)
    expect(read('18-38 x').trouble).toMatchObject({ code: 'tooth' })
  })
  it('is read in the notation that is shown', () => {
    expect(read('26mi c', 'universal').entry).toMatchObject({ teeth: ['42'], surfaces: ['M', 'I'] })
    expect(read('3mod r', 'universal').entry?.teeth).toEqual(['16'])
    expect(read('bmo c', 'universal').entry?.teeth).toEqual(['54'])
    expect(read('ur6mo c', 'palmer').entry?.teeth).toEqual(['16'])
    expect(read('14-16 x', 'universal').entry?.teeth).toEqual(['26', '27', '28'])
  })
  it('is of what is selected where it names no tooth', () => {
    expect(read('mo c', 'fdi', ['26']).entry).toMatchObject({ teeth: ['26'], surfaces: ['M', 'O'] })
    expect(read('mo c').trouble).toMatchObject({ code: 'tooth' })
  })
  it('keeps one name for a surface, and knows the necks', () => {
    expect(read('16v c').entry?.surfaces).toEqual(['B'])
    expect(read('11p5 c').entry?.surfaces).toEqual(['L5'])
    expect(read('26b5 we').entry?.surfaces).toEqual(['B5'])
  })
  it('says what it does not understand, and what it did', () => {
    expect(read('33mo c', 'universal').trouble).toEqual({ code: 'tooth', said: '33mo' })
    expect(read('19 c').trouble).toEqual({ code: 'tooth', said: '19' })
    expect(read('11o c')).toEqual({ teeth: ['11'], surfaces: [], trouble: { code: 'surface', said: 'O', tooth: '11' } })
    expect(read('36p c').trouble).toEqual({ code: 'surface', said: 'P', tooth: '36' })
    expect(read('26mm c').trouble).toMatchObject({ code: 'surface', said: 'M' })
    expect(read('26mo')).toEqual({ teeth: ['26'], surfaces: ['M', 'O'] })
    expect(read('26mo zz')).toMatchObject({ trouble: { code: 'word', said: 'zz' } })
    expect(read('26 c').trouble).toMatchObject({ code: 'surfaces_wanted' })
    expect(read('26mo cr').trouble).toMatchObject({ code: 'no_surfaces' })
    expect(read('26 br').trouble).toMatchObject({ code: 'too_few' })
    expect(read('26,36 br').trouble).toMatchObject({ code: 'two_arches' })
    expect(read('26mo r plastic').trouble).toMatchObject({ code: 'word', said: 'plastic' })
  })
  it('knows a word that is made of letters of surfaces', () => {
    expect(read('26 imp').entry?.condition).toBe('implant')
    expect(read('26imp').entry?.condition).toBe('implant')
    expect(read('26 dr').entry?.condition).toBe('drift')
  })
  it('comes back from what is written, whatever it is', () => {
    const roll = dice(7)
    for (let turn = 0; turn < 800; turn++) {
      const condition = NAMES[roll(NAMES.length)] as (typeof NAMES)[number]
      const known = CONDITIONS[condition]
      if (known.spans) continue
      const id = ALL[roll(ALL.length)] as string
      const has = surfacesOf(toothOf(id) as NonNullable<ReturnType<typeof toothOf>>)
      const count = known.surfaces === 'none' ? 0 : known.surfaces === 'required' ? 1 + roll(has.length) : roll(has.length + 1)
      const surfaces = has.filter((_, at) => (at + turn) % has.length < count)
      const layers = known.layers.filter(one => one !== 'referred')
      const layer = layers[roll(layers.length)] as Layer
      const material =
        known.sort === 'work' && known.materials.length ? (known.materials[roll(known.materials.length)] ?? null) : null
      const plan =
        known.sort === 'problem' && roll(2) && known.usual && (surfaces.length || known.usual.condition !== 'restoration')
          ? known.usual
          : null
      const entry: Entry = { teeth: [id], surfaces, condition, layer, material, pontics: [], plan }
      for (const notation of ['fdi', 'universal', 'palmer'] as const) {
        const text = writeEntry(entry, notation)
        expect(read(text, notation).entry, text).toEqual(entry)
      }
    }
  })
  it('takes anything that is typed without falling over', () => {
    const roll = dice(3)
    const letters = '0123456789 modblifvpcrx5+-,>!?ăاé'
    for (let turn = 0; turn < 2_000; turn++) {
      const text = Array.from({ length: roll(12) }, () => letters[roll(letters.length)]).join('')
      for (const notation of ['fdi', 'universal', 'palmer'] as const) {
        const { entry, trouble } = read(text, notation)
        expect(entry && trouble).toBeFalsy()
        for (const tooth of entry?.teeth ?? []) expect(toothOf(tooth)).toBeDefined()
      }
    }
  })
})
