import { expect, test } from 'vitest'
import { isOnItsWay } from './queries'

test('a letter is looked at again also while it is being handed over', () => {
  expect(['queued', 'sending'].map(isOnItsWay)).toEqual([true, true])
  expect(['sent', 'failed', 'unsure', undefined].map(isOnItsWay)).toEqual([false, false, false, false])
})
