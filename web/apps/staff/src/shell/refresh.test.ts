import { expect, it } from 'vitest'
import { outdatedBy } from './refresh'

const event = (type: string, topic: string, ids: Record<string, string>) =>
  outdatedBy({ id: 'e', at: '', actor_id: null, type, topic, ids })

it('reads again what shows the thing, and of patients and money only whose it is', () => {
  expect(event('patients.patient_changed', 'patients', { patient_id: 'p' })).toContainEqual(['patients', 'p'])
  const paid = event('billing.payment_received', 'billing', { payment_id: 'x', patient_id: 'p' })
  expect(paid).toContainEqual(['ledger', 'p'])
  expect(paid).toContainEqual(['payments', 'x'])
  expect(paid).not.toContainEqual(['ledger'])
})

it('reads anew what stands on every screen of a patient when their history changes', () => {
  expect(event('history.history_changed', 'history', { patient_id: 'p' })).toEqual([
    ['history', 'p'],
    ['alerts', 'p'],
  ])
})

it('never reads a whole day again for one visit', () => {
  const moved = event('scheduling.appointment_moved', 'schedule', { appointment_id: 'v', patient_id: 'p' })
  expect(moved).not.toContainEqual(['schedule'])
  expect(moved).toContainEqual(['visits', 'p'])
})

it('reads patients again when an import brought or took many', () => {
  expect(event('exchange.import_finished', 'imports', { import_id: 'i' })).toContainEqual(['patients'])
  expect(event('exchange.import_started', 'imports', { import_id: 'i' })).not.toContainEqual(['patients'])
})

it('leaves alone what it does not know', () => {
  expect(event('weather.changed', 'weather', {})).toEqual([])
})
