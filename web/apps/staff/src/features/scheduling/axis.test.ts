import { describe, expect, it } from 'vitest'
import { axisOf } from './axis'

const BUCHAREST = 'Europe/Bucharest'
const at = (text: string) => Date.parse(text)
const spring = ['2027-03-27', '2027-03-28', '2027-03-29']
const autumn = ['2027-10-30', '2027-10-31', '2027-11-01']

describe('the scale beside several days', () => {
  it('is the wall clock where nothing changes', () => {
    const axis = axisOf(['2027-06-01', '2027-06-02'], BUCHAREST)
    expect(axis.minuteAt('2027-06-02', at('2027-06-02T06:30Z'))).toBe(9 * 60 + 30)
    expect(axis.instantAt('2027-06-02', 9 * 60 + 30)).toBe(at('2027-06-02T06:30Z'))
    expect(axis.minuteAt('2027-06-01', at('2027-06-01T21:30Z'))).toBe(24.5 * 60)
    expect(axis.missing('2027-06-01')).toEqual([])
  })
  it('lacks the hour that spring skips, on its own day alone', () => {
    const axis = axisOf(spring, BUCHAREST)
    expect(spring.map(date => axis.missing(date))).toEqual([[], [[180, 240]], []])
    expect(axis.minuteAt('2027-03-28', at('2027-03-28T00:30Z'))).toBe(150)
    expect(axis.minuteAt('2027-03-28', at('2027-03-28T01:00Z'))).toBe(240)
    expect(axis.instantAt('2027-03-28', 200)).toBe(at('2027-03-28T01:00Z'))
    for (const [date, utc] of [
      ['2027-03-27', '07:00'],
      ['2027-03-28', '06:00'],
      ['2027-03-29', '06:00'],
    ] as const)
      expect(axis.instantAt(date, 540)).toBe(at(`${date}T${utc}Z`))
  })
  it('has the hour of autumn twice, and the other days lack the second', () => {
    const axis = axisOf(autumn, BUCHAREST)
    expect(autumn.map(date => axis.missing(date))).toEqual([[[240, 300]], [], [[240, 300]]])
    expect(axis.minuteAt('2027-10-31', at('2027-10-31T00:30Z'))).toBe(210)
    expect(axis.minuteAt('2027-10-31', at('2027-10-31T01:30Z'))).toBe(270)
    // Nine stands beside nine.
    const nine = [at('2027-10-30T06:00Z'), at('2027-10-31T07:00Z'), at('2027-11-01T07:00Z')]
    expect(autumn.map((date, index) => axis.minuteAt(date, nine[index] ?? 0))).toEqual([600, 600, 600])
    expect(autumn.map(date => axis.instantAt(date, 600))).toEqual(nine)
  })
  it('goes there and back again for every quarter of an hour that there is', () => {
    for (const [dates, zone] of [
      [spring, BUCHAREST],
      [autumn, BUCHAREST],
      [['2026-04-23', '2026-04-24', '2026-04-25'], 'Africa/Cairo'],
      [['2026-04-04', '2026-04-05', '2026-04-06'], 'Australia/Lord_Howe'],
      [['2026-10-03', '2026-10-04', '2026-10-05'], 'Australia/Lord_Howe'],
    ] as const) {
      const axis = axisOf([...dates], zone)
      for (const date of dates)
        for (let instant = axis.begins(date); instant < axis.ends(date); instant += 900_000)
          expect(axis.instantAt(date, axis.minuteAt(date, instant)), `${zone} ${new Date(instant).toISOString()}`).toBe(instant)
    }
  })
})
