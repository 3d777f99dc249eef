import { expect, it } from 'vitest'
import { framesOf } from './frames'
import { pauseAfter } from './line'
import { memory } from './memory'

const streamOf = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk))
      controller.close()
    },
  })

async function read(...chunks: string[]) {
  const found = []
  for await (const frame of framesOf(streamOf(...chunks))) found.push(frame)
  return found
}

it('reads frames wherever the line cuts them', async () => {
  const text = 'retry: 1000\nid: 1_5:5:\nevent: open\ndata: {"a":"ș"}\n\n: here\nid: 2_6:6:\n\nevent: x.y\ndata: {}\n\n'
  const bytes = new TextEncoder().encode(text)
  for (let cut = 1; cut < bytes.length; cut += 3) {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(bytes.slice(0, cut))
        controller.enqueue(bytes.slice(cut))
        controller.close()
      },
    })
    const found = []
    for await (const frame of framesOf(stream)) found.push(frame)
    expect(found).toEqual([
      { name: 'open', data: '{"a":"ș"}', id: '1_5:5:' },
      { name: '', data: '', id: '2_6:6:' },
      { name: 'x.y', data: '{}', id: '2_6:6:' },
    ])
  }
})

it('tells nothing of a frame that was cut off', async () => {
  expect(await read('id: 1\nevent: x.y\ndata: {}')).toEqual([])
})

it('waits longer after each failure, and never longer than twenty seconds', () => {
  const pauses = [0, 1, 2, 5, 50].map(failures => pauseAfter(failures, 1))
  expect(pauses).toEqual([400, 800, 1600, 12_800, 20_000])
  expect(pauseAfter(0, 0)).toBe(200)
})

it('remembers the last while', () => {
  let now = 0
  const { keep, since } = memory(60, () => now)
  const frame = (id: string) => ({ name: 'x.y', data: '', id })
  keep(frame('a'))
  now = 50
  keep(frame('b'))
  now = 70
  keep(frame('c'))
  expect(since(0).map(({ id }) => id)).toEqual(['b', 'c'])
  expect(since(60).map(({ id }) => id)).toEqual(['c'])
})
