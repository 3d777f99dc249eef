import { get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

/** All that is written about a patient. Asked once each time it is opened: every answer stands in the audit as a copy that left. */
export const recordQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'record', patient_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/patients/{patient_id}/record', { params: { path: { clinic, patient_id } } })).data,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
