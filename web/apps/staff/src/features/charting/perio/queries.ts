import { get, type PerioComparison, type PerioExam, type PerioHead, type StagingSuggestion } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

const HOME = '/clinics/{clinic}/patients/{patient_id}/perio-exams'

export const perioExamsQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'perio-exams', patient_id, 'list'],
    queryFn: async () => (await get(HOME, { params: { path: { clinic, patient_id } } })).data?.items as PerioHead[],
  })

export const perioExamQuery = (clinic: string, patient_id: string, exam_id: string) =>
  queryOptions({
    queryKey: [clinic, 'perio-exams', patient_id, exam_id],
    queryFn: async () =>
      (await get(`${HOME}/{exam_id}`, { params: { path: { clinic, patient_id, exam_id } } })).data as PerioExam,
  })

export const comparisonQuery = (clinic: string, patient_id: string, exams: string[]) =>
  queryOptions({
    queryKey: [clinic, 'perio-exams', patient_id, 'comparison', exams.join(' ')],
    queryFn: async () =>
      (await get(`${HOME}/comparison`, { params: { path: { clinic, patient_id }, query: { exam: exams } } }))
        .data as PerioComparison,
  })

export type Asked = {
  teeth_lost?: number
  bone_loss?: number
  age?: number
  cigarettes?: number
  diabetes?: boolean
  hba1c?: number
}
export const stagingQuery = (clinic: string, patient_id: string, exam_id: string, asked: Asked) =>
  queryOptions({
    queryKey: [clinic, 'perio-exams', patient_id, exam_id, 'staging', asked],
    queryFn: async () =>
      (await get(`${HOME}/{exam_id}/staging`, { params: { path: { clinic, patient_id, exam_id }, query: asked } }))
        .data as StagingSuggestion,
  })
