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
  it('keep every offer for its time, however many acts follow one another', () => {
    const undone: string[] = []
    for (const title of 'abcde')
      notify({ tone: 'ok', title, offers: [{ label: 'Undo', keys: 'Z', run: () => void undone.push(title) }] })
    for (let times = 0; times < 7; times++) takeLatestOffer()
    expect(undone).toEqual(['e', 'd', 'c', 'b', 'a'])
  })
  it('of something undone do not stand before what can be undone next', () => {
    const run = vi.fn()
    notify({ tone: 'ok', title: 'Ada booked', offers: [{ label: 'Undo', keys: 'Z', run }] })
    notify({ tone: 'ok', title: 'Undone' })
    takeLatestOffer()
    expect(run).toHaveBeenCalledOnce()
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
