import { change, get, type NewProcedure, type Procedure, type ProcedureImport } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

const touches = ['procedures']
type Target = Pick<Procedure, 'id' | 'version'>
const toward = (clinic: string, { id, version }: Target) => ({
  params: { clinic, procedure_id: id },
  thing: id,
  version,
  touches,
})

/** The whole list, page after page: it is searched as one types. */
export const proceduresQuery = (clinic: string, archived: boolean) =>
  queryOptions({
    queryKey: [clinic, 'procedures', 'list', archived],
    queryFn: async () => {
      const all: Procedure[] = []
      let cursor: string | undefined
      do {
        const query = { archived, limit: 200, cursor }
        const { data } = await get('/clinics/{clinic}/procedures', { params: { path: { clinic }, query } })
        all.push(...(data?.items ?? []))
        cursor = data?.next_cursor ?? undefined
      } while (cursor)
      return all
    },
  })

export const procedureVersionsQuery = (clinic: string, procedure_id: string) =>
  queryOptions({
    queryKey: [clinic, 'procedures', procedure_id, 'versions'],
    queryFn: async () => {
      const { data } = await get('/clinics/{clinic}/procedures/{procedure_id}/versions', {
        params: { path: { clinic, procedure_id } },
      })
      return data?.items ?? []
    },
  })

export const addProcedure = (clinic: string, body: NewProcedure) =>
  change('post', '/clinics/{clinic}/procedures', { params: { clinic }, touches, body })
export const changeProcedure = (clinic: string, procedure: Target, body: Partial<NewProcedure>) =>
  change('patch', '/clinics/{clinic}/procedures/{procedure_id}', {
    ...toward(clinic, procedure),
    body: body as { name?: string },
  })
export const archiveProcedure = (clinic: string, procedure: Target) =>
  change('post', '/clinics/{clinic}/procedures/{procedure_id}/archival', toward(clinic, procedure))
export const restoreProcedure = (clinic: string, procedure: Target) =>
  change('delete', '/clinics/{clinic}/procedures/{procedure_id}/archival', toward(clinic, procedure))
export const beginList = (clinic: string) =>
  change('post', '/clinics/{clinic}/procedures/starting-list', { params: { clinic }, touches })
export const importList = (clinic: string, body: ProcedureImport) =>
  change('post', '/clinics/{clinic}/procedures/imports', { params: { clinic }, touches, body })
