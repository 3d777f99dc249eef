import { type AuditEvent, type AuditHealth, get, type SeenAuditEvent } from '@chairside/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { Filters } from './model'

/** As the server asks for them; days are the clinic's, sent as instants. */
export function asked(filters: Filters, startOf: (day: string, later: number) => string) {
  return {
    actor_id: filters.who,
    entity: filters.what,
    action: filters.did,
    outcome: filters.outcome,
    patient_id: filters.patient,
    from: filters.from && startOf(filters.from, 0),
    to: filters.to && startOf(filters.to, 1),
  }
}

export type Asked = ReturnType<typeof asked>

/** Each look is on record: nothing asks again by itself. */
const ONCE = { staleTime: Infinity, refetchOnWindowFocus: false, refetchOnReconnect: false } as const

export const eventsQuery = (clinic: string, wanted: Asked) =>
  infiniteQueryOptions({
    ...ONCE,
    queryKey: [clinic, 'audit', 'events', wanted],
    queryFn: async ({ pageParam }) => {
      const query = { ...wanted, limit: 50, cursor: pageParam || undefined }
      const { data } = await get('/clinics/{clinic}/audit-events', { params: { path: { clinic }, query } })
      return (data ?? { items: [], next_cursor: null }) as { items: AuditEvent[]; next_cursor: string | null }
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
    staleTime: 0,
  })

export const eventQuery = (clinic: string, event_id: string) =>
  queryOptions({
    ...ONCE,
    queryKey: [clinic, 'audit', 'event', event_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/audit-events/{event_id}', { params: { path: { clinic, event_id } } })).data as SeenAuditEvent,
  })

export const healthQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'audit', 'health'],
    queryFn: async () =>
      (await get('/clinics/{clinic}/audit-events/health', { params: { path: { clinic } } })).data as AuditHealth,
  })

export const openedQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'audit', 'opened', patient_id],
    queryFn: async () => {
      const params = { path: { clinic, patient_id } }
      return (await get('/clinics/{clinic}/patients/{patient_id}/audit-events', { params })).data?.items ?? []
    },
  })

/** The file, as the browser keeps it. */
export async function fetchFile(clinic: string, query: Asked): Promise<Blob> {
  const { data } = await get('/clinics/{clinic}/audit-events.csv', { params: { path: { clinic }, query }, parseAs: 'blob' })
  return data as unknown as Blob
}
