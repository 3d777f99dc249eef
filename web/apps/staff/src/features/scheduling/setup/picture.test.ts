import { describe, expect, it } from 'vitest'
import { axisOf, marksOf, pictureOf, weekStart } from './picture'

const MONDAY = '2027-03-01'
const WEEK = { 1: [['09:00', '17:00']], 2: [['22:00', '02:00']], 5: [['08:00', '24:00']] }
const barsOf = (date: string, oddities = {}) =>
  pictureOf(WEEK, MONDAY, oddities)
    .find(day => day.date === date)
    ?.bars.map(({ from, to }) => [from / 60, to / 60])

describe('the picture of a week', () => {
  it('has seven days, from the first', () => {
    expect(pictureOf(WEEK, MONDAY).map(day => day.date)).toEqual([1, 2, 3, 4, 5, 6, 7].map(day => `2027-03-0${day}`))
    expect(barsOf(MONDAY)).toEqual([[9, 17]])
    expect(barsOf('2027-03-05')).toEqual([[8, 24]])
    expect(barsOf('2027-03-06')).toEqual([])
  })
  it('shows what crosses midnight on both days', () => {
    expect(barsOf('2027-03-02')).toEqual([[22, 24]])
    expect(barsOf('2027-03-03')).toEqual([[0, 2]])
  })
  it('ends the night at midnight when the next day has hours of its own', () => {
    expect(barsOf('2027-03-03', { overrides: [{ date: '2027-03-03', blocks: [['10:00', '11:00']] }] })).toEqual([[10, 11]])
    expect(barsOf('2027-03-03', { vacations: [{ first_on: '2027-03-03', last_on: '2027-03-04' }] })).toEqual([])
    expect(barsOf('2027-03-03', { holidays: [{ date: '2027-03-03' }] })).toEqual([[0, 2]])
  })
  it('says why a day is another: hours of its own before a vacation, that before a holiday', () => {
    const vacations = [{ first_on: MONDAY, last_on: '2027-03-02' }]
    const overrides = [{ date: MONDAY, blocks: [] }]
    const days = pictureOf(WEEK, MONDAY, { vacations, overrides, holidays: [{ date: '2027-03-02' }, { date: '2027-03-05' }] })
    expect(days.map(day => day.odd)).toEqual(['override', 'vacation', undefined, undefined, 'holiday', undefined, undefined])
  })
  it('begins with the evening before', () => {
    expect(pictureOf({ 7: [['20:00', '03:00']] }, MONDAY)[0]?.bars).toEqual([{ from: 0, to: 180, spilled: true }])
  })
})

describe('its axis', () => {
  it('is eight to six, and more where somebody works', () => {
    expect(axisOf(pictureOf({}, MONDAY))).toEqual({ from: 480, to: 1080 })
    expect(axisOf(pictureOf({ 1: [['06:30', '19:10']] }, MONDAY))).toEqual({ from: 300, to: 1260 })
    expect(axisOf(pictureOf({ 1: [['00:00', '24:00']] }, MONDAY))).toEqual({ from: 0, to: 1440 })
  })
  it('has hours written on it at even ones, none at its end', () => {
    expect(marksOf({ from: 420, to: 1080 })).toEqual([480, 600, 720, 840, 960])
    expect(marksOf({ from: 0, to: 1440 })).toEqual([0, 180, 360, 540, 720, 900, 1080, 1260])
  })
})

describe('the start of a week', () => {
  it('is on or before the day', () => {
    expect(weekStart('2027-03-03', '1')).toBe('2027-03-01')
    expect(weekStart('2027-03-01', '1')).toBe('2027-03-01')
    expect(weekStart('2027-03-03', '7')).toBe('2027-02-28')
  })
})
