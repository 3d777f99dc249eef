import { change } from '@chairside/api'
import { type Signed, signed } from './passkeys'
import { send } from './server'
import { keep } from './session'

/** What a passkey, anybody's, has to sign. */
export const askPasskey = () => send(change('post', '/session/passkey-challenges', { params: {}, touches: [] }))

export const signInBy = async (passkey: Signed) =>
  keep(await send(change('post', '/session/passkey', { params: {}, body: passkey, touches: [] })))

export const signInByPasskey = async () => signInBy(await signed(await askPasskey()))
