import { change, type NewTreatmentItem, type TreatmentItem, type TreatmentPlan } from '@chairside/api'

const PATH = '/clinics/{clinic}/patients/{patient_id}/treatment-plans'
const ITEM = `${PATH}/{plan_id}/items/{item_id}` as const
const touches = ['treatment-plans', 'unscheduled-treatment']
/** What is done shows in the chart and the ledger, too. */
const DONE = [...touches, 'tooth-chart', 'ledger', 'charges', 'visits', 'schedule']

/** A patient's record of one clinic. */
export type Whose = { clinic: string; patient: string }
type Plan = Pick<TreatmentPlan, 'id' | 'version'>
type Item = Pick<TreatmentItem, 'id' | 'version'>
export type Place = { item_id: string; phase: number; choice: string | null }

const toward = ({ clinic, patient }: Whose, plan: Plan) => ({
  params: { clinic, patient_id: patient, plan_id: plan.id },
  thing: plan.id,
  version: plan.version,
  touches,
})
const within = (whose: Whose, plan: Plan, item_id: string) => {
  const { params, ...rest } = toward(whose, plan)
  return { params: { ...params, item_id }, ...rest }
}
/** What becomes of an item is the item's version. */
const of = ({ clinic, patient }: Whose, plan: string, item: Item) => ({
  params: { clinic, patient_id: patient, plan_id: plan, item_id: item.id },
  thing: item.id,
  version: item.version,
  touches: DONE,
})

export const beginPlan = ({ clinic, patient }: Whose, title: string) =>
  change('post', PATH, { params: { clinic, patient_id: patient }, touches, body: { title } })
export const renamePlan = (whose: Whose, plan: Plan, title: string) =>
  change('patch', `${PATH}/{plan_id}`, { ...toward(whose, plan), body: { title } })
export const putAway = (whose: Whose, plan: Plan) => change('post', `${PATH}/{plan_id}/archival`, toward(whose, plan))
export const bringBack = (whose: Whose, plan: Plan) => change('delete', `${PATH}/{plan_id}/archival`, toward(whose, plan))

export const addItems = (whose: Whose, plan: Plan, items: NewTreatmentItem[]) =>
  change('post', `${PATH}/{plan_id}/items`, { ...toward(whose, plan), body: { items } })
export const bringPlanned = (whose: Whose, plan: Plan) =>
  change('post', `${PATH}/{plan_id}/planned-findings`, { ...toward(whose, plan), body: { phase: 1 } })
export const arrange = (whose: Whose, plan: Plan, items: Place[]) =>
  change('put', `${PATH}/{plan_id}/order`, { ...toward(whose, plan), body: { items } })
export const changeItem = (whose: Whose, plan: Plan, item: string, body: Partial<NewTreatmentItem>) =>
  change('patch', ITEM, { ...within(whose, plan, item), body: body as { note?: string } })
export const removeItem = (whose: Whose, plan: Plan, item: string) => change('post', `${ITEM}/removal`, within(whose, plan, item))
export const restoreItem = (whose: Whose, plan: Plan, item: string) =>
  change('delete', `${ITEM}/removal`, within(whose, plan, item))

export const perform = (whose: Whose, plan: string, item: Item) =>
  change('post', `${ITEM}/completion`, { ...of(whose, plan, item), body: { finished: false } })
export const undoPerforming = (whose: Whose, plan: string, item: Item) =>
  change('delete', `${ITEM}/completion`, of(whose, plan, item))
export const bookItem = (
  whose: Whose,
  plan: string,
  item: Item,
  body: { starts_at: string; provider_id: string; operatory_id?: string | null; duration_minutes?: number },
) => change('post', `${ITEM}/appointments`, { ...of(whose, plan, item), body })
/** The visit that was just booked, taken back. */
export const cancelVisit = (clinic: string, visit: { id: string; version: number }, reason: string) =>
  change('post', '/clinics/{clinic}/appointments/{appointment_id}/cancellation', {
    params: { clinic, appointment_id: visit.id },
    thing: visit.id,
    version: visit.version,
    touches: DONE,
    body: { reason },
  })

export const present = (whose: Whose, plan: Plan) => change('post', `${PATH}/{plan_id}/presentation`, toward(whose, plan))
export const accept = (
  whose: Whose,
  plan: Plan,
  body: { number: number; decisions: { item_id: string; accepted: boolean }[]; signer_name: string; picture: string },
) => change('post', `${PATH}/{plan_id}/acceptance`, { ...toward(whose, plan), body })
