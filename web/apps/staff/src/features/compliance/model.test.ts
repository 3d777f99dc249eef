import type { AuditEvent } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { sentenceOf, valueText } from './model'

const event = (more: Partial<AuditEvent>) =>
  ({ action: 'read', entity: 'patient', outcome: 'done', patient_id: null, patients: null, ...more }) as AuditEvent

describe('the sentence of an event', () => {
  it.each([
    [{ patient_id: 'p' }, 'openedPatient'],
    [{ patients: 12 }, 'listedPatients'],
    [{ entity: 'schedule', patients: 0 }, 'listed'],
    [{ entity: 'invoice', patient_id: 'p' }, 'openedOf'],
    [{ entity: 'audit_event', patients: 3 }, 'readAudit'],
    [{ action: 'insert' }, 'registered'],
    [{ action: 'insert', entity: 'charge', patient_id: 'p' }, 'addedOf'],
    [{ action: 'update', entity: 'clinic' }, 'changed'],
    [{ action: 'delete', entity: 'holiday' }, 'removed'],
    [{ action: 'export', entity: 'audit_event' }, 'exported'],
    [{ action: 'try', entity: 'billing.refund', outcome: 'refused' }, 'refused'],
    [{ action: 'try', entity: 'NotOnCareTeam', outcome: 'refused', patient_id: 'p' }, 'refusedRecord'],
    [{ action: 'sign_in', entity: 'session' }, 'did'],
  ] as const)('says of %o: %s', (more, key) => {
    expect(sentenceOf(event(more))).toBe(key)
  })

  it('shows a value as it lies there', () => {
    expect([valueText('Ana'), valueText(12), valueText(null), valueText(['a'])]).toEqual(['Ana', '12', 'null', '["a"]'])
  })
})
