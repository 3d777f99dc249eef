import { Refused } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { createOver } from './over'

type Facts = { name: string; minutes: number; price: number }
type Service = Facts & { version: number }
const factsOf = ({ name, minutes, price }: Service): Facts => ({ name, minutes, price })
const stale = () => new Refused({ status: 412, title: '', detail: '', code: '', type: '' } as never)

/** A server that keeps one service and takes a change only over its latest version. */
function server(kept: Service) {
  const sent: object[] = []
  return {
    sent,
    somebodyElse: (change: Partial<Facts>) => {
      kept = { ...kept, ...change, version: kept.version + 1 }
    },
    read: async () => kept,
    write: async (change: Partial<Facts>, version: number) => {
      sent.push(change)
      if (version !== kept.version) throw stale()
      kept = { ...kept, ...change, version: version + 1 }
      return kept
    },
  }
}
const opened = { version: 1, name: 'Check-up', minutes: 30, price: 100 }

describe('saving over what somebody else changed meanwhile', () => {
  it('sends only what was changed, and nothing when nothing was', async () => {
    const { sent, ...there } = server(opened)
    const save = createOver({ opened, factsOf, ...there })
    expect(await save({ name: 'Check-up', minutes: 30, price: 100 })).toEqual({})
    expect(await save({ name: 'Check-up', minutes: 45, price: 100 })).toMatchObject({ kept: { minutes: 45 } })
    expect(sent).toEqual([{ minutes: 45 }])
  })

  it('keeps both changes of different fields', async () => {
    const { somebodyElse, ...there } = server(opened)
    const save = createOver({ opened, factsOf, ...there })
    somebodyElse({ price: 120 })
    expect(await save({ name: 'Check-up', minutes: 45, price: 100 })).toMatchObject({ kept: { minutes: 45, price: 120 } })
  })

  it('tells what they made of the same field, and keeps mine when it is saved again', async () => {
    const { somebodyElse, ...there } = server(opened)
    const save = createOver({ opened, factsOf, ...there })
    somebodyElse({ price: 120, name: 'Exam' })
    const mine = { name: 'Check-up', minutes: 45, price: 90 }
    expect(await save(mine)).toEqual({ theirs: { price: 120 } })
    expect(await there.read()).toMatchObject({ price: 120, minutes: 30 })
    expect(await save(mine)).toMatchObject({ kept: { price: 90, minutes: 45, name: 'Exam' } })
  })
})
