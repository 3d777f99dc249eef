import type { Slot } from './things'

/** RFC 9457, as the server writes it. `code` is stable, `detail` is a sentence for a person. */
export type Problem = {
  type: string
  title: string
  status: number
  code: string
  detail: string
  request_id?: string
  facts?: { next_free?: Slot[]; version?: number; retry_after?: number } & Record<string, unknown>
  errors?: FieldProblem[]
}
export type FieldProblem = { pointer: string; code: string; detail: string; facts?: Record<string, unknown> }

/** The server said no, in words. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail)
  }
}

/** No answer: the network or the server is away. The message is the request id when there is one. */
export class Unreachable extends Error {}

/** The server is there, what it stands on is not; it comes back by itself. */
export const isAway = (error: unknown): boolean => error instanceof Refused && error.problem.status === 503

export const isRefused = (error: unknown, code: string): error is Refused =>
  error instanceof Refused && error.problem.code === code
