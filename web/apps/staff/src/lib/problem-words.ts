import { type FieldProblem, type Problem, Refused } from '@chairside/api'
import { useTranslations } from 'use-intl'

/** Why the server said no, in the reader's language; in its own words where ours have not been fetched or do not know the code. */
export function useRefusalWords() {
  const t = useTranslations('refusals')
  return ({ code, detail, facts }: Pick<Problem, 'code' | 'detail' | 'facts'>) =>
    t.has(code as 'Stale') ? t(code as 'Stale', facts as never) : detail
}

/** What to tell about a write that failed: why it was refused, or that nobody answered. */
export function useFailureWords() {
  const t = useTranslations('states')
  const words = useRefusalWords()
  return (error: unknown) => (error instanceof Refused ? words(error.problem) : t('unreachable'))
}

/** The same for a single field. */
export function useProblemWords() {
  const t = useTranslations('problems')
  return {
    required: t('required'),
    of: ({ code, detail, facts }: FieldProblem) => (t.has(code as 'required') ? t(code as 'required', facts as never) : detail),
  }
}
