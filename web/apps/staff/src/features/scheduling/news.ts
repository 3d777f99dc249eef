import { type DayVisit, get, refreshing } from '@chairside/api'
import type { Query } from '@tanstack/react-query'
import { queryClient } from '@/lib/server'
import { fits, type Known, patched, spanOf } from './patched'

/** A visit that is shown, or was until now. */
export type Seen = { visit: DayVisit; gone: boolean }

const MOST = 60

type Boards = Query<unknown, Error, Known>
const boardsOf = (clinic: string) =>
  queryClient.getQueryCache().findAll({ queryKey: [clinic, 'schedule'] }) as unknown as Boards[]

/**
 * Visits that others changed, or whose patients they did: of every day that is looked at, only these are read again; other days
 * when they are next looked at. Answers with those that are, or were, to be seen.
 */
export async function freshenBoards(clinic: string, visits: Set<string>, patients: Set<string>): Promise<Map<string, Seen>> {
  const seen = new Map<string, Seen>()
  for (const board of boardsOf(clinic)) {
    const before = board.state.data?.appointments ?? []
    const ids = new Set([...visits, ...before.filter(one => patients.has(one.patient_id)).map(one => one.id)])
    if (!ids.size) continue
    if (!board.isActive() || !board.state.data || ids.size > MOST) {
      board.invalidate()
      if (board.isActive()) await refreshing(() => queryClient.refetchQueries({ queryKey: board.queryKey, exact: true }))
      continue
    }
    await freshen(clinic, board, [...ids], seen)
  }
  return seen
}

async function freshen(clinic: string, board: Boards, ids: string[], seen: Map<string, Seen>) {
  const { date, days, by, of } = spanOf(board.queryKey)
  // What is being read may have been read before the change: it comes first, so that it cannot come last.
  if (board.state.fetchStatus === 'fetching') await board.promise?.catch(() => {})
  const query = { ids, date, days }
  const answer = await refreshing(() => get('/clinics/{clinic}/schedule/changes', { params: { path: { clinic }, query } }))
  const now = board.state.data
  if (!answer.data || !now) return
  const belongs = (visit: DayVisit) => !of || visit[by === 'provider' ? 'provider_id' : 'operatory_id'] === of
  const here = answer.data.appointments.filter(belongs)
  const away = ids.filter(id => !here.some(visit => visit.id === id))
  for (const visit of now.appointments) if (away.includes(visit.id)) seen.set(visit.id, { visit, gone: true })
  for (const visit of here) seen.set(visit.id, { visit, gone: false })
  const { dataUpdatedAt } = board.state
  queryClient.setQueryData(board.queryKey, patched(now, here, away), { updatedAt: dataUpdatedAt })
  // Outside the hours that are drawn there is no place for it: the day is drawn anew.
  if (!here.every(visit => fits(now, visit)))
    await refreshing(() => queryClient.refetchQueries({ queryKey: board.queryKey, exact: true }))
}
