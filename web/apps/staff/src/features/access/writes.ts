import { change, type Program, type SignInRules } from '@chairside/api'

const touches = ['members']
export type RuleFacts = Pick<SignInRules, 'mfa_from' | 'mfa_grace_days' | 'idle_minutes' | 'session_hours'>

/** The version is the clinic's, and so is the queue in which it waits. */
export const changeRules = (clinic: string, id: string, version: number, body: Partial<RuleFacts>) =>
  change('patch', '/clinics/{clinic}/sign-in-rules', { params: { clinic }, thing: id, version, touches: ['clinic'], body })

/** Whatever shows a patient looks different then. */
export const changeRecordRules = (clinic: string, id: string, version: number, care_teams: boolean) =>
  change('patch', '/clinics/{clinic}/record-rules', {
    params: { clinic },
    thing: id,
    version,
    touches: ['clinic', 'patients', 'schedule'],
    body: { care_teams },
  })

export const endSession = (clinic: string, session_id: string) =>
  change('delete', '/clinics/{clinic}/sessions/{session_id}', { params: { clinic, session_id }, touches })

export const endSessionsOf = (clinic: string, member_id: string) =>
  change('post', '/clinics/{clinic}/members/{member_id}/session-revocation', { params: { clinic, member_id }, touches })

type NewProgram = { name: string; permissions: string[]; expires_at: string | null }

/** `secret`: the key in the answer is kept nowhere, so that nobody asks for it a second time by themselves. */
export const addProgram = (clinic: string, body: NewProgram) =>
  change('post', '/clinics/{clinic}/service-accounts', { params: { clinic }, touches, body, secret: true })

export const changeProgram = (
  clinic: string,
  { id, version }: Pick<Program, 'id' | 'version'>,
  body: { name?: string; permissions?: string[] },
) =>
  change('patch', '/clinics/{clinic}/service-accounts/{account_id}', {
    params: { clinic, account_id: id },
    thing: id,
    version,
    touches,
    body,
  })

export const revokeProgram = (clinic: string, account_id: string) =>
  change('post', '/clinics/{clinic}/service-accounts/{account_id}/revocation', { params: { clinic, account_id }, touches })

export const addKey = (clinic: string, account_id: string, body: { expires_at: string | null }) =>
  change('post', '/clinics/{clinic}/service-accounts/{account_id}/keys', {
    params: { clinic, account_id },
    touches,
    body,
    secret: true,
  })

export const revokeKey = (clinic: string, account_id: string, key_id: string) =>
  change('delete', '/clinics/{clinic}/service-accounts/{account_id}/keys/{key_id}', {
    params: { clinic, account_id, key_id },
    touches,
  })
