import { change, type Import, type Mapping } from '@chairside/api'

const IMPORT = '/clinics/{clinic}/imports/{import_id}'
const toward = (clinic: string, { id, version }: Import) => ({
  params: { clinic, import_id: id },
  thing: id,
  version,
  touches: ['imports'],
})
/** What an import changes besides itself. */
export const IMPORT_TOUCHES = ['imports', 'patients', 'ledger', 'charges', 'invoices', 'schedule', 'today']

export const announceFile = (clinic: string, file: File) =>
  change('post', '/clinics/{clinic}/imports', {
    params: { clinic },
    touches: [],
    body: { kind: 'patients', filename: file.name, size: file.size },
  })

/** In the place of every earlier decision: the file is looked at anew. */
export const correct = (clinic: string, one: Import, body: Mapping) =>
  change('put', `${IMPORT}/mapping`, { ...toward(clinic, one), body })
export const run = (clinic: string, one: Import) => change('post', `${IMPORT}/run`, toward(clinic, one))
export const undo = (clinic: string, one: Import) => change('post', `${IMPORT}/undo`, toward(clinic, one))
