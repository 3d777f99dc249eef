/** What the server asks to be signed, and what it gets back: both as WebAuthn level 3 writes them in JSON. */
export type Challenge = { id: string; options: Record<string, unknown> }
export type Signed = { challenge_id: string; credential: Record<string, unknown> }
type More = Pick<CredentialRequestOptions, 'mediation'>

export const canPasskey = () =>
  typeof PublicKeyCredential === 'function' && typeof PublicKeyCredential.parseRequestOptionsFromJSON === 'function'

/** Whether the browser offers passkeys in the list under a field. */
export const offersPasskeys = async () =>
  canPasskey() && ((await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false)) ?? false)

// A browser asks one thing at a time: what was offered in a list goes when a button is pressed.
// What is offered later than that is not offered: two that sign at once would be in each other's way.
let pending: AbortController | undefined
let pressed = false
const begin = (offered: boolean) => {
  if (offered && pressed) throw new DOMException('', 'AbortError')
  pressed = !offered
  pending?.abort()
  pending = new AbortController()
  return pending.signal
}
/** Whoever leaves the page is no longer asked. */
export const forgetPasskeys = () => {
  pressed = false
  pending?.abort()
}

export async function signed({ id, options }: Challenge, more: More = {}): Promise<Signed> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options as never)
  return written(id, await navigator.credentials.get({ publicKey, signal: begin(more.mediation === 'conditional'), ...more }))
}

export async function made({ id, options }: Challenge): Promise<Signed> {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options as never)
  return written(id, await navigator.credentials.create({ publicKey, signal: begin(false) }))
}

const written = (challenge_id: string, credential: Credential | null): Signed => ({
  challenge_id,
  credential: { ...(credential as PublicKeyCredential).toJSON() },
})

const named = (error: unknown, ...names: string[]) => error instanceof DOMException && names.includes(error.name)
/** Put away by the person, or by time. */
export const isPutAway = (error: unknown) => named(error, 'NotAllowedError', 'AbortError')
/** This device has one for this account already. */
export const isKnownHere = (error: unknown) => named(error, 'InvalidStateError')
