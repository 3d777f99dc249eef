import { get, type Waiting } from '@chairside/api'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { WaitingStatus } from './model'

const none = { items: [], next_cursor: null }

export type WaitlistFilter = { service_id?: string; status: WaitingStatus[] }

/** Who is urgent first, then who has waited longest. */
export const waitlistQuery = (clinic: string, filter: WaitlistFilter) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'waitlist', 'list', filter],
    queryFn: async ({ pageParam }) => {
      const query = { ...filter, cursor: pageParam || undefined }
      return (await get('/clinics/{clinic}/waitlist', { params: { path: { clinic }, query } })).data ?? none
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
    placeholderData: keepPreviousData,
  })

/** What one patient waits for. */
export const patientWaitlistQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'waitlist', 'of', patient_id],
    queryFn: async (): Promise<Waiting[]> => {
      const query = { patient_id, limit: 200 }
      return (await get('/clinics/{clinic}/waitlist', { params: { path: { clinic }, query } })).data?.items ?? []
    },
  })

/** One, as the server has it now. */
export const readWaiting = async (clinic: string, entry_id: string) =>
  (await get('/clinics/{clinic}/waitlist/{entry_id}', { params: { path: { clinic, entry_id } } })).data as Waiting
