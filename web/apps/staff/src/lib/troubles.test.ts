import { expect, it } from 'vitest'
import { troublesOf } from './troubles'

it('a blank field is blank, unless the form has its own sentence for it', () => {
  const blank = { price: 'This is needed.', description: 'This is needed.', name: 'This is needed.' }
  const found = { price: undefined, description: 'Say what it is for.', quantity: 'Not a number.', reason: undefined }
  expect(troublesOf(blank, found)).toEqual({
    price: 'This is needed.',
    description: 'Say what it is for.',
    name: 'This is needed.',
    quantity: 'Not a number.',
  })
  expect(troublesOf({})).toEqual({})
})
