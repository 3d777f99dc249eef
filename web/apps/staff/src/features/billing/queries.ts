import { get, type Ledger } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

export const ledgerQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'ledger', patient_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/patients/{patient_id}/ledger', { params: { path: { clinic, patient_id } } })).data as Ledger,
  })
