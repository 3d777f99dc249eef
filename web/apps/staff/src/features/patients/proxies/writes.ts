import { change, get, type NewProxy, type Representative } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

const PATH = '/clinics/{clinic}/patients/{patient_id}/proxies'
const touches = ['patients']
type Target = Pick<Representative, 'id' | 'patient_id' | 'version'>
const toward = (clinic: string, { id, patient_id, version }: Target) => ({
  params: { clinic, patient_id, proxy_id: id },
  thing: id,
  version,
  touches,
})

/** Who acts for the patient, and for whom the patient acts. */
export const proxiesQuery = (clinic: string, patient: string) =>
  queryOptions({
    queryKey: [clinic, 'patients', patient, 'proxies'],
    queryFn: async () => (await get(PATH, { params: { path: { clinic, patient_id: patient } } })).data,
  })

export const addProxy = (clinic: string, patient_id: string, body: NewProxy) =>
  change('post', PATH, { params: { clinic, patient_id }, touches, body })

export type ProxyFacts = Omit<NewProxy, 'holder_id'>
export const changeProxy = (clinic: string, proxy: Target, body: Partial<ProxyFacts>) =>
  change('patch', '/clinics/{clinic}/patients/{patient_id}/proxies/{proxy_id}', {
    ...toward(clinic, proxy),
    body: body as { relationship?: NewProxy['relationship'] },
  })

export const revokeProxy = (clinic: string, proxy: Target) =>
  change('post', '/clinics/{clinic}/patients/{patient_id}/proxies/{proxy_id}/revocation', toward(clinic, proxy))
/** For good: that there was one stays on record. */
export const removeProof = (clinic: string, { id, patient_id }: Target) =>
  change('delete', '/clinics/{clinic}/patients/{patient_id}/proxies/{proxy_id}/proof-file', {
    params: { clinic, patient_id, proxy_id: id },
    touches,
  })

export const restoreProxy = (clinic: string, proxy: Target) =>
  change('delete', '/clinics/{clinic}/patients/{patient_id}/proxies/{proxy_id}/revocation', toward(clinic, proxy))
