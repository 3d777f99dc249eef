import { get, type Import } from '@chairside/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

/** Asked again while somebody else works on it; nothing is lost when the page is left. */
export const importQuery = (clinic: string, import_id: string) =>
  queryOptions({
    queryKey: [clinic, 'imports', import_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/imports/{import_id}', { params: { path: { clinic, import_id } } })).data as Import,
    refetchInterval: query => (['uploaded', 'running', 'undoing'].includes(query.state.data?.status ?? '') ? 800 : false),
  })

export const importsQuery = (clinic: string) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'imports', 'list'],
    queryFn: async ({ pageParam }) => {
      const query = { limit: 20, cursor: pageParam || undefined }
      const { data } = await get('/clinics/{clinic}/imports', { params: { path: { clinic }, query } })
      return data ?? { items: [], next_cursor: null }
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
  })

/** The refused rows with their reason: fetched by the browser. */
export const refusedRows = (clinic: string, id: string) => `/api/v1/clinics/${clinic}/imports/${id}/refused`
