import { get } from '@chairside/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

const PATH = '/clinics/{clinic}/patients/{patient_id}/notes'

/** Of a patient, the newest first; with `q` those in which every word of it begins one. */
export const notesQuery = (clinic: string, patient_id: string, q: string) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'notes', patient_id, 'list', q],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const query = { q: q || undefined, cursor: pageParam, limit: 30 }
      const { data } = await get(PATH, { params: { path: { clinic, patient_id }, query } })
      return data
    },
    getNextPageParam: page => page?.next_cursor ?? undefined,
  })

export const noteQuery = (clinic: string, patient_id: string, note_id: string) =>
  queryOptions({
    queryKey: [clinic, 'notes', patient_id, 'one', note_id],
    queryFn: async () => (await get(`${PATH}/{note_id}`, { params: { path: { clinic, patient_id, note_id } } })).data,
  })

export const versionsQuery = (clinic: string, patient_id: string, note_id: string) =>
  queryOptions({
    queryKey: [clinic, 'notes', patient_id, 'one', note_id, 'versions'],
    queryFn: async () => {
      const { data } = await get(`${PATH}/{note_id}/versions`, { params: { path: { clinic, patient_id, note_id } } })
      return data?.items ?? []
    },
  })

export const versionQuery = (clinic: string, patient_id: string, note_id: string, number: number) =>
  queryOptions({
    queryKey: [clinic, 'notes', patient_id, 'one', note_id, 'versions', number],
    queryFn: async () => {
      const path = { clinic, patient_id, note_id, number: String(number) }
      return (await get(`${PATH}/{note_id}/versions/{number}`, { params: { path } })).data
    },
    // Versions never change.
    staleTime: Infinity,
  })

export const unsignedQuery = (clinic: string, everybody: boolean) =>
  queryOptions({
    queryKey: [clinic, 'notes', 'unsigned', everybody],
    queryFn: async () =>
      (await get('/clinics/{clinic}/notes/unsigned', { params: { path: { clinic }, query: { everybody } } })).data,
  })

export const templatesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'note-templates'],
    queryFn: async () => (await get('/clinics/{clinic}/note-templates', { params: { path: { clinic } } })).data?.items ?? [],
  })

export const snippetsQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'note-snippets'],
    queryFn: async () => (await get('/clinics/{clinic}/note-snippets', { params: { path: { clinic } } })).data?.items ?? [],
  })
