import { change, type NewAttempt, type NewRecall, type NewRecallType, type Recall, type RecallType } from '@chairside/api'

const touches = ['recalls']
const TYPES_TOUCH = ['recall-types', 'recalls']
type Target = Pick<Recall, 'id' | 'version'>
const toward = (clinic: string, { id, version }: Target) => ({
  params: { clinic, recall_id: id },
  thing: id,
  version,
  touches,
})

export const addRecall = (clinic: string, body: NewRecall) =>
  change('post', '/clinics/{clinic}/recalls', { params: { clinic }, touches, body })

export type RecallFacts = Pick<NewRecall, 'interval' | 'due_on' | 'note'>
export const changeRecall = (clinic: string, recall: Target, body: RecallFacts) =>
  change('patch', '/clinics/{clinic}/recalls/{recall_id}', { ...toward(clinic, recall), body })

export const snooze = (clinic: string, recall: Target, until: string) =>
  change('post', '/clinics/{clinic}/recalls/{recall_id}/snooze', { ...toward(clinic, recall), body: { until } })
export const wake = (clinic: string, recall: Target) =>
  change('delete', '/clinics/{clinic}/recalls/{recall_id}/snooze', toward(clinic, recall))

export const close = (clinic: string, recall: Target, reason: string) =>
  change('post', '/clinics/{clinic}/recalls/{recall_id}/closure', { ...toward(clinic, recall), body: { reason } })
export const reopen = (clinic: string, recall: Target) =>
  change('delete', '/clinics/{clinic}/recalls/{recall_id}/closure', toward(clinic, recall))

/** Whoever called, called: an attempt asks for no version. */
export const noteAttempt = (clinic: string, recall_id: string, body: NewAttempt) =>
  change('post', '/clinics/{clinic}/recalls/{recall_id}/attempts', { params: { clinic, recall_id }, touches, body })
export const takeAttemptBack = (clinic: string, recall_id: string, attempt_id: string) =>
  change('delete', '/clinics/{clinic}/recalls/{recall_id}/attempts/{attempt_id}', {
    params: { clinic, recall_id, attempt_id },
    touches,
  })

export const addType = (clinic: string, body: NewRecallType) =>
  change('post', '/clinics/{clinic}/recall-types', { params: { clinic }, touches: TYPES_TOUCH, body })
export const changeType = (clinic: string, { id, version }: Pick<RecallType, 'id' | 'version'>, body: Partial<NewRecallType>) =>
  change('patch', '/clinics/{clinic}/recall-types/{type_id}', {
    params: { clinic, type_id: id },
    thing: id,
    version,
    touches: TYPES_TOUCH,
    body: body as { name?: string },
  })
