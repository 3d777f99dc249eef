import type { paths } from './schema.gen'

export const BASE = '/api/v1'

/** The document writes addresses in full; the app leaves the prefix out. */
export type Paths = {
  [P in keyof paths as P extends `/api/v1${infer Rest}` ? Rest : never]: { [V in keyof paths[P]]: Placed<paths[P][V], P> }
}

type Names<P> = P extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never
/** What stands in braces in the address is what it takes, whether or not the document says so again. */
type Placed<O, P> = O extends { parameters: infer Q }
  ? Omit<O, 'parameters'> & {
      parameters: Omit<Q, 'path'> & ([Names<P>] extends [never] ? unknown : { path: Record<Names<P>, string> })
    }
  : O

type Verb = 'get' | 'post' | 'patch' | 'put' | 'delete'
export type PathsWith<V extends Verb> = {
  [P in keyof Paths]: Paths[P] extends Record<V, { responses: unknown }> ? P : never
}[keyof Paths]
export type Operation<V extends Verb, P extends PathsWith<V>> = Paths[P][V & keyof Paths[P]]

type Asked<R> = [R] extends [never] ? undefined : R extends { content: { 'application/json': infer B } } ? B : undefined
export type BodyOf<O> = O extends { requestBody: infer R }
  ? Asked<R>
  : O extends { requestBody?: infer R }
    ? Asked<NonNullable<R>> | undefined
    : undefined
type Success<R> = R extends { 200: { content: { 'application/json': infer A } } }
  ? A
  : R extends { 201: { content: { 'application/json': infer A } } }
    ? A
    : R extends { 202: { content: { 'application/json': infer A } } }
      ? A
      : undefined
export type AnswerOf<O> = O extends { responses: infer R } ? Success<R> : never
export type ItemOf<A> = A extends { items: (infer I)[] } ? I : never
