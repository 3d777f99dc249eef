import { Refused } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useRefusalWords } from '@/lib/problem-words'
import type { TargetName } from './model'

type Told = { code: string; detail: string; facts?: Record<string, unknown> }

/** What went wrong with a file, in the reader's language where we know the code, else in the server's sentence. */
export function useImportWords() {
  const t = useTranslations('imports')
  const states = useTranslations('states')
  const words = useRefusalWords()
  const fact = (facts: Told['facts']) =>
    Object.fromEntries(
      Object.entries(facts ?? {}).map(([name, value]) => [name, typeof value === 'number' ? value : String(value)]),
    )
  const target = (name: string) => (t.has(`targets.${name as TargetName}`) ? t(`targets.${name as TargetName}`) : name)
  const failure = (told: Told) =>
    t.has(`failures.${told.code as 'NotACsv'}`) ? t(`failures.${told.code as 'NotACsv'}`, fact(told.facts) as never) : words(told)
  return {
    target,
    failure,
    problem: ({ field, code, detail, facts }: Told & { field: string }) =>
      t.has(`problems.${code as 'blank'}`)
        ? t(`problems.${code as 'blank'}`, { field: target(field), ...fact(facts) } as never)
        : detail,
    refusal: (error: unknown) => (error instanceof Refused ? failure(error.problem) : states('unreachable')),
  }
}
