import type { components } from '@chairside/api/schema'

type Shapes = components['schemas']
export type PageShape = Shapes['PublicPage']
export type Openings = Shapes['PublicOpenings']
export type Opening = Shapes['PublicOpening']
export type Held = Shapes['NewPublicHoldView']
export type Longer = Shapes['PublicHold']
export type Confirmation = Shapes['PublicConfirmation']
export type LinkShape = Shapes['LinkView']
export type RequestShape = Shapes['RequestLinkView']
export type OfferShape = Shapes['OfferView']

/** What the server said no with, or that nobody answered. */
export class Trouble extends Error {
  constructor(
    readonly code: string,
    readonly pointers: string[] = [],
  ) {
    super(code)
  }
}

const PATIENCE = 20_000

/** One question. Without a session and without a cookie: what may be asked stands in the address and the body. */
export async function ask<T>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
  let answer: Response
  try {
    answer = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'omit',
      headers: body ? { 'content-type': 'application/json' } : {},
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE),
    })
  } catch {
    throw new Trouble('Offline')
  }
  if (answer.status === 204) return undefined as T
  const found = await answer.json().catch(() => ({}))
  if (answer.ok) return found
  throw new Trouble(
    found.code ?? 'Offline',
    (found.errors ?? []).map((one: { pointer: string }) => one.pointer),
  )
}

const clinics = (slug: string) => `/public/clinics/${encodeURIComponent(slug)}`
const links = (token: string) => `/links/${encodeURIComponent(token)}`

export const readPage = (slug: string) => ask<PageShape>('GET', clinics(slug))
export const listTimes = (slug: string, service: string, provider: string | null, from: string, days: number) =>
  ask<Openings>(
    'GET',
    `${clinics(slug)}/openings?${new URLSearchParams({ service_id: service, from, days: String(days), ...(provider && { provider_id: provider }) })}`,
  )
export const keep = (slug: string, body: Shapes['NewPublicHold']) => ask<Held>('POST', `${clinics(slug)}/holds`, body)
export const keepLonger = (slug: string, token: string) =>
  ask<Longer>('POST', `${clinics(slug)}/holds/${encodeURIComponent(token)}/extension`)
export const letGo = (slug: string, token: string) =>
  ask<void>('DELETE', `${clinics(slug)}/holds/${encodeURIComponent(token)}`).catch(() => undefined)
export const book = (slug: string, body: Shapes['NewPublicBooking']) =>
  ask<Confirmation>('POST', `${clinics(slug)}/bookings`, body)
export type CodeSent = Shapes['PublicCode']
export const sendCode = (slug: string, body: Shapes['NewPublicCode']) => ask<CodeSent>('POST', `${clinics(slug)}/codes`, body)
export const proveNumber = (slug: string, token: string, code: string) =>
  ask<Shapes['PublicProof']>('POST', `${clinics(slug)}/codes/${encodeURIComponent(token)}/proof`, { code })
export const wait = (slug: string, body: Shapes['NewPublicWaiting']) =>
  ask<Shapes['PublicWaiting']>('POST', `${clinics(slug)}/waitlist`, body)

const requests = (token: string) => `/requests/${encodeURIComponent(token)}`
export const readRequest = (token: string) => ask<RequestShape>('GET', requests(token))
export const withdrawRequest = (token: string) => ask<RequestShape>('POST', `${requests(token)}/withdrawal`)
export const linkOfVisit = (token: string) => ask<Shapes['VisitLink']>('POST', `${requests(token)}/visit-link`)

const offers = (token: string) => `/offers/${encodeURIComponent(token)}`
export const readOffer = (token: string) => ask<OfferShape>('GET', offers(token))
export const answerOffer = (token: string, answer: 'acceptance' | 'refusal') =>
  ask<OfferShape>('POST', `${offers(token)}/${answer}`)

export const readLink = (token: string) => ask<LinkShape>('GET', links(token))
export const listLinkTimes = (token: string, from: string, days: number) =>
  ask<Openings>('GET', `${links(token)}/openings?${new URLSearchParams({ from, days: String(days) })}`)
export const actOn = (token: string, act: 'confirmation' | 'cancellation' | 'rescheduling', body?: object) =>
  ask<LinkShape>('POST', `${links(token)}/${act}`, body)
export const calendarOf = (token: string) => `/api/v1${links(token)}/visit.ics`
