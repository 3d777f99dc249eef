import { change, type Security } from '@chairside/api'
import { securityQuery } from '@/features/identity'
import type { Signed } from '@/lib/passkeys'
import { queryClient, send } from '@/lib/server'
import { lookAtSession } from '@/lib/session'

const nowhere = { params: {}, touches: [] }
const PERSON = ['person']

/** What a person proves themselves with has changed: the session says, too, whether there is a second factor. */
async function settled(security?: Security) {
  if (security) queryClient.setQueryData(securityQuery.queryKey, security)
  await Promise.all([lookAtSession().catch(() => null), queryClient.invalidateQueries({ queryKey: PERSON })])
  return security
}

export const askNewPasskey = () => send(change('post', '/person/passkey-challenges', nowhere))
export const addPasskey = async (passkey: Signed, name: string) =>
  settled(await send(change('post', '/person/passkeys', { ...nowhere, body: { ...passkey, name } })))
export const renamePasskey = async (passkey_id: string, name: string) =>
  settled(await send(change('patch', '/person/passkeys/{passkey_id}', { params: { passkey_id }, touches: [], body: { name } })))
export const removePasskey = async (passkey_id: string) =>
  settled(await send(change('delete', '/person/passkeys/{passkey_id}', { params: { passkey_id }, touches: [] })))

export const beginAuthenticator = () => send(change('post', '/person/authenticator', nowhere))
export const confirmAuthenticator = async (code: string) =>
  settled(await send(change('post', '/person/authenticator/confirmation', { ...nowhere, body: { code } })))
export const removeAuthenticator = async () => settled(await send(change('delete', '/person/authenticator', nowhere)))

export async function makeRecoveryCodes() {
  const { codes } = await send(change('post', '/person/recovery-codes', { ...nowhere, secret: true }))
  await settled()
  return codes
}

export const changePassword = (body: { old: string; new: string }) =>
  send(change('put', '/person/password', { ...nowhere, body }))

export const endSession = (session_id: string) =>
  send(change('delete', '/person/sessions/{session_id}', { params: { session_id }, touches: [] })).then(() => settled())
export const endOtherSessions = () => send(change('post', '/person/session-revocation', nowhere)).then(() => settled())

export const askNewPassword = (email: string, locale: string) =>
  send(change('post', '/password-resets', { ...nowhere, body: { email, locale } }))
export const resetPassword = (token: string, password: string) =>
  send(change('post', '/password-resets/acceptance', { ...nowhere, body: { token, password } }))
export const confirmEmail = (token: string) =>
  send(change('post', '/email-changes/confirmation', { ...nowhere, body: { token } }))
export async function askNewEmail(email: string, locale: string) {
  const moved = await send(change('post', '/person/email', { ...nowhere, body: { email, locale } }))
  await settled()
  return moved
}

/** Good in this browser until its session ends. */
export const setPin = (pin: string) =>
  send(change('put', '/session/pin', { ...nowhere, body: { pin } })).then(() => lookAtSession())
