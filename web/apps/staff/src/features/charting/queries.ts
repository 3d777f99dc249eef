import { get, type ToothChart } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

export const chartQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'tooth-chart', patient_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/patients/{patient_id}/tooth-chart', { params: { path: { clinic, patient_id } } }))
        .data as ToothChart,
  })
