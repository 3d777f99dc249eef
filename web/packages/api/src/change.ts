import type { Change } from '@chairside/offline'
import type { AnswerOf, BodyOf, Operation, PathsWith } from './paths'

type Verb = 'post' | 'patch' | 'put' | 'delete'

/** A change and, for the compiler only, the answer it will get. */
export type Typed<A> = Change & { answer?: A }

type Rest<B> = Pick<Change, 'params' | 'query' | 'version' | 'thing' | 'touches' | 'secret'> &
  (undefined extends B ? { body?: B } : { body: B })

/** `change('post', '/clinics/{clinic}/patients', {…})`: path, body and answer are checked against the OpenAPI document. */
export function change<V extends Verb, P extends PathsWith<V>>(
  verb: V,
  path: P,
  rest: Rest<BodyOf<Operation<V, P>>>,
): Typed<AnswerOf<Operation<V, P>>> {
  return { key: crypto.randomUUID(), method: verb.toUpperCase() as Change['method'], path, ...rest }
}
