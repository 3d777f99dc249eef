import { afterEach, expect, test, vi } from 'vitest'
import { change } from './change'
import { deliver } from './client'
import { Unreachable } from './problem'

afterEach(() => vi.unstubAllGlobals())

const codes = { params: {}, touches: [] }

test.each([
  ['once, if its answer shows a secret: a second one would be another', { ...codes, secret: true as const }, 1],
  ['three times under one key, if it does not', codes, 3],
])('a change whose answer was lost leaves %s', async (_, init, times) => {
  const network = vi.fn(async (_request: Request) => Promise.reject(new TypeError('the line was cut')))
  vi.stubGlobal('fetch', network)
  await expect(deliver(change('post', '/person/recovery-codes', init))).rejects.toThrow(Unreachable)
  const keys = network.mock.calls.map(([request]) => request.headers.get('idempotency-key')).filter(Boolean)
  expect([keys.length, new Set(keys).size]).toEqual([times, 1])
})
