import { applied, type Edit, type Mouth } from '@chairside/dental/perio'
import { describe, expect, it } from 'vitest'
import { bodyOf, clashesOf, mouthOf, queued } from './wire'

const depth = (tooth: string, site: 'MB' | 'B', value: number | null): Edit => ({ tooth, site, field: 'depth', value })

describe('what waits to be sent', () => {
  it('is said once, the last as it is', () => {
    expect(queued([depth('16', 'MB', 3), depth('16', 'B', 2)], [depth('16', 'MB', 4)])).toEqual([
      depth('16', 'B', 2),
      depth('16', 'MB', 4),
    ])
  })
  it('of a tooth that is skipped is nothing else', () => {
    const skipped: Edit = { tooth: '16', skipped: true }
    expect(queued([depth('16', 'MB', 3), depth('17', 'B', 2)], [skipped])).toEqual([depth('17', 'B', 2), skipped])
    const back: Edit = { tooth: '16', skipped: false }
    expect(queued([skipped], [back, depth('16', 'MB', 3)])).toEqual([back, depth('16', 'MB', 3)])
  })
  it('is one request', () => {
    const edits: Edit[] = [
      depth('16', 'MB', 3),
      { tooth: '16', site: 'MB', field: 'bleeding', value: true },
      { tooth: '16', entrance: 'B', value: 2 },
      { tooth: '16', entrance: 'M', value: null },
      { tooth: '16', mobility: 1 },
    ]
    expect(bodyOf(edits)).toEqual({
      sites: [{ tooth: '16', site: 'MB', probing_depth: 3, bleeding: true }],
      teeth: [{ tooth: '16', furcations: { B: 2, M: null }, mobility: 1 }],
    })
  })
})

describe('two who write', () => {
  const before: Mouth = applied({}, [depth('16', 'MB', 3)])
  it('at different sites do not clash, nor where both said the same', () => {
    expect(clashesOf([depth('16', 'MB', 4)], before, applied(before, [depth('16', 'B', 2)]))).toEqual([])
    expect(clashesOf([depth('16', 'MB', 4)], before, applied(before, [depth('16', 'MB', 4)]))).toEqual([])
  })
  it('at one site do', () => {
    expect(clashesOf([depth('16', 'MB', 4)], before, applied(before, [depth('16', 'MB', 5)]))).toEqual([depth('16', 'MB', 4)])
  })
  it('when nobody knows how it was, whatever stands there counts', () => {
    expect(clashesOf([depth('16', 'MB', 4), depth('16', 'B', 2)], undefined, before)).toEqual([depth('16', 'MB', 4)])
  })
})

it('reads what the server says', () => {
  const site = { tooth: '16', site: 'MB', probing_depth: 3, gingival_margin: null, clinical_attachment_loss: null } as const
  const none = { keratinised_width: null, bleeding: null, suppuration: null, plaque: null, calculus: null }
  const mouth = mouthOf({
    sites: [{ ...site, ...none }],
    teeth: [{ tooth: '18', mobility: null, furcations: {}, skipped: true }],
  })
  expect(mouth['16']?.sites.MB?.depth).toBe(3)
  expect(mouth['18']?.skipped).toBe(true)
})
