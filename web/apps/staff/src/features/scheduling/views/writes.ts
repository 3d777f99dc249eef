import { change, get, type SavedView } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'
import type { Look } from './look'

const touches = ['views']
type Facts = Look & Pick<SavedView, 'name' | 'shared'>
type Target = Pick<SavedView, 'id' | 'version'>
const toward = (clinic: string, { id, version }: Target) => ({ params: { clinic, view_id: id }, thing: id, version, touches })

/** One's own by name, then what others share. */
export const viewsQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'views'],
    queryFn: async () => (await get('/clinics/{clinic}/schedule-views', { params: { path: { clinic } } })).data?.items ?? [],
  })

export const keepView = (clinic: string, body: Facts) =>
  change('post', '/clinics/{clinic}/schedule-views', { params: { clinic }, touches, body })
export const changeView = (clinic: string, view: Target, body: Partial<Facts>) =>
  change('patch', '/clinics/{clinic}/schedule-views/{view_id}', { ...toward(clinic, view), body })
export const removeView = (clinic: string, view: Target) =>
  change('delete', '/clinics/{clinic}/schedule-views/{view_id}', toward(clinic, view))
