import { change, get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

const PATH = '/clinics/{clinic}/patients/{patient_id}/care-team'
const touches = ['patients']

/** Under the patient's key, because a change of it is announced as one of the patient. */
export const careTeamQuery = (clinic: string, patient: string) =>
  queryOptions({
    queryKey: [clinic, 'patients', patient, 'care-team'],
    queryFn: async () => (await get(PATH, { params: { path: { clinic, patient_id: patient } } })).data?.items ?? [],
  })

export const nameOnTeam = (clinic: string, patient_id: string, member_id: string) =>
  change('post', PATH, { params: { clinic, patient_id }, touches, body: { member_id } })

export const takeOffTeam = (clinic: string, patient_id: string, member_id: string) =>
  change('delete', '/clinics/{clinic}/patients/{patient_id}/care-team/{member_id}', {
    params: { clinic, patient_id, member_id },
    touches,
  })
