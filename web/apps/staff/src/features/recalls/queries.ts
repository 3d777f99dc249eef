import { get, type Recall } from '@chairside/api'
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { RecallStatus } from './model'

const none = { items: [], next_cursor: null }

export type RecallFilter = { due_before?: string; type_id?: string; status: RecallStatus[] }

/** The call list, page by page, what has been due longest first. */
export const recallsQuery = (clinic: string, filter: RecallFilter) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'recalls', 'list', filter],
    queryFn: async ({ pageParam }) => {
      const query = { ...filter, cursor: pageParam || undefined }
      return (await get('/clinics/{clinic}/recalls', { params: { path: { clinic }, query } })).data ?? none
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
    placeholderData: keepPreviousData,
  })

/** Of one patient, the closed ones too. */
export const patientRecallsQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'recalls', 'of', patient_id],
    queryFn: async (): Promise<Recall[]> => {
      const status: RecallStatus[] = ['due', 'booked', 'snoozed', 'closed']
      const query = { patient_id, status, limit: 200 }
      return (await get('/clinics/{clinic}/recalls', { params: { path: { clinic }, query } })).data?.items ?? []
    },
  })

/** One, as the server has it now. */
export const readRecall = async (clinic: string, recall_id: string) =>
  (await get('/clinics/{clinic}/recalls/{recall_id}', { params: { path: { clinic, recall_id } } })).data as Recall

/** Those no longer used included. */
export const recallTypesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'recall-types'],
    queryFn: async () => (await get('/clinics/{clinic}/recall-types', { params: { path: { clinic } } })).data?.items ?? [],
  })
