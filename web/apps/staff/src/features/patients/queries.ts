import { ask, type Duplicate, get, type Likeness, type Patient } from '@chairside/api'
import { infiniteQueryOptions, keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useMay, useSlug } from '@/lib/clinic'
import { useOnline } from '@/lib/screen'

const path = (clinic: string, patient_id: string) => ({ params: { path: { clinic, patient_id } } })

/** Page by page, as somebody scrolls. */
export const patientsQuery = (clinic: string, q: string, archived = false) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'patients', 'list', { q, archived }],
    queryFn: async ({ pageParam }) => {
      const query = { q: q || undefined, archived, cursor: pageParam || undefined, limit: 50 }
      const { data } = await get('/clinics/{clinic}/patients', { params: { path: { clinic }, query } })
      return data ?? { items: [], next_cursor: null }
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
    placeholderData: keepPreviousData,
  })

export const patientQuery = (clinic: string, patient: string) =>
  queryOptions({
    queryKey: [clinic, 'patients', patient],
    queryFn: async () => (await get('/clinics/{clinic}/patients/{patient_id}', path(clinic, patient))).data as Patient,
  })

/** Everyone whose bills one person pays, that person included. */
export const familyQuery = (clinic: string, patient: string) =>
  queryOptions({
    queryKey: [clinic, 'patients', patient, 'family'],
    queryFn: async () => (await get('/clinics/{clinic}/patients/{patient_id}/family', path(clinic, patient))).data?.items ?? [],
  })

const searchQuery = (clinic: string, q: string) =>
  queryOptions({
    queryKey: [clinic, 'patients', 'search', q],
    queryFn: async () => {
      const query = { q, limit: 8 }
      return (await get('/clinics/{clinic}/patients', { params: { path: { clinic }, query } })).data?.items ?? []
    },
    placeholderData: keepPreviousData,
  })

type Found = {
  found: Patient[]
  /** Whether this is the answer to exactly that text: until then it is what an earlier one had found. */
  settled: boolean
  /** No answer can come now: that nobody was found does not mean that nobody is there. */
  away: boolean
}

/** What the search box has found so far; nothing for an empty box, and nothing of an earlier text once the line is gone. */
export function usePatientSearch(q: string): Found {
  const text = q.trim()
  const mayFind = useMay('patients.read')
  const wanted = mayFind && text.length > 1
  const online = useOnline()
  const { data, isPlaceholderData, isError } = useQuery({ ...searchQuery(useSlug(), text), enabled: wanted })
  const answered = !!data && !isPlaceholderData
  const away = wanted && (!online || isError) && !(answered && data.length > 0)
  return { found: wanted && !away ? (data ?? []) : [], settled: !wanted || (answered && !away), away }
}

/** Who this might already be. */
export const duplicatesQuery = (clinic: string, likeness: Likeness | undefined) =>
  queryOptions({
    queryKey: [clinic, 'patients', 'duplicates', likeness],
    enabled: !!likeness,
    queryFn: async () =>
      (await ask('/clinics/{clinic}/patients/duplicate-checks', { params: { path: { clinic } }, body: likeness as Likeness }))
        .data?.items ?? [],
  })

/** Asked when the typing pauses. */
export function useDuplicates(likeness: Likeness | undefined): Duplicate[] {
  const [settled, settle] = useState(likeness)
  const wanted = JSON.stringify(likeness)
  useEffect(() => {
    const timer = setTimeout(() => settle(likeness), 350)
    return () => clearTimeout(timer)
  }, [wanted])
  const { data } = useQuery(duplicatesQuery(useSlug(), settled))
  return likeness ? (data ?? []) : []
}

export const nameOf = (patient: { first_name: string; last_name: string }) => `${patient.first_name} ${patient.last_name}`
