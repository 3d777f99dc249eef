import { beforeEach, describe, expect, it, vi } from 'vitest'
import { dismiss, notify, outdate, shownNow, takeLatestOffer } from './notify'

describe('notices', () => {
  beforeEach(() => {
    for (const { id } of shownNow()) dismiss(id)
  })
  it('that ask for an answer go when something else is done; what was said stays', () => {
    notify({ tone: 'ok', title: 'Ada booked' })
    notify({ tone: 'danger', title: 'That time is taken', stays: true })
    outdate()
    expect(shownNow().map(notice => notice.title)).toEqual(['Ada booked'])
  })
  it('are three at most', () => {
    for (const title of 'abcd') notify({ tone: 'ok', title })
    expect(shownNow().map(notice => notice.title)).toEqual(['b', 'c', 'd'])
  })
  it('give up the offer of the newest that has a key', () => {
    const run = vi.fn()
    notify({ tone: 'ok', title: 'Ada booked', offers: [{ label: 'Undo', keys: 'Z', run }] })
    takeLatestOffer()
    takeLatestOffer()
    expect(run).toHaveBeenCalledOnce()
    expect(shownNow()).toEqual([])
  })
})
